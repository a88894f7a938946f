// SPDX-License-Identifier: MIT
#include "tasks/terminallines.h"

#include "base/textlimits.h"

#include <utility>

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kHalfLine = TerminalLines::kKeptLineBytes / 2;

bool isContinuation(char c)
{
    return (uchar(c) & 0xc0) == 0x80;
}

} // namespace

/// Tokens as operations on the line.
struct TerminalLines::TokenSink {
    TerminalLines &lines;

    static bool isText(char c) { return uchar(c) >= 0x20 && c != '\x7f'; }
    void text(const char *begin, const char *end) { lines.addText({begin, end}); }
    void sequence(char16_t, QStringView) {} // colours and moves of the cursor
    void control(char c)
    {
        if (c == '\n')
            lines.endLine();
        else if (c == '\r')
            lines.m_returned = true;
        else if (c == '\t')
            lines.addText("\t");
        else if (c == '\b')
            lines.eraseCharacter();
    }
};

TerminalLines::TerminalLines(Sink sink)
    : m_sink(std::move(sink))
{
}

void TerminalLines::add(QByteArrayView bytes)
{
    TokenSink sink{*this};
    m_tokens.read(bytes.begin(), bytes.end(), sink);
}

void TerminalLines::addText(QByteArrayView text)
{
    m_atLineStart = false;
    if (std::exchange(m_returned, false) && !m_line.isEmpty()) {
        const int redraws = m_redraws + 1;
        clearLine();
        m_atLineStart = false;
        m_redraws = redraws;
    }
    while (!text.isEmpty()) {
        const QByteArrayView piece = text.first(qMin(text.size(), 2 * kKeptLineBytes - m_line.size()));
        m_line.append(piece);
        text = text.sliced(piece.size());
        if (m_line.size() >= 2 * kKeptLineBytes) {
            const qsizetype dropped = m_line.size() - kKeptLineBytes;
            m_line.remove(kHalfLine, dropped);
            m_omittedBytes += dropped;
        }
    }
}

void TerminalLines::eraseCharacter()
{
    while (!m_line.isEmpty() && isContinuation(m_line.back()))
        m_line.chop(1);
    m_line.chop(1);
}

void TerminalLines::endLine()
{
    if (m_line.size() > kKeptLineBytes) {
        const qsizetype dropped = m_line.size() - kKeptLineBytes;
        m_line.remove(kHalfLine, dropped);
        m_omittedBytes += dropped;
    }
    m_sink({m_line, m_omittedBytes > 0 ? kHalfLine : m_line.size(), m_omittedBytes, m_redraws});
    clearLine();
    m_returned = false;
}

void TerminalLines::clearLine()
{
    m_line.resize(0); // keeps its memory
    m_omittedBytes = 0;
    m_redraws = 0;
    m_atLineStart = true;
}

void TerminalLines::finish()
{
    if (!m_atLineStart)
        endLine();
    m_tokens.reset();
}

QString lineText(const TerminalLines::Line &line)
{
    if (line.omittedBytes == 0)
        return cleanText(line.text);
    return cleanText(line.text.first(line.headBytes)) +
           u" [… %1 bytes left out …] "_s.arg(formatCount(line.omittedBytes)) +
           cleanText(line.text.sliced(line.headBytes));
}

} // namespace Meanwhile::Tasks
