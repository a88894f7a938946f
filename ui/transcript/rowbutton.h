// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractButton>

namespace Meanwhile::Ui {

class Theme;

/// A button within a row, painted by its class: dim words, a hand as the pointer, drawn anew when the pointer
/// comes or goes. Enter and Space press it; every other key goes on to the transcript, which scrolls by them.
class RowButton : public QAbstractButton {
    Q_OBJECT

protected:
    RowButton(const Theme &theme, QWidget *parent);

    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;
    const Theme &theme() const { return m_theme; }

private:
    const Theme &m_theme;
};

} // namespace Meanwhile::Ui
