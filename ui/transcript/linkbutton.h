// SPDX-License-Identifier: MIT
#pragma once

#include "ui/transcript/rowbutton.h"

#include <QColor>

namespace Meanwhile::Ui {

/// A word that can be pressed: dim text, underlined under the pointer and with the keyboard's focus.
class LinkButton : public RowButton {
    Q_OBJECT

public:
    LinkButton(const Theme &theme, const QString &text, QWidget *parent);

    void setGround(const QColor &ground);
    void setAccented(bool accented);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QColor m_ground;
    bool m_accented = false;
};

} // namespace Meanwhile::Ui
