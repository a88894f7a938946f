// SPDX-License-Identifier: MIT
#include "tools/textexcerpt.h"

#include "base/textlimits.h"

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxLineBytes = 4 * TextExcerpt::kMaxLineChars;

QString textOf(QByteArray line, bool isCut)
{
    // A cut may have gone through a character of several bytes.
    for (int i = 0; isCut && i < 3 && !line.isValidUtf8(); ++i)
        line.chop(1);
    return line.isValidUtf8() ? QString::fromUtf8(line) : QString::fromLatin1(line);
}

} // namespace

TextExcerpt::TextExcerpt(qint64 firstLine, qint64 maxLines, qsizetype maxChars)
    : m_firstLine(firstLine)
    , m_maxLines(maxLines)
    , m_maxChars(maxChars)
{
}

bool TextExcerpt::wantsLine() const
{
    const qint64 number = m_lines + 1;
    return !m_isFull && number >= m_firstLine && number - m_firstLine < m_maxLines;
}

void TextExcerpt::feed(QByteArrayView piece)
{
    while (!piece.isEmpty()) {
        const qsizetype lineEnd = piece.indexOf('\n');
        const QByteArrayView part = lineEnd < 0 ? piece : piece.first(lineEnd);
        if (wantsLine() && m_line.size() < kMaxLineBytes)
            m_line += part.first(qMin(part.size(), kMaxLineBytes - m_line.size()));
        m_lineBytes += part.size();
        if (lineEnd < 0)
            return;
        endLine();
        piece = piece.sliced(lineEnd + 1);
    }
}

void TextExcerpt::finish()
{
    if (m_lineBytes > 0)
        endLine();
}

void TextExcerpt::endLine()
{
    if (wantsLine()) {
        if (m_line.size() == m_lineBytes && m_line.endsWith('\r')) {
            m_line.chop(1);
            --m_lineBytes;
        }
        QString text = textOf(m_line, m_line.size() < m_lineBytes);
        const qint64 chars = m_line.size() < m_lineBytes ? m_lineBytes : text.size();
        if (chars > kMaxLineChars)
            text = text.first(qMin(text.size(), kMaxLineChars)) +
                   u"… [line cut, %1 in all]"_s.arg(formatBytes(m_lineBytes));
        const QString line = u"%1\t%2\n"_s.arg(m_lines + 1).arg(text);
        m_isFull = m_text.size() + line.size() > m_maxChars;
        if (!m_isFull) {
            m_text += line;
            m_lastLine = m_lines + 1;
        }
    }
    m_line.clear();
    m_lineBytes = 0;
    ++m_lines;
}

} // namespace Meanwhile::Tools
