// SPDX-License-Identifier: MIT
#include "ui/transcript/rowdocument.h"

#include "base/hiddentext.h"
#include "models/difflines.h"
#include "ui/transcript/markdownwriter.h"
#include "ui/transcript/tablecolumns.h"

#include <QAbstractTextDocumentLayout>
#include <QCoreApplication>
#include <QFontMetricsF>
#include <QHash>
#include <QTextBlock>
#include <QTextFrame>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static constexpr qsizetype kColumnsPerStep = 8;
static constexpr int kCopyColumns = 12;

RowDocument::RowDocument(const Tokens &tokens)
    : m_style(tokens)
{
    m_document.setUndoRedoEnabled(false);
    m_document.setDocumentMargin(0);
    m_document.setDefaultFont(m_style.body);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTabStopDistance(4 * QFontMetricsF(m_style.code).horizontalAdvance(u' '));
    m_document.setDefaultTextOption(option);
}

void RowDocument::noteCodeLine(QStringView line)
{
    m_longestCodeLine = std::max(m_longestCodeLine, columnsOf(line));
}

int RowDocument::wantedWidth() const
{
    if (m_longestCodeLine == 0)
        return m_widestTable;
    const qsizetype columns = (m_longestCodeLine / kColumnsPerStep + 1) * kColumnsPerStep;
    const qreal column = QFontMetricsF(m_style.code).horizontalAdvance(u'0');
    // In an answer the first line of code leaves room for its Copy button.
    const int beside = 2 * kCodePadding + 4 + (m_hasCode ? int(column * kCopyColumns) : 0);
    return std::max(m_widestTable, int(std::ceil(column * qreal(columns))) + beside);
}

// What stands in a table or is code is as wide as the document.
void RowDocument::setProseInset(int inset)
{
    if (std::exchange(m_style.proseInset, inset) == inset)
        return;
    const auto isProse = [](const QTextBlockFormat &format) {
        return roleOf(format) == BlockRole::Prose || roleOf(format) == BlockRole::Rule;
    };
    if (isProse(m_stableFormat))
        m_stableFormat.setRightMargin(inset);
    QTextCursor cursor(&m_document);
    cursor.beginEditBlock();
    for (auto part = m_document.rootFrame()->begin(); !part.atEnd(); ++part) {
        if (!part.currentBlock().isValid() || !isProse(part.currentBlock().blockFormat()))
            continue;
        QTextBlockFormat format = part.currentBlock().blockFormat();
        format.setRightMargin(inset);
        cursor.setPosition(part.currentBlock().position());
        cursor.setBlockFormat(format);
    }
    cursor.endEditBlock();
}

int RowDocument::heightFor(int width, int words)
{
    setProseInset(std::max(0, width - words));
    const bool isOther = m_document.textWidth() != width;
    if (std::exchange(m_hasNewTable, false) || isOther)
        fitTables(m_document, width);
    if (isOther)
        m_document.setTextWidth(width);
    // The margin below the last block belongs to no size, and the ground of code ends in it.
    const bool endsWithCode = m_document.lastBlock().blockFormat().intProperty(CodeEdgeProperty) & CodeLast;
    return int(std::ceil(m_document.documentLayout()->documentSize().height())) +
           (endsWithCode ? kCodePadding + 1 : 0);
}

int RowDocument::lastLineEnd() const
{
    const QTextLayout *layout = m_document.lastBlock().layout();
    const int lines = layout ? layout->lineCount() : 0;
    return lines > 0 ? int(std::ceil(layout->lineAt(lines - 1).naturalTextRect().right())) : 0;
}

void RowDocument::clear()
{
    m_document.clear();
    m_source.clear();
    m_plainText.clear();
    m_stableSource = 0;
    m_stableEnd = 0;
    m_stableFresh = true;
    m_stableFormat = {};
    m_fence.reset();
    m_code.reset();
    m_hasLinks = false;
    m_hasCode = false;
    m_longestCodeLine = 0;
    m_widestTable = 0;
}

