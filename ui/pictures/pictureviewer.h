// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/contentblock.h"

#include <QImage>
#include <QWidget>

namespace Meanwhile::Ui {

class Theme;

/// A window with one image, as large as it is or as the window allows. Escape closes it, Ctrl+C copies the
/// image.
///
/// Thread: GUI thread; the image is decoded on the thread pool. Deletes itself when it is closed.
class PictureViewer : public QWidget {
    Q_OBJECT

public:
    static PictureViewer *open(const Theme &theme, const Conversation::ImageBlock &image, QWidget *owner);

    const QImage &picture() const { return m_picture; }

signals:
    void loaded();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    PictureViewer(const Theme &theme, const Conversation::ImageBlock &image, QWidget *owner);
    QSize firstSize(QSize pixels) const;

    const Theme &m_theme;
    QImage m_picture;
    QString m_note; ///< what stands there instead
};

} // namespace Meanwhile::Ui
