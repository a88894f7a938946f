// SPDX-License-Identifier: MIT
#pragma once

#include "ui/drop/droppeditems.h"

#include <QObject>

class QMimeData;
class QWidget;

namespace Meanwhile::Ui {

class DropOverlay;
class Theme;

/// Makes a whole window a place to drop a folder, files or an image on, with an overlay that says what will
/// happen.
///
/// Thread: GUI thread; the disk is read on the thread pool. Exactly one signal for a drop.
class DropTarget : public QObject {
    Q_OBJECT

public:
    DropTarget(QWidget &window, Theme &theme);

    bool eventFilter(QObject *watched, QEvent *event) override;

signals:
    void folderDropped(const QString &folder);
    void filesDropped(const QStringList &paths);
    /// Good during the call.
    void imageDropped(const QMimeData *source);
    void dropRefused(const QString &problem);

private:
    void enter(const QMimeData &source);
    void explain(const DroppedItems &items);
    void drop(const QMimeData &source);
    void leave();
    DropOverlay &overlay();

    QWidget &m_window;
    Theme &m_theme;
    DropOverlay *m_overlay = nullptr; ///< made by the first drag
    QList<QUrl> m_urls;               ///< what hovers now
};

} // namespace Meanwhile::Ui
