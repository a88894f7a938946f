// SPDX-License-Identifier: MIT
#pragma once

#include "ui/pictures/thumbnailcache.h"

#include <QAbstractButton>

namespace Meanwhile::Ui {

class Theme;

/// A small picture that opens the large one. Its size is known from the image's header, so nothing moves when
/// the picture arrives.
class ThumbnailButton : public QAbstractButton {
    Q_OBJECT

public:
    static constexpr QSize kBox{200, 130};

    ThumbnailButton(const Theme &theme, ThumbnailCache &cache, QWidget *parent);

    void setImage(ThumbnailCache::Key key, const Conversation::ImageBlock &image);
    const Conversation::ImageBlock &image() const { return m_image; }
    /// For tests: the picture is there.
    bool isShown() const;
    QSize sizeHint() const override { return m_size; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    const QImage *picture() const;

    const Theme &m_theme;
    ThumbnailCache &m_cache;
    ThumbnailCache::Key m_key;
    Conversation::ImageBlock m_image;
    QSize m_size;
};

} // namespace Meanwhile::Ui
