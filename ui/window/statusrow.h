// SPDX-License-Identifier: MIT
#pragma once

#include "permissions/mode.h"

#include <QWidget>

namespace Meanwhile::Ui {

class BoxMark;
class ElidedLabel;
class Theme;

/// One glance: what runs, what is waited for, what holds the commands, what it has cost. Never the only place
/// of a message. Its texts never make the window wider; where there is no room they are cut, the cost first.
class StatusRow : public QWidget {
    Q_OBJECT

public:
    explicit StatusRow(Theme &theme, QWidget *parent = nullptr);

    void setTasks(const QString &text);
    void setWaiting(const QString &text);
    void setTokens(const QString &text);
    /// See BoxMark. Nothing is shown before.
    void setBox(Permissions::Box kind, const QString &reason);
    void setMode(Permissions::Mode mode);
    /// The tasks, cut; the window may be narrow.
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void share();

    ElidedLabel *m_tasks = nullptr;
    ElidedLabel *m_waiting = nullptr;
    BoxMark *m_box = nullptr;
    ElidedLabel *m_tokens = nullptr;
};

} // namespace Meanwhile::Ui
