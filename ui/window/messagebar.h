// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>

#include <functional>
#include <optional>

class QLabel;
class QPushButton;

namespace Meanwhile::Ui {

class Theme;

/// Shows what went wrong in the window, with a button that helps. It stays until it is closed.
///
/// It has room for one message and one question. The newer is in front of the other one, which comes back
/// when that is closed or answered.
class MessageBar : public QFrame {
    Q_OBJECT

public:
    explicit MessageBar(Theme &theme, QWidget *parent = nullptr);

    /// What a button says and does.
    struct Answer {
        QString text; ///< empty: no button
        std::function<void()> action;
    };

    /// Replaces the message before. Without a button text there is only the closing one.
    void tell(const QString &text, const QString &buttonText = {}, std::function<void()> action = {});
    /// A question with two answers, which replaces the one before; closing it gives none.
    void ask(const QString &text, const Answer &first, const Answer &second);
    /// The question has become needless.
    void forgetQuestion();
    /// Until a session is shown: why none was, or what is wrong with this one.
    void tellOfSession(const QString &text, const Answer &first = {}, const Answer &second = {});
    /// The same without a button.
    void noteOfSession(const QString &text) { tellOfSession(text); }
    /// Takes back what tellOfSession said; anything else stays.
    void forgetSession();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Said {
        QString text;
        Answer first;
        Answer second;
        bool isOfSession = false;
        bool isQuestion = false;
    };

    void say(const Said &said);
    void take(std::optional<Said> &said);
    void showFront();
    void act(Answer Said::*answer);

    Theme &m_theme;
    QLabel *m_text = nullptr;
    QPushButton *m_button = nullptr;
    QPushButton *m_otherButton = nullptr;
    std::optional<Said> m_front; ///< what is seen
    std::optional<Said> m_behind;
};

} // namespace Meanwhile::Ui
