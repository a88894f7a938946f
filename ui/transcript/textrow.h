// SPDX-License-Identifier: MIT
#pragma once

#include "ui/transcript/rowwidget.h"

namespace Meanwhile::Ui {

/// The person's words on a tint, an answer, or a dim notice.
class TextRow : public RowWidget {
    Q_OBJECT

public:
    TextRow(const Theme &theme, DocumentCache &cache, QWidget *parent);

    int layOut(int width) override;
    void setExposed(const QRect &part) override;
    QList<TextSurface *> surfaces() const override { return {m_surface}; }

protected:
    void refresh(bool isOther) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QMargins margins() const;

    TextSurface *m_surface;
};

} // namespace Meanwhile::Ui
