// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/task.h"
#include "ui/ports/sessioncommand.h"
#include "ui/taskpanel/logsource.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <functional>
#include <memory>

class QLabel;
class QPushButton;

namespace Meanwhile::Ui {

class ElidedLabel;
class FindBar;
class FindInLog;
class LogFeed;
class LogView;
class RestingButton;

/// Where a task's log is read from.
using LogSourceFactory = std::function<std::shared_ptr<LogSource>(const Tasks::Task &)>;

/// The log of one task with what can be done about it: Follow, Find, Stop, and Run again where files changed
/// meanwhile.
class LogPane : public QWidget {
    Q_OBJECT

public:
    LogPane(const Theme &theme, LogSourceFactory sources, QWidget *parent = nullptr);

    /// The same id again: its state, and more of its log.
    void setTask(const Tasks::Task &task);
    void clearTask();
    /// Stop was asked for and its effect has not been seen yet.
    void setStopping(bool stopping);
    void openFind();
    LogView *view() const { return m_view; }
    bool isWrapping() const;
    void setWrapping(bool wraps);

signals:
    void wrappingChosen();
    /// The person asks for this for the task whose log it is.
    void commanded(const Meanwhile::Ui::SessionCommand &command);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QPushButton *button(const QString &name, const QString &text, const QString &toolTip);
    QPushButton *lineButton(const QString &name, const QString &text, const QString &toolTip);
    void build();
    QLayout *buildHeader();
    void buildChanges();
    void connectAll();
    void connectView();
    void refreshHeader();
    void refreshSize();
    QString whyNothingIsShown() const;
    void poll();

    const Theme &m_theme;
    LogSourceFactory m_sources;
    Tasks::Task m_task;
    bool m_stopping = false;
    bool m_stale = false; ///< the log grew while the pane was not in sight
    LogFeed *m_feed;
    // In the order in which the Tab key goes.
    ElidedLabel *m_command;
    QLabel *m_size;
    ElidedLabel *m_description; ///< the model's words for what the command is for
    QPushButton *m_follow;
    QPushButton *m_wrap;
    QPushButton *m_find;
    QPushButton *m_stop;
    RestingButton *m_stopRest; ///< where nothing is to be stopped
    QWidget *m_changes;        ///< files changed while it ran, so that its result may be out of date
    ElidedLabel *m_changesText;
    QPushButton *m_runAgain;
    FindBar *m_findBar;
    QPushButton *m_earlier;
    LogView *m_view;
    QPushButton *m_later;
    FindInLog *m_finding;
};

} // namespace Meanwhile::Ui
