// SPDX-License-Identifier: MIT
#include "ui/transcript/textsurface.h"

#include "ui/transcript/accessibleparts.h"
#include "ui/transcript/linkbutton.h"
#include "ui/transcript/links.h"
#include "ui/transcript/spanningselection.h"
#include "ui/transcript/writtentext.h"
#include "ui/widgets/spoken.h"
#include "ui/widgets/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QMouseEvent>
#include <QPainter>
#include <QTextBlock>
#include <QTextLayout>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

/// A line's text stands at the top of its height; its ground begins a little above it.
static constexpr int kGroundRise = 2;

TextSurface::TextSurface(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    AccessibleParts::install(); // it is shown outside the transcript, too
    setMouseTracking(true);
    setFocusPolicy(Qt::ClickFocus);
    setCursor(Qt::IBeamCursor);
}

TextSurface::~TextSurface() = default;

void TextSurface::setDocument(std::shared_ptr<RowDocument> document)
{
    m_document = std::move(document);
    m_selection = QTextCursor(m_document->document());
    m_focusedLink = -1;
    m_links.clear();
    documentChanged();
}

void TextSurface::documentChanged()
{
    m_linksKnown = false;
    setFocusPolicy(m_document->hasLinks() ? Qt::StrongFocus : Qt::ClickFocus);
    update();
}

int TextSurface::heightForWidth(int width) const
{
    return m_document ? m_document->heightFor(width) : 0;
}

void TextSurface::findLinks()
{
    if (std::exchange(m_linksKnown, true) || !m_document)
        return;
    m_links.clear();
    if (!m_document->hasLinks())
        return;
    for (QTextBlock block = m_document->document()->begin(); block.isValid(); block = block.next()) {
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextFragment part = it.fragment();
            if (!part.charFormat().isAnchor())
                continue;
            const QString address = part.charFormat().anchorHref();
            if (!m_links.isEmpty() && m_links.last().end == part.position() &&
                m_links.last().address == address)
                m_links.last().end += part.length();
            else
                m_links.append({part.position(), part.position() + part.length(), address});
        }
    }
    m_focusedLink = std::min(m_focusedLink, int(m_links.size()) - 1);
}

// ---- selection

QString TextSurface::selectedText() const
{
    return writtenText(m_selection);
}

QString TextSurface::writtenPart(int from, int to) const
{
    QTextCursor part(m_document->document());
    part.setPosition(from);
    part.setPosition(to, QTextCursor::KeepAnchor);
    return writtenText(part);
}

int TextSurface::length() const
{
    return m_document ? m_document->document()->characterCount() - 1 : 0;
}

bool TextSurface::isSpanned() const
{
    return m_spanning && m_spanning->isActive();
}

void TextSurface::copySelection() const
{
    if (isSpanned())
        m_spanning->copy();
    else
        QApplication::clipboard()->setText(selectedText());
}

void TextSurface::selectAll()
{
    m_selection.select(QTextCursor::Document);
    update();
}

QRect TextSurface::selectText(const QString &text)
{
    const QTextCursor found = m_document ? m_document->document()->find(text) : QTextCursor();
    if (text.isEmpty() || found.isNull())
        return {};
    select(found.selectionStart(), found.selectionEnd());
    const QTextBlock block = m_document->document()->findBlock(found.selectionStart());
    const QTextLine line = block.layout()->lineForTextPosition(found.selectionStart() - block.position());
    const QPointF top = m_document->document()->documentLayout()->blockBoundingRect(block).topLeft();
    return line.isValid() ? line.rect().translated(top).toRect() : QRect();
}

void TextSurface::clearSelection()
{
    m_selection.clearSelection();
    update();
}

void TextSurface::select(int anchor, int position)
{
    m_selection.setPosition(anchor);
    m_selection.setPosition(position, QTextCursor::KeepAnchor);
    update();
}

int TextSurface::caret() const
{
    if (m_linksKnown && m_focusedLink >= 0)
        return m_links.at(m_focusedLink).start;
    return m_selection.hasSelection() ? m_selection.position() : -1;
}

int TextSurface::positionAt(const QPoint &point) const
{
    return m_document ? m_document->document()->documentLayout()->hitTest(point, Qt::FuzzyHit) : -1;
}

QString TextSurface::linkAt(const QPoint &position) const
{
    return m_document ? m_document->document()->documentLayout()->anchorAt(position) : QString();
}

void TextSurface::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_document)
        return;
    m_pressedLink = linkAt(event->position().toPoint());
    const int position = positionAt(event->position().toPoint());
    const bool extends = event->modifiers() & Qt::ShiftModifier;
    select(extends ? m_selection.anchor() : position, position);
    if (m_spanning)
        m_spanning->begin(*this, position, extends);
}

