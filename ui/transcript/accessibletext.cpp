// SPDX-License-Identifier: MIT
#include "ui/transcript/accessibletext.h"

#include "ui/transcript/textsurface.h"

#include <QAbstractTextDocumentLayout>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;
using Part = AccessibleText::Part;

namespace {

QTextDocument *documentOf(const Part &part)
{
    return part.surface ? part.surface->document()->document() : nullptr;
}

/// The part that holds this offset, the line end behind it included; null where there is none.
const Part *partAt(const QVector<Part> &parts, int offset)
{
    for (const Part &part : parts) {
        if (offset <= part.end())
            return &part;
    }
    return parts.isEmpty() ? nullptr : &parts.last();
}

/// As IAccessible2 writes them, which is what Qt's bridges read.
QString attributesOf(const QTextCharFormat &format)
{
    const QFont font = format.font();
    QStringList all{u"font-family:"_s + font.family()};
    if (font.pointSizeF() > 0)
        all += u"font-size:%1pt"_s.arg(font.pointSizeF());
    if (font.bold())
        all += u"font-weight:bold"_s;
    if (font.italic())
        all += u"font-style:italic"_s;
    if (font.strikeOut())
        all += u"text-line-through-type:single"_s;
    if (format.isAnchor())
        all += u"text-underline-type:single"_s;
    return all.join(u';');
}

} // namespace

QVector<Part> AccessibleText::parts() const
{
    QVector<Part> all = makeParts();
    int start = 0;
    for (Part &part : all) {
        if (const QTextDocument *document = documentOf(part))
            part.text = document->toPlainText();
        part.start = start;
        start = part.end() + 1;
    }
    return all;
}

// ---- reading

int AccessibleText::characterCount() const
{
    const QVector<Part> all = parts();
    return all.isEmpty() ? 0 : all.last().end();
}

QString AccessibleText::text(int start, int end) const
{
    QStringList texts;
    const QVector<Part> all = parts();
    for (const Part &part : all)
        texts += part.text;
    const QString whole = texts.join(u'\n');
    start = std::clamp(start, 0, int(whole.size()));
    return whole.mid(start, std::max(0, end - start));
}

QString AccessibleText::give(Range range, int *start, int *end) const
{
    *start = range.start;
    *end = range.end;
    return text(range.start, range.end);
}

// As it is laid out, the line end with it.
AccessibleText::Range AccessibleText::lineAt(int offset) const
{
    const QVector<Part> all = parts();
    const Part *part = partAt(all, offset);
    if (!part)
        return {};
    const int count = all.last().end();
    const int within = std::clamp(offset - part->start, 0, int(part->text.size()));
    if (const QTextDocument *document = documentOf(*part)) {
        const QTextBlock block = document->findBlock(within);
        const QTextLine line = block.layout()->lineForTextPosition(within - block.position());
        int end = block.position() + block.length();
        if (line.isValid() && line.lineNumber() + 1 < block.layout()->lineCount())
            end = block.position() + line.textStart() + line.textLength();
        const int start = block.position() + (line.isValid() ? line.textStart() : 0);
        return {part->start + start, std::min(part->start + end, count)};
    }
    const qsizetype before = within > 0 ? part->text.lastIndexOf(u'\n', within - 1) : -1;
    const qsizetype after = part->text.indexOf(u'\n', within);
    const int end = after < 0 ? part->end() : part->start + int(after);
    return {part->start + int(before) + 1, std::min(end + 1, count)};
}

QString AccessibleText::textAtOffset(
    int offset, QAccessible::TextBoundaryType boundary, int *start, int *end) const
{
    if (boundary != QAccessible::LineBoundary)
        return QAccessibleTextInterface::textAtOffset(offset, boundary, start, end);
    return give(lineAt(offset == -1   ? characterCount()
                       : offset == -2 ? cursorPosition()
                                      : offset),
        start, end);
}

QString AccessibleText::textBeforeOffset(
    int offset, QAccessible::TextBoundaryType boundary, int *start, int *end) const
{
    if (boundary != QAccessible::LineBoundary)
        return QAccessibleTextInterface::textBeforeOffset(offset, boundary, start, end);
    const Range line = lineAt(offset);
    return give(line.start > 0 ? lineAt(line.start - 1) : Range(), start, end);
}

