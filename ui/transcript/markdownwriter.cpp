// SPDX-License-Identifier: MIT
#include "ui/transcript/markdownwriter.h"

#include "ui/transcript/entity.h"
#include "ui/transcript/links.h"
#include "ui/transcript/tablecolumns.h"

#include <QTextBlock>
#include <QTextTable>

#include <md4c.h>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static constexpr int kMaxIndentLevels = 6;
static constexpr unsigned kMaxTableCells = 2'000;
static constexpr unsigned kMaxTableColumns = 24;

static QString fromAttribute(const MD_ATTRIBUTE &attribute)
{
    return QString::fromUtf8(attribute.text, qsizetype(attribute.size));
}

/// md4c's callbacks, which carry a MarkdownWriter.
struct MarkdownCallbacks {
    static int enterBlock(MD_BLOCKTYPE type, void *detail, void *user);
    static int leaveBlock(MD_BLOCKTYPE type, void *detail, void *user);
    static int enterSpan(MD_SPANTYPE type, void *detail, void *user);
    static int leaveSpan(MD_SPANTYPE type, void *detail, void *user);
    static int text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *user);

    static void enterItem(MarkdownWriter &w, const MD_BLOCK_LI_DETAIL &item);
};

void MarkdownCallbacks::enterItem(MarkdownWriter &w, const MD_BLOCK_LI_DETAIL &item)
{
    static constexpr char16_t kBullets[] = {u'•', u'–'};
    MarkdownWriter::List &list = w.m_lists.last();
    if (item.is_task)
        w.m_marker = item.task_mark == ' ' ? u"☐"_s : u"☑"_s;
    else if (list.ordered)
        w.m_marker = QString::number(list.next++) + u'.';
    else
        w.m_marker = QChar(kBullets[size_t(w.m_lists.size() - 1) % std::size(kBullets)]);
    w.m_inBlock = false;
}

int MarkdownCallbacks::enterBlock(MD_BLOCKTYPE type, void *detail, void *user)
{
    auto &w = *static_cast<MarkdownWriter *>(user);
    switch (type) {
    case MD_BLOCK_QUOTE:
        ++w.m_quoteDepth;
        break;
    case MD_BLOCK_UL:
        w.m_lists.append({false, 1, static_cast<MD_BLOCK_UL_DETAIL *>(detail)->is_tight != 0});
        break;
    case MD_BLOCK_OL: {
        const auto *list = static_cast<MD_BLOCK_OL_DETAIL *>(detail);
        w.m_lists.append({true, list->start, list->is_tight != 0});
        break;
    }
    case MD_BLOCK_LI:
        enterItem(w, *static_cast<MD_BLOCK_LI_DETAIL *>(detail));
        break;
    case MD_BLOCK_HR:
        w.endRule();
        break;
    case MD_BLOCK_H: {
        QTextBlockFormat level;
        level.setHeadingLevel(int(static_cast<MD_BLOCK_H_DETAIL *>(detail)->level));
        w.pushFormat(w.m_style.heading(level.headingLevel()));
        w.beginParagraph();
        w.m_cursor->mergeBlockFormat(level);
        break;
    }
    case MD_BLOCK_CODE:
        w.m_code = QString();
        w.m_hasCode = true;
        w.m_codeLanguage = fromAttribute(static_cast<MD_BLOCK_CODE_DETAIL *>(detail)->lang);
        break;
    case MD_BLOCK_P:
    case MD_BLOCK_HTML:
        w.beginParagraph();
        break;
    case MD_BLOCK_TABLE: {
        const auto *table = static_cast<MD_BLOCK_TABLE_DETAIL *>(detail);
        w.beginTable(table->head_row_count + table->body_row_count, table->col_count);
        break;
    }
    case MD_BLOCK_TR:
        if (w.m_flatTable) {
            w.beginParagraph();
            w.m_cell = -1;
        }
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD: {
        const MD_ALIGN align = static_cast<MD_BLOCK_TD_DETAIL *>(detail)->align;
        w.beginCell(type == MD_BLOCK_TH, align == MD_ALIGN_RIGHT    ? Qt::AlignRight
                                         : align == MD_ALIGN_CENTER ? Qt::AlignHCenter
                                                                    : Qt::AlignLeft);
        break;
    }
    default:
        break;
    }
    return 0;
}

