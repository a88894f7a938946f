// SPDX-License-Identifier: MIT
#pragma once

#include "ui/transcript/rowwidget.h"

namespace Meanwhile::Ui {

class ThumbnailCache;
class ThumbnailStrip;

/// The person's words on a tint with the images that came with them, an answer, or a dim notice.
class TextRow : public RowWidget {
    Q_OBJECT

public:
    TextRow(const Theme &theme, DocumentCache &cache, ThumbnailCache &thumbnails, QWidget *parent);

    int layOut(int width) override;
    void setExposed(const QRect &part) override;
    QList<TextSurface *> surfaces() const override { return {m_surface}; }

protected:
    void refresh(bool isOther) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QMargins margins() const;

    TextSurface *m_surface;
    ThumbnailStrip *m_images;
};

} // namespace Meanwhile::Ui
