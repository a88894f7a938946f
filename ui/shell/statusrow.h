// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLabel;

namespace Meanwhile::Ui {

/// One glance: what runs, what is waited for, what it has cost. Never the only place of a message.
class StatusRow : public QWidget {
    Q_OBJECT

public:
    explicit StatusRow(QWidget *parent = nullptr);

    void setTasks(const QString &text);
    void setWaiting(const QString &text);
    void setTokens(const QString &text);

private:
    QLabel *m_tasks = nullptr;
    QLabel *m_waiting = nullptr;
    QLabel *m_tokens = nullptr;
};

} // namespace Meanwhile::Ui
