// SPDX-License-Identifier: MIT
#pragma once

#include "agent/earlierrun.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace Meanwhile::Ui {

class Theme;

/// Says what came in while the person was away, or was left without an answer, and offers to continue.
/// Hidden while nothing waits.
class ResumeBar : public QFrame {
    Q_OBJECT

public:
    explicit ResumeBar(const Theme &theme, QWidget *parent = nullptr);

    void setLeftBehind(const Agent::PendingWork &left);

signals:
    void resumeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QLabel *m_text = nullptr;
    QPushButton *m_goOn = nullptr;
};

} // namespace Meanwhile::Ui