void RowDocument::setMarkdown(const QString &markdown)
{
    if (markdown == m_source)
        return;
    if (!markdown.startsWith(m_source))
        clear();
    m_source = markdown;
    QTextCursor cursor(&m_document);
    cursor.beginEditBlock();
    cursor.movePosition(QTextCursor::End);
    bool more = true;
    while (more) {
        if (m_fence) {
            more = growFence(cursor);
            continue;
        }
        dropOpenPart(cursor);
        const OpenPart open = findOpenPart(QStringView(m_source).sliced(m_stableSource));
        if (open.begin > 0) {
            write(cursor, open.begin);
            keepStable(cursor, m_stableSource + open.begin);
        }
        m_fence = open.fence;
        if (m_fence) {
            m_hasCode = true;
            m_code.emplace(m_style, m_fence->language, 0);
            m_fenceNext = m_source.indexOf(u'\n', m_stableSource) + 1;
            m_fencePartial = false;
        } else {
            const bool fresh = m_stableFresh;
            write(cursor, m_source.size() - m_stableSource);
            m_stableFresh = fresh;
            more = false;
        }
    }
    cursor.endEditBlock();
}

void RowDocument::dropOpenPart(QTextCursor &cursor)
{
    cursor.setPosition(m_stableEnd);
    cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
    if (cursor.hasSelection())
        cursor.removeSelectedText();
    cursor.setBlockFormat(m_stableFormat);
}

void RowDocument::write(QTextCursor &cursor, qsizetype length)
{
    const QStringView part = QStringView(m_source).sliced(m_stableSource, length);
    m_charactersParsed += length;
    if (part.trimmed().isEmpty())
        return;
    MarkdownWriter writer(m_style);
    m_stableFresh = writer.write(cursor, part, m_stableFresh);
    m_hasLinks = m_hasLinks || writer.hasLinks();
    m_hasCode = m_hasCode || writer.hasCode();
    m_hasNewTable = m_hasNewTable || writer.hasTable();
    m_longestCodeLine = std::max(m_longestCodeLine, writer.longestCodeLine());
    m_widestTable = std::max(m_widestTable, writer.widestTable());
}

void RowDocument::keepStable(const QTextCursor &cursor, qsizetype source)
{
    m_stableSource = source;
    m_stableEnd = cursor.position();
    m_stableFormat = cursor.blockFormat();
}

/// False when the text ends inside the block of code.
bool RowDocument::growFence(QTextCursor &cursor)
{
    const QStringView source(m_source);
    while (true) {
        const qsizetype end = source.indexOf(u'\n', m_fenceNext);
        QStringView line = source.sliced(m_fenceNext, (end < 0 ? source.size() : end) - m_fenceNext);
        m_charactersParsed += line.size();
        if (end >= 0 && closesFence(line, *m_fence)) {
            if (m_code->isEmpty())
                m_code->addLine(cursor, {}, std::exchange(m_stableFresh, false));
            m_fence.reset();
            m_code.reset();
            keepStable(cursor, end + 1);
            return true;
        }
        const bool isShown = end >= 0 || !mayCloseFence(line, *m_fence);
        if (isShown)
            noteCodeLine(line);
        for (qsizetype i = 0; i < m_fence->indent && line.startsWith(u' '); ++i)
            line = line.sliced(1);
        if (isShown && m_fencePartial)
            m_code->replaceLastLine(cursor, line);
        else if (isShown)
            m_code->addLine(cursor, line, std::exchange(m_stableFresh, false));
        m_fencePartial = end < 0 && (isShown || m_fencePartial);
        if (end < 0)
            return false;
        m_fenceNext = end + 1;
    }
}

