// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractButton>

namespace Meanwhile::Ui {

class Theme;

/// A button within a row, painted by its class: dim words, a hand as the pointer, redrawn when the pointer
/// enters or leaves. Enter and Space press it; every other key is passed to the transcript, which scrolls.
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