int MarkdownCallbacks::leaveBlock(MD_BLOCKTYPE type, void *, void *user)
{
    auto &w = *static_cast<MarkdownWriter *>(user);
    switch (type) {
    case MD_BLOCK_QUOTE:
        --w.m_quoteDepth;
        w.m_inBlock = false;
        break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        w.m_lists.removeLast();
        w.m_inBlock = false;
        if (w.m_lists.isEmpty())
            w.endList();
        break;
    case MD_BLOCK_LI:
        if (!w.m_marker.isEmpty())
            w.ensureBlock(); // an empty item
        w.m_inBlock = false;
        break;
    case MD_BLOCK_CODE:
        w.endCode();
        break;
    case MD_BLOCK_H:
        w.popFormat();
        w.m_inBlock = false;
        break;
    case MD_BLOCK_P:
    case MD_BLOCK_HTML:
        w.m_inBlock = false;
        break;
    case MD_BLOCK_TABLE:
        w.endTable();
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        w.popFormat();
        break;
    default:
        break;
    }
    return 0;
}

int MarkdownCallbacks::enterSpan(MD_SPANTYPE type, void *detail, void *user)
{
    auto &w = *static_cast<MarkdownWriter *>(user);
    QTextCharFormat format = w.format();
    switch (type) {
    case MD_SPAN_EM:
        format.setFontItalic(true);
        break;
    case MD_SPAN_STRONG:
        format.setFontWeight(QFont::Bold);
        break;
    case MD_SPAN_DEL:
        format.setFontStrikeOut(true);
        break;
    case MD_SPAN_CODE:
        format.merge(w.m_style.codeSpan());
        break;
    case MD_SPAN_A: {
        const QString address = fromAttribute(static_cast<MD_SPAN_A_DETAIL *>(detail)->href);
        if (isSafeLink(address)) {
            format = w.m_style.link(format, address);
            w.m_hasLinks = true;
        }
        break;
    }
    default:
        break;
    }
    w.ensureBlock();
    w.pushFormat(format);
    return 0;
}

int MarkdownCallbacks::leaveSpan(MD_SPANTYPE, void *, void *user)
{
    static_cast<MarkdownWriter *>(user)->popFormat();
    return 0;
}

int MarkdownCallbacks::text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *user)
{
    auto &w = *static_cast<MarkdownWriter *>(user);
    if (w.m_code) {
        w.addCode(QByteArrayView(text, qsizetype(size)));
        return 0;
    }
    const QString string = QString::fromUtf8(text, qsizetype(size));
    switch (type) {
    case MD_TEXT_BR:
        w.insert(QString(QChar::LineSeparator));
        break;
    case MD_TEXT_SOFTBR:
        w.insert(u" "_s);
        break;
    case MD_TEXT_NULLCHAR:
        w.insert(QString(QChar::ReplacementCharacter));
        break;
    case MD_TEXT_ENTITY:
        w.insert(entityText(string));
        break;
    default:
        w.insert(QString(string).replace(u'\n', QChar::LineSeparator));
        break;
    }
    return 0;
}

bool MarkdownWriter::write(QTextCursor &cursor, QStringView markdown, bool fresh)
{
    m_cursor = &cursor;
    m_fresh = fresh;
    m_inBlock = false;
    m_formats = {m_style.text()};
    const QByteArray utf8 = markdown.toUtf8();
    m_source = utf8;
    MD_PARSER parser{};
    parser.flags = MD_DIALECT_GITHUB | MD_FLAG_NOHTML;
    parser.enter_block = MarkdownCallbacks::enterBlock;
    parser.leave_block = MarkdownCallbacks::leaveBlock;
    parser.enter_span = MarkdownCallbacks::enterSpan;
    parser.leave_span = MarkdownCallbacks::leaveSpan;
    parser.text = MarkdownCallbacks::text;
    md_parse(utf8.constData(), MD_SIZE(utf8.size()), &parser, this);
    return m_fresh;
}

