// SPDX-License-Identifier: MIT
#pragma once

#include "agent/agentcontroller.h"
#include "agent/agentevent.h"

#include <QFrame>
#include <QTimer>
#include <QVector>

#include <chrono>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QShortcut;

namespace Meanwhile::Ui {

class ExactText;
class KeyHintButton;
class Theme;

/// Asks before something runs: what exactly, where and why; Deny, Allow this for session, Run. Hidden while
/// nothing is asked.
///
/// It never takes the focus, so keys on their way into the composer stay there: 1, 2 and 3 answer only while
/// the focus is in the bar, Alt+1, Alt+2 and Alt+3 from anywhere in the window. No answer is taken before
/// `armingDelay` has passed since this question appeared or the window came to the front.
/// answered() once a question; the next one shows when its sender removes this one with setPending().
/// Lines that do not fit are counted on a button that shows them. Until the end was on the screen, an answer
/// that allows scrolls to it and has to be given again; only then is it the default.
class ApprovalBar : public QFrame {
    Q_OBJECT

public:
    explicit ApprovalBar(Theme &theme, QWidget *parent = nullptr);
    ~ApprovalBar() override;

    void setProjectName(const QString &name);
    void setArmingDelay(std::chrono::milliseconds delay) { m_arming.setInterval(delay); }
    /// Shows the first; the others are counted.
    void setPending(const QVector<Agent::ApprovalAsked> &pending);
    bool isArmed() const { return m_armed; }
    QSize minimumSizeHint() const override;

signals:
    void answered(const QString &callId, Meanwhile::Agent::ApprovalAnswer answer);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void addButtons();
    void layOut();
    void showQuestion(const Agent::ApprovalAsked &asked);
    void arm();
    void disarm();
    void answer(Agent::ApprovalAnswer answer);
    void showHints();
    void placeParts();
    void showWhatIsBelow();
    void setEndSeen(bool seen);
    void showEnd();

    Theme &m_theme;
    QString m_projectName;
    Agent::ApprovalAsked m_asked;
    QTimer m_arming{this};
    bool m_armed = false;
    bool m_isAnswered = false;
    bool m_isEndSeen = true;
    bool m_isUnshown = false; ///< of what would be written, nothing is
    QHBoxLayout *m_head = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_where = nullptr;
    QLabel *m_count = nullptr;
    ExactText *m_exact = nullptr;
    QPushButton *m_below = nullptr;
    QLabel *m_note = nullptr;
    QWidget *m_buttonRow = nullptr;
    QVector<KeyHintButton *> m_buttons; ///< in the order of their keys
    QVector<QShortcut *> m_shortcuts;
};

} // namespace Meanwhile::Ui