QString AccessibleText::textAfterOffset(
    int offset, QAccessible::TextBoundaryType boundary, int *start, int *end) const
{
    if (boundary != QAccessible::LineBoundary)
        return QAccessibleTextInterface::textAfterOffset(offset, boundary, start, end);
    const int count = characterCount();
    const Range line = lineAt(offset);
    return give(line.end < count ? lineAt(line.end) : Range{count, count}, start, end);
}

QString AccessibleText::attributes(int offset, int *start, int *end) const
{
    const QVector<Part> all = parts();
    const Part *part = partAt(all, offset);
    *start = part ? part->start : 0;
    *end = part ? part->end() : 0;
    const QTextDocument *document = part ? documentOf(*part) : nullptr;
    if (!document)
        return {};
    const QTextBlock block = document->findBlock(offset - part->start);
    for (auto it = block.begin(); !it.atEnd(); ++it) {
        const QTextFragment fragment = it.fragment();
        if (!fragment.contains(offset - part->start))
            continue;
        *start = part->start + fragment.position();
        *end = *start + fragment.length();
        return attributesOf(fragment.charFormat());
    }
    *start = part->start + block.position();
    *end = *start + block.length();
    return attributesOf(block.charFormat());
}

// ---- places

QRect AccessibleText::characterRect(int offset) const
{
    const QVector<Part> all = parts();
    const Part *part = partAt(all, offset);
    const QTextDocument *document = part ? documentOf(*part) : nullptr;
    if (!document)
        return {place()->mapToGlobal(QPoint()), place()->size()};
    const QTextBlock block = document->findBlock(std::clamp(offset - part->start, 0, int(part->text.size())));
    const int within = offset - part->start - block.position();
    const QTextLine line = block.layout()->lineForTextPosition(within);
    if (!line.isValid())
        return {};
    const QPointF top = document->documentLayout()->blockBoundingRect(block).topLeft();
    const qreal left = line.cursorToX(within);
    const QRectF letter(left, line.y(), std::max(1.0, line.cursorToX(within + 1) - left), line.height());
    const QRect local = letter.translated(top).toAlignedRect();
    return {part->surface->mapToGlobal(local.topLeft()), local.size()};
}

int AccessibleText::offsetAtPoint(const QPoint &point) const
{
    const QVector<Part> all = parts();
    for (const Part &part : all) {
        const QPoint local = part.surface ? part.surface->mapFromGlobal(point) : QPoint();
        if (part.surface && part.surface->rect().contains(local))
            return part.start + documentOf(part)->documentLayout()->hitTest(local, Qt::FuzzyHit);
    }
    return -1;
}

void AccessibleText::scrollToSubstring(int, int) {}

// ---- selection and caret

void AccessibleText::selection(int, int *start, int *end) const
{
    *start = *end = 0;
    const QVector<Part> all = parts();
    for (const Part &part : all) {
        if (!part.surface || !part.surface->hasSelection())
            continue;
        *start = part.start + part.surface->selection().selectionStart();
        *end = part.start + part.surface->selection().selectionEnd();
        return;
    }
}

int AccessibleText::selectionCount() const
{
    const QVector<Part> all = makeParts();
    return std::any_of(all.begin(), all.end(),
        [](const Part &part) { return part.surface && part.surface->hasSelection(); });
}

void AccessibleText::addSelection(int start, int end)
{
    setSelection(0, start, end);
}

void AccessibleText::removeSelection(int)
{
    const QVector<Part> all = makeParts();
    for (const Part &part : all) {
        if (part.surface)
            part.surface->clearSelection();
    }
}

// A surface selects within itself: a range that continues in the next one ends here.
void AccessibleText::setSelection(int, int start, int end)
{
    removeSelection(0);
    const QVector<Part> all = parts();
    const Part *part = partAt(all, std::max(0, start));
    if (part && part->surface)
        part->surface->select(std::max(0, start - part->start), std::min(end, part->end()) - part->start);
}

int AccessibleText::cursorPosition() const
{
    const QVector<Part> all = parts();
    for (const Part &part : all) {
        if (const int caret = part.surface ? part.surface->caret() : -1; caret >= 0)
            return part.start + caret;
    }
    return std::min(m_caret, all.isEmpty() ? 0 : all.last().end());
}

void AccessibleText::setCursorPosition(int position)
{
    m_caret = std::clamp(position, 0, characterCount());
    QAccessibleTextCursorEvent event(place(), m_caret);
    QAccessible::updateAccessibility(&event);
}

} // namespace Meanwhile::Ui
