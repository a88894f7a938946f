// SPDX-License-Identifier: MIT
#include "ui/taskpanel/ansiparser.h"

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

/// What would reorder a line on the screen, or end it in the view without a line end in the log.
static bool isUnsafe(char16_t u)
{
    return (u >= 0x2028 && u <= 0x202e) || (u >= 0x2066 && u <= 0x2069) || u == 0x200e || u == 0x200f ||
           u == 0x061c || (u >= 0xfdd0 && u <= 0xfdef) || u == 0xfffc;
}

/// Tokens as operations on the open line.
struct AnsiParser::TokenSink {
    AnsiParser &parser;
    QVector<LogLine> &lines;

    static bool isText(char16_t u) { return u < 0x7f ? u >= 0x20 : u >= 0xa0 && !isUnsafe(u); }
    void text(const char16_t *begin, const char16_t *end) { parser.put({begin, end}, lines); }
    void control(char16_t c) { parser.takeControl(c, lines); }
    void sequence(char16_t final, QStringView parameters) { parser.takeSequence(final, parameters); }
};

AnsiParser::AnsiParser(qint64 offset)
    : m_decoder(QStringDecoder::Utf8)
    , m_offset(offset)
    , m_lineOffset(offset)
{
}

void AnsiParser::feed(QByteArrayView bytes, QVector<LogLine> &lines)
{
    // Line by line, so that each line knows where it begins in the file. The continuation of an overlong line
    // only knows it to a portion's size.
    TokenSink sink{*this, lines};
    while (!bytes.isEmpty()) {
        const qsizetype end = bytes.indexOf('\n');
        const QByteArrayView part = bytes.first(std::min(end < 0 ? bytes.size() : end + 1, kMaxLineChars));
        const qsizetype before = lines.size();
        const QString text = m_decoder(part);
        m_offset += part.size();
        const QStringView units = text;
        m_tokens.read(units.utf16(), units.utf16() + units.size(), sink);
        if (lines.size() > before)
            m_lineOffset = m_offset;
        bytes = bytes.sliced(part.size());
    }
}

LogLine AnsiParser::openLine() const
{
    LogLine line{m_text, {}, m_lineOffset};
    const AnsiStyle plain;
    for (qsizetype i = 0; i < m_styles.size();) {
        qsizetype end = i + 1;
        while (end < m_styles.size() && m_styles.at(end) == m_styles.at(i))
            ++end;
        if (m_styles.at(i) != plain)
            line.spans.append({int(i), int(end - i), m_styles.at(i)});
        i = end;
    }
    return line;
}

void AnsiParser::takeControl(char16_t c, QVector<LogLine> &lines)
{
    switch (c) {
    case u'\n':
        endLine(lines);
        break;
    case u'\r':
        m_column = 0;
        break;
    case u'\b':
        m_column = std::max<qsizetype>(0, m_column - 1);
        break;
    case u'\t':
        put(u"\t", lines);
        break;
    default:
        if (isUnsafe(c))
            put(u"\uFFFD", lines);
        break;
    }
}

void AnsiParser::put(QStringView run, QVector<LogLine> &lines)
{
    while (!run.isEmpty()) {
        const bool isPair = run.front().isHighSurrogate();
        if (m_column + (isPair ? 1 : 0) >= kMaxLineChars)
            endLine(lines);
        qsizetype room = std::min(run.size(), kMaxLineChars - m_column);
        if (room > 1 && room < run.size() && run.at(room - 1).isHighSurrogate())
            --room;
        write(run.first(room));
        run = run.sliced(room);
        if (!run.isEmpty())
            endLine(lines);
    }
}

void AnsiParser::write(QStringView run)
{
    if (m_column > m_text.size())
        m_text.append(QString(m_column - m_text.size(), u' '));
    const qsizetype from = m_column;
    const qsizetype overwritten = std::min(run.size(), m_text.size() - from);
    m_text.replace(from, overwritten, run.data(), run.size());
    m_column += run.size();
    if (overwritten > 0)
        mendSplitPairs(from, m_column);
    if (m_styles.isEmpty() && m_style == AnsiStyle{})
        return;
    m_styles.resize(m_text.size());
    std::fill(m_styles.begin() + from, m_styles.begin() + m_column, m_style);
}

void AnsiParser::mendSplitPairs(qsizetype from, qsizetype to)
{
    if (from > 0 && m_text.at(from - 1).isHighSurrogate() && !m_text.at(from).isLowSurrogate())
        m_text[from - 1] = u'\uFFFD';
    if (to < m_text.size() && m_text.at(to).isLowSurrogate() && !m_text.at(to - 1).isHighSurrogate())
        m_text[to] = u'\uFFFD';
}

void AnsiParser::endLine(QVector<LogLine> &lines)
{
    lines.append(openLine());
    m_text.clear();
    m_styles.clear();
    m_column = 0;
}

void AnsiParser::eraseInLine(int mode)
{
    const qsizetype at = std::min(m_column, m_text.size());
    if (mode == 0) {
        m_text.truncate(at);
    } else if (mode == 1) {
        const qsizetype length = std::min(at + 1, m_text.size());
        std::fill(m_text.begin(), m_text.begin() + length, u' ');
        std::fill(m_styles.begin(), m_styles.begin() + std::min(length, m_styles.size()), AnsiStyle{});
    } else if (mode == 2) {
        m_text.clear();
    }
    m_styles.resize(std::min(m_styles.size(), m_text.size()));
}

void AnsiParser::takeSequence(char16_t final, QStringView parameters)
{
    const auto number = [parameters](int missing) {
        bool ok = false;
        const int n = parameters.toInt(&ok);
        return ok ? n : missing;
    };
    const auto moveTo = [this](
                            qint64 column) { m_column = std::clamp<qint64>(column, 0, kMaxLineChars - 1); };
    switch (final) {
    case u'm':
        m_style = afterSgr(m_style, parameters);
        break;
    case u'K':
        eraseInLine(number(0));
        break;
    case u'C':
        moveTo(m_column + qint64(std::max(1, number(1))));
        break;
    case u'D':
        moveTo(m_column - qint64(std::max(1, number(1))));
        break;
    case u'G':
        moveTo(qint64(std::max(1, number(1))) - 1);
        break;
    default:
        break;
    }
}

} // namespace Meanwhile::Ui
