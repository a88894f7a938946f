// SPDX-License-Identifier: MIT
#include "ui/drop/droptarget.h"

#include "base/whenfinished.h"
#include "images/imageheader.h"
#include "ui/drop/dropoverlay.h"
#include "ui/pictures/picture.h"

#include <QDragEnterEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QtConcurrentRun>

#include <algorithm>

namespace Meanwhile::Ui {

DropTarget::DropTarget(QWidget &window, Theme &theme)
    : QObject(&window)
    , m_window(window)
    , m_theme(theme)
{
    window.setAcceptDrops(true);
    window.installEventFilter(this);
}

DropOverlay &DropTarget::overlay()
{
    if (!m_overlay) {
        m_overlay = new DropOverlay(m_theme, &m_window);
        m_overlay->installEventFilter(this);
    }
    return *m_overlay;
}

bool DropTarget::eventFilter(QObject *watched, QEvent *event)
{
    Q_UNUSED(watched)
    switch (event->type()) {
    case QEvent::DragEnter:
    case QEvent::DragMove: {
        auto *drag = static_cast<QDragMoveEvent *>(event);
        if (!drag->mimeData()->hasUrls() && !offersImage(*drag->mimeData()))
            return false;
        if (event->type() == QEvent::DragEnter)
            enter(*drag->mimeData());
        // A copy: the file manager keeps what it has.
        drag->setDropAction(Qt::CopyAction);
        drag->accept();
        return true;
    }
    case QEvent::DragLeave:
        leave();
        return false;
    case QEvent::Drop: {
        auto *dropped = static_cast<QDropEvent *>(event);
        if (!dropped->mimeData()->hasUrls() && !offersImage(*dropped->mimeData()))
            return false;
        dropped->setDropAction(Qt::CopyAction);
        dropped->accept();
        drop(*dropped->mimeData());
        return true;
    }
    case QEvent::Resize:
        if (m_overlay && watched == &m_window)
            m_overlay->setGeometry(m_window.rect());
        return false;
    default:
        return false;
    }
}

void DropTarget::enter(const QMimeData &source)
{
    const QList<QUrl> urls = source.urls();
    m_urls = urls;
    overlay().setGeometry(m_window.rect());
    overlay().setText(tr("Drop it here"), tr("A folder becomes the project; images are shown to the model, "
                                             "other files named in your message."));
    overlay().show();
    overlay().raise();
    if (offersImage(source)) {
        overlay().setText(tr("Drop to attach the image"), tr("It goes with your message."));
        return;
    }
    whenFinished(QtConcurrent::run(inspectDrop, urls), this, [this, urls](const DroppedItems &items) {
        if (urls == m_urls)
            explain(items);
    });
}

void DropTarget::explain(const DroppedItems &items)
{
    if (!items.folder.isEmpty())
        overlay().setText(tr("Drop to work in “%1”").arg(QFileInfo(items.folder).fileName()),
            tr("The folder becomes the project."));
    else if (!items.problem.isEmpty())
        overlay().setText(tr("This cannot be used"), items.problem);
    else if (std::all_of(items.paths.begin(), items.paths.end(), Images::isImageName))
        overlay().setText(
            items.paths.size() == 1 ? tr("Drop to attach the image") : tr("Drop to attach the images"),
            items.paths.size() == 1 ? tr("It goes with your message.") : tr("They go with your message."));
    else
        overlay().setText(
            items.paths.size() == 1 ? tr("Drop to mention the file") : tr("Drop to mention the files"),
            tr("Only the path goes into the text; the model reads the file when it needs it."));
}

void DropTarget::drop(const QMimeData &source)
{
    leave();
    if (offersImage(source)) {
        emit imageDropped(&source);
        return;
    }
    const QList<QUrl> urls = source.urls();
    // Looked at once more, since the hovering drag may have been answered for something else.
    whenFinished(QtConcurrent::run(inspectDrop, urls), this, [this](const DroppedItems &items) {
        if (!items.folder.isEmpty())
            emit folderDropped(items.folder);
        else if (!items.problem.isEmpty())
            emit dropRefused(items.problem);
        else
            emit filesDropped(items.paths);
    });
}

void DropTarget::leave()
{
    m_urls.clear();
    if (m_overlay)
        m_overlay->hide();
}

} // namespace Meanwhile::Ui