void TextSurface::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    if (event->buttons() & Qt::LeftButton) {
        if (m_spanning && (isSpanned() || !rect().contains(point)))
            m_spanning->dragTo(event->globalPosition().toPoint());
        else
            select(m_selection.anchor(), positionAt(point));
        return;
    }
    const QString link = linkAt(point);
    setCursor(link.isEmpty() ? Qt::IBeamCursor : Qt::PointingHandCursor);
    setToolTip(link.toHtmlEscaped());
}

void TextSurface::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const QString link = std::exchange(m_pressedLink, {});
    if (m_spanning)
        m_spanning->release();
    if (isSpanned())
        return;
    if (m_selection.hasSelection()) {
        if (QClipboard *clipboard = QApplication::clipboard(); clipboard->supportsSelection())
            clipboard->setText(selectedText(), QClipboard::Selection);
    } else if (!link.isEmpty() && link == linkAt(event->position().toPoint())) {
        openLink(link);
    }
}

void TextSurface::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_document)
        return;
    m_selection.setPosition(positionAt(event->position().toPoint()));
    m_selection.select(QTextCursor::WordUnderCursor);
    m_pressedLink.clear();
    update();
}

void TextSurface::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool isWhole =
        m_selection.hasSelection() && std::abs(m_selection.position() - m_selection.anchor()) == length();
    if (event == QKeySequence::Copy && (hasSelection() || isSpanned()))
        copySelection();
    else if (event == QKeySequence::SelectAll && m_spanning && (isWhole || length() == 0))
        m_spanning->selectAll(); // once the text, twice all texts
    else if (event == QKeySequence::SelectAll)
        selectAll();
    else if (isEnter && m_linksKnown && m_focusedLink >= 0)
        openLink(m_links.at(m_focusedLink).address);
    else
        event->ignore(); // the transcript scrolls
}

void TextSurface::focusInEvent(QFocusEvent *event)
{
    // The Tab key enters at the first link, Shift+Tab at the last.
    findLinks();
    if (!m_links.isEmpty() && event->reason() == Qt::TabFocusReason)
        focusLink(0);
    else if (!m_links.isEmpty() && event->reason() == Qt::BacktabFocusReason)
        focusLink(int(m_links.size()) - 1);
    update();
    QWidget::focusInEvent(event);
}

void TextSurface::focusOutEvent(QFocusEvent *event)
{
    m_focusedLink = -1;
    // There is one selection, where the person works. The right button asks what can be done with it.
    if (event->reason() == Qt::MouseFocusReason && (QGuiApplication::mouseButtons() & Qt::LeftButton)) {
        clearSelection();
        if (m_spanning)
            m_spanning->collapse();
    }
    update();
    QWidget::focusOutEvent(event);
}

bool TextSurface::focusNextPrevChild(bool next)
{
    findLinks();
    const int count = int(m_links.size());
    const int wanted = m_focusedLink < 0 ? (next ? 0 : count - 1) : m_focusedLink + (next ? 1 : -1);
    if (!hasFocus() || wanted < 0 || wanted >= count)
        return QWidget::focusNextPrevChild(next);
    focusLink(wanted);
    return true;
}

void TextSurface::focusLink(int index)
{
    m_focusedLink = index;
    update();
    QAccessibleTextCursorEvent event(this, m_links.at(index).start);
    QAccessible::updateAccessibility(&event);
}

// ---- painting

void TextSurface::paintEvent(QPaintEvent *event)
{
    if (!m_document)
        return;
    QPainter painter(this);
    paintGrounds(painter, event->rect());
    QAbstractTextDocumentLayout::PaintContext context;
    context.clip = event->rect();
    context.palette = palette();
    context.palette.setColor(QPalette::Text, m_theme.tokens().text);
    const auto mark = [&](const QTextCursor &range, const QColor &ground, const QColor &text) {
        QAbstractTextDocumentLayout::Selection selection;
        selection.cursor = range;
        selection.format.setBackground(ground);
        selection.format.setForeground(text);
        context.selections.append(selection);
    };
    if (m_linksKnown && m_focusedLink >= 0 && hasFocus()) {
        QTextCursor link(m_document->document());
        link.setPosition(m_links.at(m_focusedLink).start);
        link.setPosition(m_links.at(m_focusedLink).end, QTextCursor::KeepAnchor);
        mark(link, m_theme.tokens().accentTint, m_theme.tokens().accent);
    }
    if (m_selection.hasSelection())
        mark(m_selection, m_theme.tokens().accent, m_theme.tokens().onAccent);
    painter.setClipRect(event->rect());
    m_document->document()->documentLayout()->draw(&painter, context);
}

void TextSurface::paintGrounds(QPainter &painter, const QRect &clip) const
{
    const auto *layout = m_document->document()->documentLayout();
    const int first = std::max(0, layout->hitTest(QPointF(0, clip.top() - 40), Qt::FuzzyHit));
    for (QTextBlock block = m_document->document()->findBlock(first); block.isValid(); block = block.next()) {
        const QRectF line = layout->blockBoundingRect(block);
        if (line.top() > clip.bottom() + 40)
            break;
        // Line spacing is added below a block and belongs to no rectangle: grounds reach to the next block.
        const QTextBlock next = block.next();
        const qreal end = next.isValid() ? layout->blockBoundingRect(next).top() : height();
        paintGround(painter, block, line, end);
        if (block.blockFormat().hasProperty(NumberProperty))
            paintNumber(painter, block, line);
    }
}

