// SPDX-License-Identifier: MIT
#include "ui/widgets/exacttext.h"

#include "ui/widgets/legibletext.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace Meanwhile::Ui {

ExactText::ExactText(Theme &theme, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_theme(theme)
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFrameShape(QFrame::NoFrame);
    setWordWrapMode(QTextOption::WrapAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabChangesFocus(true);
    setFont(Theme::codeFont());
    viewport()->setAutoFillBackground(false);
    document()->setDocumentMargin(0);
    // The base direction must not follow the first letter of a command.
    QTextOption option = document()->defaultTextOption();
    option.setTextDirection(Qt::LeftToRight);
    option.setWrapMode(QTextOption::WrapAnywhere);
    document()->setDefaultTextOption(option);
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &ExactText::scrolled);
    // QPlainTextEdit blocks valueChanged where it scrolls by a page.
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, &ExactText::scrolled);
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, &ExactText::scrolled);
    fitHeight();
}

void ExactText::setCommand(const QString &text)
{
    setContent(text, false);
}

void ExactText::setDiff(const QString &diff, const QString &path)
{
    QStringView shown = diff;
    const auto dropLine = [&shown] { shown = shown.sliced(shown.indexOf(u'\n') + 1); };
    if (shown.startsWith(u"--- ") && shown.contains(u"\n+++ ")) {
        dropLine();
        dropLine();
    }
    if (shown.startsWith(u"@@ -0,0 ") || shown.startsWith(u"@@ -1 ") || shown.startsWith(u"@@ -1,"))
        dropLine();
    if (shown.endsWith(u'\n'))
        shown.chop(1);
    setContent(path.isEmpty() ? shown.toString() : path + u'\n' + shown.toString(), true);
}

void ExactText::setContent(const QString &text, bool isDiff)
{
    m_isDiff = isDiff;
    // So that a line which is only wrapped is not taken for one of its own; a diff's lines have their signs.
    QTextOption option = document()->defaultTextOption();
    option.setFlags(isDiff ? QTextOption::Flags() : QTextOption::ShowLineAndParagraphSeparators);
    document()->setDefaultTextOption(option);
    setPlainText(legibleText(text));
    moveCursor(QTextCursor::Start);
    fitHeight();
    viewport()->update();
    emit scrolled();
}

int ExactText::lineCount() const
{
    // A block that was never in sight counts as one line until it is laid out.
    const int width = std::max(1, viewport()->width());
    const qreal letter = fontMetrics().horizontalAdvance(u'x');
    int lines = 0;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next())
        lines += std::max(block.lineCount(), int(std::ceil((block.length() - 1) * letter / width)));
    return lines;
}

int ExactText::linesBelow() const
{
    return isEndInSight() ? 0 : std::max(1, lineCount() - kMaxLines - verticalScrollBar()->value());
}

void ExactText::scrollOnePage()
{
    verticalScrollBar()->triggerAction(QAbstractSlider::SliderPageStepAdd);
}

void ExactText::scrollToEnd()
{
    verticalScrollBar()->triggerAction(QAbstractSlider::SliderToMaximum);
}

bool ExactText::isEndInSight() const
{
    QPointF offset = contentOffset();
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        offset.ry() += blockBoundingRect(block).height();
        if (offset.y() > viewport()->height() + 1)
            return false;
    }
    return true;
}

// Letters of another font, as hangul or pictures, make a line higher.
int ExactText::heightOf(int lines) const
{
    qreal height = 0;
    for (QTextBlock block = document()->begin(); block.isValid() && lines > 0; block = block.next()) {
        const int count = block.layout()->lineCount();
        if (count <= lines) {
            height += document()->documentLayout()->blockBoundingRect(block).height();
        } else {
            for (int i = 0; i < lines; ++i)
                height += block.layout()->lineAt(i).height();
        }
        lines -= std::max(1, count);
    }
    return int(std::ceil(height));
}

void ExactText::fitHeight()
{
    const int height = heightOf(kMaxLines) + 2;
    if (height != minimumHeight())
        setFixedHeight(height);
    setVerticalScrollBarPolicy(lineCount() > kMaxLines ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff);
}

void ExactText::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        fitHeight();
}

void ExactText::paintEvent(QPaintEvent *event)
{
    if (m_isDiff) {
        QPainter painter(viewport());
        const Tokens &tokens = m_theme.tokens();
        QTextBlock block = firstVisibleBlock();
        while (block.isValid()) {
            const QRectF rect = blockBoundingGeometry(block).translated(contentOffset());
            if (rect.top() > event->rect().bottom())
                break;
            const QChar first = block.text().isEmpty() ? QChar() : block.text().at(0);
            if (first == u'+' || first == u'-')
                painter.fillRect(QRectF(0, rect.top(), viewport()->width(), rect.height()),
                    first == u'+' ? tokens.added : tokens.removed);
            block = block.next();
        }
    }
    QPlainTextEdit::paintEvent(event);
    if (isEndInSight())
        emit endShown();
}

} // namespace Meanwhile::Ui
