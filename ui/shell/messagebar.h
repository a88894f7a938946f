// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;

namespace Meanwhile::Ui {

class Theme;

/// Tells what went wrong in the window and offers the button that helps; in nobody's way until it is closed.
class MessageBar : public QFrame {
    Q_OBJECT

public:
    explicit MessageBar(Theme &theme, QWidget *parent = nullptr);

    /// Replaces what it said before. Without a button text there is only the closing one.
    void tell(const QString &text, const QString &buttonText = {}, std::function<void()> action = {});

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme &m_theme;
    QLabel *m_text = nullptr;
    QPushButton *m_button = nullptr;
    std::function<void()> m_action;
};

} // namespace Meanwhile::Ui
