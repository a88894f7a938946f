// SPDX-License-Identifier: MIT
#pragma once

#include "base/terminaltokens.h"

#include <QByteArray>
#include <QByteArrayView>

#include <functional>

namespace Meanwhile::Tasks {

/// Turns what a program wrote for a terminal into plain lines: escape sequences removed, a line that was
/// drawn again after a carriage return or erased with backspaces as it stood at last.
///
/// Takes bytes in any pieces. Linear time; of one line at most kKeptLineBytes are held, from its beginning
/// and its end.
class TerminalLines {
public:
    struct Line {
        QByteArrayView text;     ///< without the line end; valid during the call
        qsizetype headBytes = 0; ///< with omittedBytes: they are missing after this many bytes of `text`
        qint64 omittedBytes = 0;
        int redraws = 0; ///< how often it was drawn over
    };
    using Sink = std::function<void(const Line &)>;

    static constexpr qsizetype kKeptLineBytes = 4096;

    explicit TerminalLines(Sink sink);

    void add(QByteArrayView bytes);
    /// Hands out a last line without a line end.
    void finish();

private:
    struct TokenSink;

    void addText(QByteArrayView text);
    void eraseCharacter();
    void endLine();
    void clearLine();

    Sink m_sink;
    QByteArray m_line;
    qint64 m_omittedBytes = 0;
    int m_redraws = 0;
    bool m_atLineStart = true; ///< nothing came since the last line end
    bool m_returned = false;   ///< a carriage return came, and nothing after it
    TerminalTokens m_tokens{BrokenSequence::Swallowed};
};

/// The line as text: valid UTF-8, with a note where its middle was left out.
QString lineText(const TerminalLines::Line &line);

} // namespace Meanwhile::Tasks
