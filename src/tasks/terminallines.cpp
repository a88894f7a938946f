// SPDX-License-Identifier: MIT
#include "tasks/terminallines.h"

#include "base/textlimits.h"

#include <utility>

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kHalfLine = TerminalLines::kKeptLineBytes / 2;
constexpr char kEscape = '\x1b';

bool isPlain(char c)
{
    return uchar(c) >= 0x20 && c != '\x7f';
}

bool isContinuation(char c)
{
    return (uchar(c) & 0xc0) == 0x80;
}

} // namespace

TerminalLines::TerminalLines(Sink sink)
    : m_sink(std::move(sink))
{
}

void TerminalLines::add(QByteArrayView bytes)
{
    const char *p = bytes.begin();
    const char *const end = bytes.end();
    while (p < end) {
        if (m_state != State::Text) {
            escape(*p++);
            continue;
        }
        const char *run = p;
        while (p < end && isPlain(*p))
            ++p;
        if (p > run)
            addText({run, p});
        else
            control(*p++);
    }
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

void TerminalLines::control(char c)
{
    switch (c) {
    case '\n':
        endLine();
        break;
    case '\r':
        m_returned = true;
        break;
    case '\t':
        addText("\t");
        break;
    case '\b':
        while (!m_line.isEmpty() && isContinuation(m_line.back()))
            m_line.chop(1);
        m_line.chop(1);
        break;
    case kEscape:
        m_state = State::Escape;
        break;
    default:
        break;
    }
}

// ECMA-48: CSI sequences end with a byte from 0x40 to 0x7e, strings (OSC, DCS, APC, PM, SOS) with BEL or ESC
// \. A line end ends either, so that a broken sequence cannot swallow the rest of the output.
void TerminalLines::escape(char c)
{
    if (c == '\n') {
        m_state = State::Text;
        control(c);
        return;
    }
    switch (m_state) {
    case State::Escape:
        if (c == '[')
            m_state = State::Csi;
        else if (c == ']' || c == 'P' || c == '_' || c == '^' || c == 'X')
            m_state = State::String;
        else if (uchar(c) >= 0x30 || uchar(c) < 0x20) // 0x20 to 0x2f: one more byte follows
            m_state = State::Text;
        break;
    case State::Csi:
        if (uchar(c) >= 0x40)
            m_state = State::Text;
        break;
    case State::String:
        if (c == '\a')
            m_state = State::Text;
        else if (c == kEscape)
            m_state = State::StringEscape;
        break;
    case State::StringEscape:
        m_state = c == '\\' ? State::Text : State::String;
        break;
    case State::Text:
        break;
    }
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
    m_state = State::Text;
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
