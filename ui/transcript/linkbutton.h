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
    /// Nothing is seen of it while neither the pointer is over its parent nor it has the focus.
    void setQuiet(bool quiet);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QColor m_ground;
    bool m_accented = false;
    bool m_quiet = false;
};

} // namespace Meanwhile::Ui