void TextSurface::paintGround(
    QPainter &painter, const QTextBlock &block, const QRectF &line, qreal next) const
{
    const Tokens &t = m_theme.tokens();
    const QTextBlockFormat format = block.blockFormat();
    const int depth = format.intProperty(QuoteDepthProperty);
    const bool isQuoteEnd =
        !block.next().isValid() || block.next().blockFormat().intProperty(QuoteDepthProperty) == 0;
    for (int i = 0; i < depth; ++i)
        painter.fillRect(
            QRectF(i * kQuoteStep + 2, line.top(), 2, (isQuoteEnd ? line.bottom() + 2 : next) - line.top()),
            t.border);
    const qreal top = block == m_document->document()->begin() ? 0 : line.top() - kGroundRise;
    const qreal bottom = block.next().isValid() ? next - kGroundRise : next;
    switch (roleOf(format)) {
    case BlockRole::Prose:
        break;
    case BlockRole::Rule:
        painter.fillRect(
            QRectF(line.left(), line.center().y(), width() - format.rightMargin() - line.left(), 1),
            t.border);
        break;
    case BlockRole::Hunk:
        painter.fillRect(QRectF(0, top, width(), bottom - top), t.selected);
        break;
    case BlockRole::Added:
        painter.fillRect(QRectF(0, top, width(), bottom - top), t.added);
        break;
    case BlockRole::Removed:
        painter.fillRect(QRectF(0, top, width(), bottom - top), t.removed);
        break;
    case BlockRole::Code: {
        const bool isLast = format.intProperty(CodeEdgeProperty) & CodeLast;
        paintCodeGround(painter, format,
            QRectF(0, line.top(), 0, (isLast ? line.bottom() : next) - line.top()), width(), t);
        break;
    }
    }
}

void TextSurface::paintNumber(QPainter &painter, const QTextBlock &block, const QRectF &line) const
{
    const QString number = QString::number(block.blockFormat().intProperty(NumberProperty));
    const QFontMetricsF metrics(m_document->style().code);
    const qreal right = block.blockFormat().leftMargin() - metrics.horizontalAdvance(u' ') / 2;
    painter.setFont(m_document->style().code);
    painter.setPen(m_theme.tokens().dim);
    painter.drawText(
        QPointF(right - metrics.horizontalAdvance(number), line.top() + metrics.ascent()), number);
}

// ---- Copy buttons

static constexpr qsizetype kMaxLanguageChars = 16;

QString TextSurface::copyText(const QString &language)
{
    if (language.isEmpty())
        return tr("Copy");
    const bool isLong = language.size() > kMaxLanguageChars;
    return tr("%1 · Copy").arg(isLong ? language.left(kMaxLanguageChars - 1) + u'…' : language);
}

void TextSurface::setExposed(const QRect &part)
{
    qsizetype used = 0;
    if (m_document && m_document->hasCode() && !part.isEmpty()) {
        const auto *layout = m_document->document()->documentLayout();
        const int first = std::max(0, layout->hitTest(QPointF(0, part.top()), Qt::FuzzyHit));
        for (QTextBlock block = m_document->document()->findBlock(first); block.isValid();
             block = block.next()) {
            const QRectF line = layout->blockBoundingRect(block);
            if (line.top() > part.bottom())
                break;
            if (block.blockFormat().intProperty(CodeEdgeProperty) & CodeFirst)
                showCopyButton(used++, block, line);
        }
    }
    for (qsizetype i = used; i < m_copyButtons.size(); ++i)
        m_copyButtons.at(i)->hide();
}

void TextSurface::showCopyButton(qsizetype index, const QTextBlock &block, const QRectF &line)
{
    if (index == m_copyButtons.size()) {
        auto *button = new LinkButton(m_theme, {}, this);
        button->setObjectName(u"copyCode"_s);
        connect(button, &LinkButton::clicked, this, [this, index] {
            const QTextBlock first = m_document->document()->findBlockByNumber(m_copyBlocks.at(index));
            QApplication::clipboard()->setText(codeText(first));
        });
        m_copyButtons.append(button);
        m_copyBlocks.append(0);
    }
    LinkButton *button = m_copyButtons.at(index);
    m_copyBlocks[index] = block.blockNumber();
    const QString language = block.blockFormat().stringProperty(LanguageProperty);
    button->setText(copyText(language));
    Spoken::setName(*button, language.isEmpty() ? tr("Copy code") : tr("Copy %1 code").arg(language));
    button->setGround(m_theme.tokens().code);
    button->resize(button->sizeHint());
    button->move(width() - button->width() - 5, int(line.top()) - 5);
    button->show();
}

} // namespace Meanwhile::Ui
