// SPDX-License-Identifier: MIT
#include "base/terminaltokens.h"

namespace Meanwhile {

TerminalTokens::Step TerminalTokens::takeInvalid(char16_t c)
{
    // Of a character in several bytes none may be missing.
    if (m_broken == BrokenSequence::MadeText || c > 0x7f) {
        m_state = State::Text;
        return Step::NotPart;
    }
    // A control character does not end a CSI sequence.
    if (m_state != State::Csi || c >= 0x20)
        m_state = State::Text;
    return Step::Taken;
}

TerminalTokens::Step TerminalTokens::begin(char16_t c)
{
    const bool isIntermediate = c < 0x30;
    // Strictly, "[" after an intermediate character is a final one. The digest has always read it as CSI.
    const bool opens = m_state == State::Escape || m_broken == BrokenSequence::Swallowed;
    m_count = 0;
    m_stringLength = 0;
    m_isLeftOut = false;
    if (isIntermediate)
        m_state = State::Intermediate;
    else if (opens && c == u'[')
        m_state = State::Csi;
    else if (opens && QStringView(u"]PX^_").contains(c))
        m_state = State::String;
    else
        m_state = State::Text;
    return Step::Taken;
}

TerminalTokens::Step TerminalTokens::takeString(char16_t c)
{
    if (m_state == State::StringEscape) {
        const bool isEnd = c == u'\\';
        m_state = isEnd ? State::Text : State::Escape; // else it begins another sequence
        return isEnd ? Step::Taken : Step::NotPart;
    }
    const bool isMadeText = m_broken == BrokenSequence::MadeText;
    if (c == u'\r' || (isMadeText && ++m_stringLength > kMaxStringLength)) {
        m_state = State::Text;
        return Step::NotPart;
    }
    if (c == u'\a')
        m_state = State::Text;
    else if (c == kEscape)
        m_state = State::StringEscape;
    return Step::Taken;
}

} // namespace Meanwhile
