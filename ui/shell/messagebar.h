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

    /// What a button says and does.
    struct Answer {
        QString text; ///< empty: no button
        std::function<void()> action;
    };

    /// Replaces what it said before. Without a button text there is only the closing one.
    void tell(const QString &text, const QString &buttonText = {}, std::function<void()> action = {});
    /// A question with two answers; closing it gives none.
    void ask(const QString &text, const Answer &first, const Answer &second);
    /// Until a session is shown: why none was, or what is wrong with this one.
    void tellOfSession(const QString &text, const Answer &answer = {});
    /// Takes back what tellOfSession said; anything else stays.
    void forgetSession();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme &m_theme;
    QLabel *m_text = nullptr;
    QPushButton *m_button = nullptr;
    QPushButton *m_otherButton = nullptr;
    std::function<void()> m_action;
    std::function<void()> m_otherAction;
    bool m_isOfSession = false;
};

} // namespace Meanwhile::Ui
