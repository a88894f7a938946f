// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"
#include "models/rowlist.h"
#include "models/secondtick.h"
#include "tasks/task.h"

#include <optional>

namespace Meanwhile::Models {

/// The one row at the end of the body that says what is waited for: a reply, the next attempt, tasks. Any
/// other row that is added takes its place.
///
/// Units: times are the clock's, monotonic.
class WaitingRow {
public:
    /// The wait for the first words of a reply; a row says so after a second.
    struct ReplyWait {
        std::optional<std::chrono::milliseconds> since; ///< unset: no reply is waited for
        bool isShown = false;
    };
    struct TaskWait {
        int waitedFor = 0;        ///< tasks whose end is waited for
        int serving = 0;          ///< tasks beside them that nobody waits for
        bool isAfterStop = false; ///< nobody waits: all of them just keep running
    };

    WaitingRow(RowList &rows, SecondTick &tick, const Clock &clock);

    void show(const QString &text);
    bool isShown(TranscriptRow::Kind kind) const;
    void remove();
    /// Before a row is added to the body: nothing is waited for any more.
    void giveWay();

    void retryIn(std::chrono::milliseconds delay, int attempt, const QString &why);
    /// The wait is over: the next attempt is sent.
    void retryBegins();

    void waitForReply();
    void stopWaitingForReply();
    ReplyWait replyWait() const { return {m_replySince, m_isReplyShown}; }
    /// Goes on with a wait that other rows have interrupted.
    void resume(const ReplyWait &wait);

    void waitForTasks(TaskWait wait);
    const TaskWait &taskWait() const { return m_tasks; }
    /// A task came (`before` is null) or changed. Without a wait for tasks, one that a person starts while no
    /// turn is under way begins one.
    void noteTask(const Tasks::Task *before, const Tasks::Task &now, bool isTurnUnderWay);

    /// Shows how long is left or how long it has taken.
    void refreshTime();
    /// See RowList::moved.
    void rowMoved(int position, int by) { m_position = positionAfter(m_position, position, by); }

private:
    void add(TranscriptRow row);
    void showRetry();
    void showReplyWait();
    void showTaskWait();
    void updateTick();

    RowList &m_rows;
    SecondTick &m_tick;
    const Clock &m_clock;
    int m_position = -1; ///< none
    QString m_retryWhy;
    int m_retryAttempt = 0;
    std::optional<std::chrono::milliseconds> m_retryDue; ///< unset: the next attempt is under way
    std::optional<std::chrono::milliseconds> m_replySince;
    bool m_isReplyShown = false;
    TaskWait m_tasks;
};

} // namespace Meanwhile::Models