// The parser reports a line's indentation as spaces, whatever the source has: it is taken from the source
// instead, as Makefiles and Go need their tabs.
void MarkdownWriter::addCode(QByteArrayView text)
{
    const bool isOfSource = text.data() >= m_source.data() && text.data() < m_source.data() + m_source.size();
    if (!isOfSource && text.count(' ') == text.size()) {
        m_codeIndent += int(text.size());
        return;
    }
    if (const int columns = std::exchange(m_codeIndent, 0); columns > 0)
        *m_code +=
            isOfSource ? indentationBefore(text.data() - m_source.data(), columns) : QString(columns, u' ');
    *m_code += QString::fromUtf8(text);
}

QString MarkdownWriter::indentationBefore(qsizetype at, int columns) const
{
    constexpr int kTab = 4;
    const auto after = [](int column, char c) { return c == '\t' ? (column / kTab + 1) * kTab : column + 1; };
    const qsizetype line = at == 0 ? 0 : m_source.lastIndexOf('\n', at - 1) + 1;
    int width = 0;
    for (qsizetype i = line; i < at; ++i)
        width = after(width, m_source.at(i));
    int column = 0;
    for (qsizetype i = line; i < at; ++i) {
        const QByteArrayView rest = m_source.sliced(i, at - i);
        if (column == width - columns && rest.trimmed().isEmpty())
            return QString::fromUtf8(rest);
        column = after(column, m_source.at(i));
    }
    return QString(columns, u' ');
}

int MarkdownWriter::leftMargin() const
{
    return std::min(m_quoteDepth, kMaxIndentLevels) * kQuoteStep +
           std::min(int(m_lists.size()), kMaxIndentLevels) * kListStep;
}

void MarkdownWriter::beginBlock(QTextBlockFormat format, const QTextCharFormat &text)
{
    if (m_quoteDepth > 0)
        format.setProperty(QuoteDepthProperty, std::min(m_quoteDepth, kMaxIndentLevels));
    if (std::exchange(m_fresh, false)) {
        m_cursor->setBlockFormat(format);
        m_cursor->setBlockCharFormat(text);
    } else {
        m_cursor->insertBlock(format, text);
    }
    m_inBlock = true;
}

void MarkdownWriter::beginParagraph()
{
    if (m_table)
        return;
    QTextBlockFormat block = m_style.paragraph(leftMargin());
    const bool isTight = !m_lists.isEmpty() && m_lists.last().tight;
    if (isTight)
        block.setBottomMargin(3);
    const QString marker = std::exchange(m_marker, {});
    if (!marker.isEmpty()) {
        block.setTextIndent(-kListStep);
        block.setTabPositions({QTextOption::Tab(kListStep, QTextOption::LeftTab)});
    }
    beginBlock(block, format());
    if (!marker.isEmpty()) {
        QTextCharFormat dim = m_style.text();
        dim.setForeground(m_style.tokens.dim);
        m_cursor->insertText(marker + u'\t', dim);
    }
}

void MarkdownWriter::ensureBlock()
{
    if (!m_inBlock && !m_table)
        beginParagraph();
}

void MarkdownWriter::insert(const QString &text)
{
    ensureBlock();
    qsizetype done = 0;
    while (done < text.size()) {
        const qsizetype cut = lineCut(text, done);
        m_cursor->insertText(text.sliced(done, cut - done), format());
        done = cut;
        if (done < text.size() && !m_table) {
            QTextBlockFormat rest = m_cursor->blockFormat();
            rest.setTextIndent(0);
            rest.setProperty(ContinuationProperty, true);
            QTextBlockFormat before = m_cursor->blockFormat();
            before.setBottomMargin(0);
            m_cursor->setBlockFormat(before);
            m_cursor->insertBlock(rest, format());
        }
    }
}

