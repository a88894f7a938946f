// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

namespace Meanwhile::Ui {

class ElidedLabel;

/// One glance: what runs, what is waited for, what it has cost. Never the only place of a message.
/// Its texts never make the window wider; where there is no room they are cut, the cost first.
class StatusRow : public QWidget {
    Q_OBJECT

public:
    explicit StatusRow(QWidget *parent = nullptr);

    void setTasks(const QString &text);
    void setWaiting(const QString &text);
    void setTokens(const QString &text);
    /// The tasks, cut; the window may be narrow.
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void share();

    ElidedLabel *m_tasks = nullptr;
    ElidedLabel *m_waiting = nullptr;
    ElidedLabel *m_tokens = nullptr;
};

} // namespace Meanwhile::Ui
