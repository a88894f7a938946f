// SPDX-License-Identifier: MIT
#pragma once

#include <QStringView>

#include <array>

namespace Meanwhile {

/// What becomes of a control sequence that breaks the rules of ECMA-48. A line end always ends it, so that a
/// sequence without an end cannot take the rest of the output with it; so does a carriage return where it is
/// a string (a title). Escape begins another one, and CAN and SUB cancel it.
enum class BrokenSequence {
    Swallowed, ///< it lasts until its final character, one that is no ASCII, or the line end
    MadeText,  ///< it lasts until the first character that cannot be part of it; that one is read as text
};

/// Splits what a program wrote for a terminal into text, control characters and control sequences (ECMA-48).
///
/// Takes bytes or decoded characters, in portions of any size: the tokens are the same, but a run of text
/// may come in several pieces. Linear time; holds at most kMaxParameters characters.
///
/// A sink has these functions; Unit is char or char16_t:
///   static bool isText(Unit c);                             false for what control() is to get, and for ESC
///   void text(const Unit *begin, const Unit *end);          never empty
///   void control(Unit c);
///   void sequence(char16_t final, QStringView parameters);  CSI; valid during the call
/// Other sequences, and those with private parameters, intermediate or too many characters, are left out.
class TerminalTokens {
public:
    static constexpr qsizetype kMaxParameters = 128;
    /// An unterminated title or hyperlink ends here where a broken sequence is MadeText.
    static constexpr qsizetype kMaxStringLength = 4096;

    explicit TerminalTokens(BrokenSequence broken)
        : m_broken(broken)
    {
    }

    template <typename Unit, typename Sink>
    void read(const Unit *at, const Unit *end, Sink &sink)
    {
        while (at < end) {
            if (m_state != State::Text) {
                const Step step = take(code(*at));
                at += step == Step::NotPart ? 0 : 1;
                if (step == Step::Complete)
                    sink.sequence(m_final, QStringView(m_parameters.data(), m_count));
                continue;
            }
            const Unit *const run = at;
            while (at < end && Sink::isText(*at))
                ++at;
            if (at > run)
                sink.text(run, at);
            else if (const Unit c = *at++; code(c) == kEscape)
                m_state = State::Escape;
            else
                sink.control(c);
        }
    }

    /// What follows is text, whatever sequence is under way.
    void reset() { m_state = State::Text; }

private:
    enum class State { Text, Escape, Intermediate, Csi, String, StringEscape };
    enum class Step { Taken, Complete, NotPart };

    static constexpr char16_t kEscape = 0x1b;
    static constexpr char16_t kCancel = 0x18;
    static constexpr char16_t kSubstitute = 0x1a;

    static char16_t code(char byte) { return uchar(byte); }
    static char16_t code(char16_t unit) { return unit; }

    Step take(char16_t c);
    Step takeInvalid(char16_t c);
    Step begin(char16_t c);
    Step takeCsi(char16_t c);
    Step takeString(char16_t c);

    BrokenSequence m_broken;
    State m_state = State::Text;
    bool m_isLeftOut = false; ///< the sequence is private, has intermediate characters or is too long
    char16_t m_final = 0;
    qsizetype m_count = 0; ///< of m_parameters
    qsizetype m_stringLength = 0;
    std::array<char16_t, kMaxParameters> m_parameters;
};

// Here, so that they are inlined: they see each character of each sequence of a log.

inline TerminalTokens::Step TerminalTokens::take(char16_t c)
{
    if (c == u'\n') {
        m_state = State::Text;
        return Step::NotPart;
    }
    if (c == kCancel || c == kSubstitute) {
        m_state = State::Text;
        return Step::Taken;
    }
    switch (m_state) {
    case State::Escape:
    case State::Intermediate:
    case State::Csi:
        if (c == kEscape) {
            m_state = State::Escape;
            return Step::Taken;
        }
        if (c < 0x20 || c > 0x7e)
            return takeInvalid(c);
        return m_state == State::Csi ? takeCsi(c) : begin(c);
    case State::String:
    case State::StringEscape:
        return takeString(c);
    case State::Text:
        break;
    }
    return Step::NotPart;
}

inline TerminalTokens::Step TerminalTokens::takeCsi(char16_t c)
{
    if (c >= 0x40) {
        m_state = State::Text;
        m_final = c;
        return m_isLeftOut ? Step::Taken : Step::Complete;
    }
    // Intermediate characters and the private parameters "<=>?" make another function of the same final one.
    if (c < 0x30 || c >= 0x3c || m_count >= kMaxParameters)
        m_isLeftOut = true;
    else
        m_parameters[size_t(m_count++)] = c;
    return Step::Taken;
}

} // namespace Meanwhile
