// SPDX-License-Identifier: MIT
#pragma once

#include <QPushButton>

namespace Meanwhile::Ui {

class Theme;

/// A button that shows the key that presses it. Its width does not depend on the hint, so that the hint may
/// change under the pointer.
class KeyHintButton : public QPushButton {
    Q_OBJECT

public:
    KeyHintButton(Theme &theme, const QString &widestHint, QWidget *parent = nullptr);

    void setHint(const QString &hint);
    const QString &hint() const { return m_hint; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme &m_theme;
    QString m_widestHint;
    QString m_hint;
};

} // namespace Meanwhile::Ui
