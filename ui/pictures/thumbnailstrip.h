// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/contentblock.h"

#include <QWidget>

namespace Meanwhile::Ui {

class Theme;
class ThumbnailButton;
class ThumbnailCache;

/// Thumbnails in lines from left to right. A pooled part of a row: it keeps its buttons for the next images.
class ThumbnailStrip : public QWidget {
    Q_OBJECT

public:
    ThumbnailStrip(const Theme &theme, ThumbnailCache &cache, QWidget *parent);

    /// `row` is the number that the row never shares; hides itself when there are no images.
    void setImages(quint64 row, const QVector<Conversation::ImageBlock> &images);
    /// Places the thumbnails and says how high they stand; 0 without any.
    int layOut(int width);

private:
    const Theme &m_theme;
    ThumbnailCache &m_cache;
    QVector<ThumbnailButton *> m_buttons;
    quint64 m_row = 0;
    qsizetype m_count = 0;
};

} // namespace Meanwhile::Ui
