// SPDX-License-Identifier: MIT
#pragma once

#include "ui/transcript/rowwidget.h"

namespace Meanwhile::Ui {

class LinkButton;
class ThumbnailCache;
class ThumbnailStrip;

/// The person's words on a tint with the images that came with them, an answer, or a dim notice; with what
/// can be done about files there.
class TextRow : public RowWidget {
    Q_OBJECT

public:
    TextRow(const Theme &theme, DocumentCache &cache, ThumbnailCache &thumbnails, QWidget *parent);

    QSize layOut(const RowRoom &room) override;
    void setExposed(const QRect &part) override;
    QList<TextSurface *> surfaces() const override { return {m_surface}; }

protected:
    void refresh(bool isOther) override;
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QMargins margins() const;
    /// What is laid out of the row's text.
    QString shownText() const;
    qsizetype shownLength() const;
    void refreshAction();
    void refreshMore();
    void act();

    TextSurface *m_surface;
    ThumbnailStrip *m_images;
    LinkButton *m_action = nullptr; ///< made where a row has one
    LinkButton *m_more = nullptr;   ///< the same, for a text that is shown in part
};

} // namespace Meanwhile::Ui
