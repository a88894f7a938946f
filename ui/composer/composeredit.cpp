// SPDX-License-Identifier: MIT
#include "ui/composer/composeredit.h"

#include "ui/pictures/picture.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QUrl>

#include <algorithm>

namespace Meanwhile::Ui {

// Breaking one unbroken line into words takes time that grows with its square.
static constexpr qsizetype kMaxWrappedLine = 4'096;
static constexpr qsizetype kMaxPastedLine = 50'000;
static constexpr qsizetype kMaxPasted = 200'000;

static qsizetype longestLine(const QString &text)
{
    qsizetype longest = 0;
    const QList<QStringView> lines = QStringView(text).split(u'\n');
    for (const QStringView line : lines)
        longest = std::max(longest, line.size());
    return longest;
}

ComposerEdit::ComposerEdit(QWidget *parent)
    : PlainTextEdit(parent)
{
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    document()->setDocumentMargin(0);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
        &ComposerEdit::fitHeight);
    fitHeight();
}

void ComposerEdit::replaceText(const QString &text)
{
    QTextCursor cursor = textCursor();
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    cursor.removeSelectedText();
    chooseWrapping(longestLine(text));
    cursor.insertText(text);
    cursor.endEditBlock();
    setTextCursor(cursor);
    ensureCursorVisible();
}

void ComposerEdit::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && !m_isComposing) {
        if (event->modifiers() & (Qt::ShiftModifier | Qt::AltModifier))
            textCursor().insertBlock();
        else if (!event->isAutoRepeat())
            emit sendRequested();
        ensureCursorVisible();
        return;
    }
    if (event->key() == Qt::Key_Up && !m_isComposing && document()->isEmpty()) {
        emit editLastQueuedRequested();
        return;
    }
    // They answer questions, also for a moment in which there is none.
    const bool isAlt = (event->modifiers() & ~Qt::KeypadModifier) == Qt::AltModifier;
    if (isAlt && event->key() >= Qt::Key_0 && event->key() <= Qt::Key_9)
        return event->accept();
    QPlainTextEdit::keyPressEvent(event);
}

void ComposerEdit::inputMethodEvent(QInputMethodEvent *event)
{
    m_isComposing = !event->preeditString().isEmpty();
    QPlainTextEdit::inputMethodEvent(event);
}

static QStringList localPaths(const QMimeData *source)
{
    QStringList paths;
    const QList<QUrl> urls = source->urls();
    for (const QUrl &url : urls) {
        if (!url.isLocalFile())
            return {};
        paths += url.toLocalFile();
    }
    return paths;
}

bool ComposerEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return source->hasUrls() || offersImage(*source) || QPlainTextEdit::canInsertFromMimeData(source);
}

void ComposerEdit::insertFromMimeData(const QMimeData *source)
{
    const QStringList paths = localPaths(source);
    if (!paths.isEmpty()) {
        emit filesPasted(paths);
        return;
    }
    if (offersImage(*source)) {
        emit imagePasted(source);
        return;
    }
    const QString text = source->text();
    const qsizetype longest = longestLine(text);
    if (text.size() > kMaxPasted || longest > kMaxPastedLine) {
        emit pasteRefused(text.size());
        return;
    }
    chooseWrapping(longest);
    PlainTextEdit::insertFromMimeData(source);
}

// Files and images that are dropped belong to the window, which tells them apart and says what will happen.
void ComposerEdit::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() || offersImage(*event->mimeData()))
        event->ignore();
    else
        QPlainTextEdit::dragEnterEvent(event);
}

void ComposerEdit::dragMoveEvent(QDragMoveEvent *event)
{
    if (event->mimeData()->hasUrls() || offersImage(*event->mimeData()))
        event->ignore();
    else
        QPlainTextEdit::dragMoveEvent(event);
}

void ComposerEdit::chooseWrapping(qsizetype longestLine)
{
    if (longestLine > kMaxWrappedLine) {
        setLineWrapMode(NoWrap);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    } else if (document()->isEmpty()) {
        setLineWrapMode(WidgetWidth);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    }
}

void ComposerEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        fitHeight();
}

void ComposerEdit::fitHeight()
{
    const int lines = std::clamp(int(document()->size().height()), 1, kMaxLines);
    const int height = lines * fontMetrics().lineSpacing() + 4;
    if (height != minimumHeight() || height != maximumHeight())
        setFixedHeight(height);
    setVerticalScrollBarPolicy(
        int(document()->size().height()) > kMaxLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
}

} // namespace Meanwhile::Ui
