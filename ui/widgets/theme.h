// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>
#include <QFont>
#include <QObject>

class QApplication;

namespace Meanwhile::Ui {

/// The window's colours by what they mean. Text tokens (text, dim, accent, done, failed, waiting) have a
/// contrast of at least 4.5 : 1 on window, surface, side and selected; a test computes it.
struct Tokens {
    QColor window, surface, side, border, text, dim, accent, accentTint, onAccent;
    QColor done, failed, waiting, code, added, removed, selected;

    bool operator==(const Tokens &) const = default;
};

/// Light, dark, or what the system has; one object for the window, handed to every widget that paints by
/// hand.
///
/// Sets the application's palette and style sheet; widgets that cache colours render again on changed().
class Theme : public QObject {
    Q_OBJECT

public:
    enum class Choice { System, Light, Dark };

    explicit Theme(QApplication &application, QObject *parent = nullptr);

    void setChoice(Choice choice);
    Choice choice() const { return m_choice; }
    bool isDark() const { return m_dark; }
    const Tokens &tokens() const { return m_tokens; }

    static Tokens light();
    static Tokens dark();

    /// The system's fixed face at the interface's size.
    static QFont codeFont();
    /// One point smaller than the interface's face, never below 9 pt.
    static QFont dimFont();

signals:
    void changed();

private:
    void apply();

    QApplication &m_application;
    Choice m_choice = Choice::System;
    bool m_systemIsDark = false;
    bool m_dark = false;
    Tokens m_tokens;
};

Theme::Choice themeChoiceFromString(const QString &word);
QString nameOf(Theme::Choice choice);

} // namespace Meanwhile::Ui
