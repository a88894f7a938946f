// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractButton>

namespace Meanwhile::Ui {

class Theme;

/// A word that can be pressed: dim text, underlined under the pointer and with the keyboard's focus.
class LinkButton : public QAbstractButton {
    Q_OBJECT

public:
    LinkButton(const Theme &theme, const QString &text, QWidget *parent);

    void setGround(const QColor &ground);
    void setAccented(bool accented);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    const Theme &m_theme;
    QColor m_ground;
    bool m_accented = false;
};

} // namespace Meanwhile::Ui
