// SPDX-License-Identifier: MIT
#include "ui/transcript/codewriter.h"

#include "ui/transcript/textsurface.h"

#include <QTextBlock>

namespace Meanwhile::Ui {

static constexpr qsizetype kMaxColouredChars = 2'000; // longer lines are data, not code
static constexpr int kRoomAroundCopy = 21;

qsizetype columnsOf(QStringView line)
{
    return line.size() + 3 * line.count(u'\t');
}

qsizetype lineCut(QStringView line, qsizetype from, qsizetype length)
{
    qsizetype cut = std::min(line.size(), from + length);
    if (cut < line.size() && line.at(cut).isLowSurrogate() && cut - 1 > from)
        --cut;
    return cut;
}

CodeWriter::CodeWriter(const DocumentStyle &style, const QString &language, int leftMargin)
    : m_style(&style)
    , m_language(language)
    , m_lexer(language)
    , m_before(m_lexer)
    , m_leftMargin(leftMargin)
{
}

void CodeWriter::addLine(QTextCursor &cursor, QStringView line, bool fresh)
{
    if (m_isEmpty) {
        QTextBlockFormat format = m_style->codeLine(m_leftMargin, CodeFirst | CodeLast);
        format.setProperty(LanguageProperty, m_language);
        // The button stands at the end of the line: no text goes below it.
        const QString button = TextSurface::copyText(m_language);
        format.setRightMargin(kRoomAroundCopy + QFontMetrics(m_style->body).horizontalAdvance(button));
        if (fresh) {
            cursor.setBlockFormat(format);
            cursor.setBlockCharFormat(m_style->codeText());
        } else {
            cursor.insertBlock(format, m_style->codeText());
        }
    } else {
        addBlock(cursor, false);
    }
    m_isEmpty = false;
    m_lineStart = cursor.position();
    m_before = m_lexer;
    m_lastLine = line.toString();
    writeLine(cursor, line);
}

void CodeWriter::replaceLastLine(QTextCursor &cursor, QStringView line)
{
    // A long line has no colours: what is there stays, or each piece of it would cost the whole again.
    if (m_lastLine.size() > kMaxColouredChars && line.startsWith(m_lastLine)) {
        const QStringView more = line.sliced(m_lastLine.size());
        m_lastLine = line.toString();
        cursor.movePosition(QTextCursor::End);
        writePlain(cursor, more);
        return;
    }
    m_lastLine = line.toString();
    const QTextBlockFormat format = cursor.document()->findBlock(m_lineStart).blockFormat();
    cursor.setPosition(m_lineStart);
    cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
    cursor.removeSelectedText();
    cursor.setBlockFormat(format);
    setLast(cursor, true);
    m_lexer = m_before;
    writeLine(cursor, line);
}

void CodeWriter::writeLine(QTextCursor &cursor, QStringView line)
{
    const auto tokens = line.size() <= kMaxColouredChars ? m_lexer.lex(line) : QVector<CodeToken>();
    const QTextCharFormat plain = m_style->codeText();
    qsizetype done = 0;
    for (const CodeToken &token : tokens) {
        if (token.start > done)
            cursor.insertText(line.sliced(done, token.start - done).toString(), plain);
        cursor.insertText(line.sliced(token.start, token.length).toString(), formatOf(token.kind));
        done = token.start + token.length;
    }
    writePlain(cursor, line.sliced(done));
}

void CodeWriter::writePlain(QTextCursor &cursor, QStringView text)
{
    const QTextCharFormat plain = m_style->codeText();
    while (!text.isEmpty()) {
        if (cursor.positionInBlock() >= kMaxLineChars)
            addBlock(cursor, true);
        const qsizetype cut = lineCut(text, 0, kMaxLineChars - cursor.positionInBlock());
        cursor.insertText(text.first(cut).toString(), plain);
        text = text.sliced(cut);
    }
}

void CodeWriter::addBlock(QTextCursor &cursor, bool continues)
{
    setLast(cursor, false);
    QTextBlockFormat format = m_style->codeLine(m_leftMargin, CodeLast);
    if (continues)
        format.setProperty(ContinuationProperty, true);
    cursor.insertBlock(format, m_style->codeText());
}

void CodeWriter::setLast(QTextCursor &cursor, bool last)
{
    QTextBlockFormat format = cursor.blockFormat();
    const int first = format.intProperty(CodeEdgeProperty) & CodeFirst;
    const QTextBlockFormat edge = m_style->codeLine(m_leftMargin, first | (last ? CodeLast : 0));
    format.setProperty(CodeEdgeProperty, edge.intProperty(CodeEdgeProperty));
    format.setBottomMargin(edge.bottomMargin());
    cursor.setBlockFormat(format);
}

QTextCharFormat CodeWriter::formatOf(TokenKind kind) const
{
    QTextCharFormat format = m_style->codeText();
    const Tokens &t = m_style->tokens;
    switch (kind) {
    case TokenKind::Plain:
        break;
    case TokenKind::Keyword:
        format.setForeground(t.accent);
        break;
    case TokenKind::String:
    case TokenKind::Added:
        format.setForeground(t.done);
        break;
    case TokenKind::Comment:
        format.setForeground(t.dim);
        break;
    case TokenKind::Number:
        format.setForeground(t.waiting);
        break;
    case TokenKind::Removed:
        format.setForeground(t.failed);
        break;
    case TokenKind::Heading:
        format.setForeground(t.accent);
        break;
    }
    return format;
}

} // namespace Meanwhile::Ui