void RowDocument::setPlainText(const QString &text, const QTextCharFormat &format)
{
    clear();
    m_plainText = text;
    QTextCursor cursor(&m_document);
    cursor.beginEditBlock();
    QTextBlockFormat block = m_style.paragraph(0);
    block.setBottomMargin(0);
    cursor.setBlockFormat(block);
    bool first = true;
    for (const QStringView line : QStringView(text).split(u'\n')) {
        noteCodeLine(line);
        qsizetype done = 0;
        do {
            if (!std::exchange(first, false))
                cursor.insertBlock(block);
            const qsizetype cut = lineCut(line, done);
            cursor.insertText(line.sliced(done, cut - done).toString(), format);
            done = cut;
            block.setProperty(ContinuationProperty, done < line.size());
        } while (done < line.size());
    }
    cursor.endEditBlock();
}

QTextBlockFormat RowDocument::diffBlock(const Models::DiffLine &line, int numbersWidth) const
{
    using Kind = Models::DiffLine::Kind;
    const BlockRole role = line.kind == Kind::Added     ? BlockRole::Added
                           : line.kind == Kind::Removed ? BlockRole::Removed
                           : line.kind == Kind::Hunk    ? BlockRole::Hunk
                                                        : BlockRole::Prose;
    QTextBlockFormat block = m_style.codeLine(line.kind == Kind::Hunk ? 0 : numbersWidth, 0);
    block.setProperty(RoleProperty, int(role));
    if (line.number > 0 && line.kind != Kind::Hunk)
        block.setProperty(NumberProperty, line.number);
    return block;
}

// Where it is, in the words of the window: the line of the file that git puts behind it alone looks like one
// of the change.
static QString hunkText(const Models::DiffLine &hunk)
{
    if (hunk.number <= 0)
        return hunk.text;
    const QString place = QCoreApplication::translate("Meanwhile::Ui::Panel", "line %1").arg(hunk.number);
    return hunk.text.isEmpty() ? place : place + u" · "_s + hunk.text;
}

void RowDocument::setDiff(const QString &diff, int maxLines)
{
    using Kind = Models::DiffLine::Kind;
    static const QHash<Kind, QString> kSigns{
        {Kind::Added, u"+ "_s}, {Kind::Removed, u"− "_s}, {Kind::Context, u"  "_s}, {Kind::Hunk, u"⋯ "_s}};
    clear();
    QTextCursor cursor(&m_document);
    cursor.beginEditBlock();
    QTextFrameFormat around = m_document.rootFrame()->frameFormat();
    around.setTopMargin(4); // the top margin of a first block is left out
    around.setBottomMargin(1);
    m_document.rootFrame()->setFrameFormat(around);
    bool fresh = true;
    const auto lines = Models::parseDiff(diff);
    int last = 0;
    for (const Models::DiffLine &line : lines)
        last = std::max(last, line.number);
    const QString digits(last > 0 ? QString::number(last).size() + 1 : 0, u'0');
    const int numbersWidth = int(std::ceil(QFontMetricsF(m_style.code).horizontalAdvance(digits)));
    for (const Models::DiffLine &line : lines.first(std::min<qsizetype>(lines.size(), maxLines))) {
        QTextCharFormat text = m_style.codeText();
        if (line.kind == Kind::Hunk) {
            text = m_style.text();
            text.setFontPointSize(Theme::dimFont().pointSizeF());
            text.setForeground(m_style.tokens.dim);
        }
        if (std::exchange(fresh, false)) {
            cursor.setBlockFormat(diffBlock(line, numbersWidth));
            cursor.setBlockCharFormat(text);
        } else {
            cursor.insertBlock(diffBlock(line, numbersWidth), text);
        }
        // What a file would hold unseen is what a person has to see.
        const QString words = escapeHidden(line.kind == Kind::Hunk ? hunkText(line) : line.text);
        noteCodeLine(words);
        cursor.insertText(kSigns.value(line.kind) + words.left(kMaxLineChars), text);
    }
    cursor.endEditBlock();
}

} // namespace Meanwhile::Ui