void MarkdownWriter::pushFormat(const QTextCharFormat &format)
{
    m_formats.append(format);
}

void MarkdownWriter::popFormat()
{
    m_formats.removeLast();
}

void MarkdownWriter::endCode()
{
    QString code = *std::exchange(m_code, std::nullopt);
    if (code.endsWith(u'\n'))
        code.chop(1);
    if (!m_marker.isEmpty())
        beginParagraph();
    CodeWriter writer(m_style, m_codeLanguage, leftMargin());
    for (const QStringView line : QStringView(code).split(u'\n')) {
        writer.addLine(*m_cursor, line, std::exchange(m_fresh, false));
        m_longestCodeLine = std::max(m_longestCodeLine, columnsOf(line));
    }
    m_inBlock = false;
}

/// The items of a tight list stand closer than the list and what follows it.
void MarkdownWriter::endList()
{
    QTextBlockFormat last = m_cursor->blockFormat();
    if (roleOf(last) != BlockRole::Prose || m_fresh)
        return;
    last.setBottomMargin(kParagraphGap);
    m_cursor->setBlockFormat(last);
}

void MarkdownWriter::endRule()
{
    QTextBlockFormat rule = m_style.paragraph(leftMargin());
    rule.setProperty(RoleProperty, int(BlockRole::Rule));
    beginBlock(rule, m_style.text());
    m_inBlock = false;
}

void MarkdownWriter::beginTable(unsigned rows, unsigned columns)
{
    m_cell = -1;
    m_flatTable = columns > kMaxTableColumns || rows * columns > kMaxTableCells;
    if (m_flatTable)
        return;
    if (!m_marker.isEmpty())
        beginParagraph();
    QTextTableFormat format;
    format.setBorderCollapse(true);
    format.setBorder(1);
    format.setBorderBrush(m_style.tokens.border);
    format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
    format.setCellPadding(5);
    format.setCellSpacing(0);
    format.setLeftMargin(leftMargin());
    // The padding of a block of code lies below its last line and belongs to no margin of its.
    const bool followsCode = !m_fresh && roleOf(m_cursor->blockFormat()) == BlockRole::Code;
    format.setTopMargin(followsCode ? kCodePadding + kParagraphGap : 6);
    format.setBottomMargin(4);
    if (std::exchange(m_fresh, false)) {
        QTextBlockFormat before; // Qt keeps an empty block before a table too
        before.setLineHeight(1, QTextBlockFormat::FixedHeight);
        m_cursor->setBlockFormat(before);
    }
    m_table = m_cursor->insertTable(int(rows), int(columns), format);
}

void MarkdownWriter::beginCell(bool head, Qt::Alignment alignment)
{
    ++m_cell;
    QTextCharFormat text = m_style.text();
    if (head)
        text.setFontWeight(QFont::Bold);
    pushFormat(text);
    if (!m_table) {
        insert(m_cell == 0 ? QString() : u" | "_s);
        return;
    }
    const QTextTableCell cell = m_table->cellAt(m_cell / m_table->columns(), m_cell % m_table->columns());
    *m_cursor = cell.firstCursorPosition();
    QTextBlockFormat block;
    block.setAlignment(alignment);
    m_cursor->setBlockFormat(block);
}

void MarkdownWriter::endTable()
{
    if (std::exchange(m_flatTable, false)) {
        m_inBlock = false;
        return;
    }
    noteColumnWidths(*m_table, m_style.body);
    m_widestTable = std::max(m_widestTable, unbrokenWidth(*m_table));
    m_hasTable = true;
    m_table = nullptr;
    m_cursor->movePosition(QTextCursor::End);
    // Qt keeps an empty block after a table; nobody sees it. What follows comes after it, since the margin of
    // a block that stands right below a table is left out.
    QTextBlockFormat after;
    after.setLineHeight(1, QTextBlockFormat::FixedHeight);
    after.setBottomMargin(kParagraphGap - 4);
    m_cursor->setBlockFormat(after);
    m_inBlock = false;
}

} // namespace Meanwhile::Ui
