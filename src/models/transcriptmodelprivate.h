// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"
#include "models/toolline.h"
#include "models/transcriptmodel.h"

#include <QHash>
#include <QSet>
#include <QTimer>

#include <optional>
#include <vector>

namespace Meanwhile::Models {

TranscriptRow makeRow(TranscriptRow::Kind kind, const QString &id, const QString &text);
TranscriptRow makeCall(const QString &id, const QString &tool);

/// The rows and what ties them to calls and tasks; TranscriptModel maps events to these operations.
///
/// Rows: the body, then the queued messages. The answer being received is the end of the body, from
/// answerFrom.
struct TranscriptModel::Private {
    struct Entry {
        TranscriptRow row;
        // ToolCall
        QStringList namedTasks; ///< that the call speaks of
        QString answer;         ///< what the tool said in short
        QString outcome;        ///< what the tool said
        QString argumentDiff;   ///< what the call's arguments alone tell of a write
        bool continued = false; ///< the call was answered while its task still ran
    };

    Private(TranscriptModel *model, Tools::ToolPresentations theTools, const Clock &theClock);

    // ---- rows
    int size() const { return int(entries.size()); }
    int bodyEnd() const { return size() - queued; }
    void insert(int position, TranscriptRow row);
    void remove(int position);
    void changed(int position);
    int appendBody(TranscriptRow row);
    void setTurnUnderWay(bool isUnderWay);
    void addNotice(const QString &text);
    void addStopped();
    void addBroken();
    void addFailure(ErrorKind kind, const QString &words);
    void addDelivered(const QStringList &taskIds);
    /// At the end of the body until something follows it: what is waited for.
    void addPassing(TranscriptRow row);
    void removePassingRow();
    bool isPassing(TranscriptRow::Kind kind) const;
    void showRetry();
    /// A request was sent: from the first second on a row says so, until something comes.
    void waitForReply();
    void showWaiting();
    void stopWaiting();
    void waitForTasks(int tasks, int servers, bool isStopped);
    void showTasksWaitedFor();
    /// While it is waited for tasks.
    void noteWaiting(const Tasks::Task *before, const Tasks::Task &now);

    // ---- streamed text
    void grow(TranscriptRow::Kind kind, const QString &delta);
    void showPending();
    /// The growing row is complete; what comes next is another row.
    void closeStream();

    // ---- calls and tasks
    int callRow(const QString &callId) const { return callRows.value(callId, -1); }
    void describe(int position, const QString &tool, const QByteArray &input);
    void setCallState(int position, TranscriptRow::CallState state);
    /// The end of a call, live or read.
    void setResult(int position, const Conversation::ToolResultBlock &result);
    void removeUnmadeCalls();
    void tie(int position, const QString &taskId);
    bool isStopped(const QString &taskId) const;
    /// Of the tasks that have a line of their own, those that run; after either has changed.
    void noteRunning(const QString &taskId);
    void setTask(const Tasks::Task &task);
    void tieToCall(const Tasks::Task &task);
    /// Works out again what follows from the tasks, and tells when that has changed the row.
    void refresh(int position);
    /// The row itself was changed before the call, so it tells in any case.
    void renew(int position);
    void derive(Entry &entry) const;
    void refreshTool(Entry &entry) const;
    QString deliveredText(const QStringList &taskIds) const;
    std::chrono::milliseconds elapsed(const Tasks::Task &task) const;
    void updateTick();

    // ---- messages
    enum class Source { Live, Stored };
    /// A failure is told by an event of its own, too.
    void addRecord(const Conversation::Message &record, Source source);
    QString restoredText(const Conversation::RestoreBlock &restore) const;
    void addPersonsWords(const Conversation::Message &message);
    enum class Results { OnlyMissing, All };
    void applyResults(const Conversation::Message &message, Results which);
    void loadAnswer(const Conversation::Message &message);
    /// Makes the rows of the answer what the message says.
    void settleAnswer(const Conversation::Message &message);
    void removeStreamed(int from);
    void insertAnswerRow(int position, TranscriptRow row);
    /// Why the answer or the turn ended, where that was not the agent's own word.
    void addEnding(const Conversation::Message &message);
    /// What was said since makes the buttons above useless: they would go on with something else.
    void dropRemedies(int from);

    TranscriptModel *q;
    Tools::ToolPresentations tools;
    const Clock &clock;
    std::vector<Entry> entries;
    int queued = 0;
    int answerFrom = 0;
    bool isTurnUnderWay = false;
    int passingRow = -1;
    QString retryWhy;
    int retryAttempt = 0;
    std::optional<std::chrono::milliseconds> retryDue;     ///< unset: the next try is under way
    std::optional<std::chrono::milliseconds> waitingSince; ///< for the first words of a reply
    bool isWaitingShown = false;                           ///< by the passing row
    bool isAnswerCut = false; ///< and not kept yet: another try may begin it anew
    bool partialKept = false;
    bool stopShown = false; ///< of this turn
    int waitingFor = 0;     ///< tasks, in the passing row
    int serving = 0;        ///< and those beside them that nobody waits for
    bool waitsAfterStop = false;
    QHash<QString, int> callRows;      ///< the latest row of a call's id; some providers use ids again
    QMultiHash<QString, int> taskRows; ///< lines and rules that speak of a task
    QHash<QString, Tasks::Task> tasks;
    QSet<QString> tied;    ///< tasks that have a line of their own
    QSet<QString> running; ///< those of them that run

    int growing = -1; ///< the row that streamed text goes to
    QString blank;    ///< streamed white space that has no row yet
    QString pending;  ///< of the growing row, not shown yet
    QTimer *showTimer = nullptr;
    QTimer *tick = nullptr;
};

} // namespace Meanwhile::Models
