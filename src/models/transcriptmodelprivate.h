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
        QString command;        ///< exact, to find the task that runs it
        QStringList namedTasks; ///< that the call speaks of
        QString answer;         ///< what the tool said in short
        QString outcome;        ///< what the tool said
        bool continued = false; ///< the call was answered while its task still ran
    };

    Private(TranscriptModel *model, const Clock &theClock);

    // ---- rows
    int size() const { return int(entries.size()); }
    int bodyEnd() const { return size() - queued; }
    void insert(int position, TranscriptRow row);
    void remove(int position);
    void changed(int position);
    int appendBody(TranscriptRow row);
    void addNotice(const QString &text);
    void addStopped();
    void addBroken();
    void addDelivered(const QStringList &taskIds);
    /// At the end of the body until something follows it: what is waited for.
    void addPassing(TranscriptRow row);
    void removePassingRow();
    bool isPassing(TranscriptRow::Kind kind) const;
    void showRetry();

    // ---- streamed text
    void grow(TranscriptRow::Kind kind, const QString &delta);
    void showPending();
    /// The growing row is complete; what comes next is another row.
    void closeStream();

    // ---- calls and tasks
    int callRow(const QString &callId) const { return callRows.value(callId, -1); }
    void describe(int position, const QString &tool, const QByteArray &input);
    void setCallState(int position, TranscriptRow::CallState state);
    /// Text and state of a call's answer; `summary` and `diff` where the tool told them.
    void setOutcome(int position, const Tools::ToolOutcome &outcome);
    void interruptUnmadeCalls();
    void tie(int position, const QString &taskId);
    /// A resumed session holds what the model was told, and that names the task.
    bool tieIfMentioned(int position, const QString &taskId);
    void noteMentions(int position);
    /// Of the tasks that have a line of their own, those that run; after either has changed.
    void noteRunning(const QString &taskId);
    void setTask(const Tasks::Task &task);
    /// Writes everything derived of a tool line or a delivery rule anew.
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
    void addRecord(const Conversation::Message &record);
    QString restoredText(const Conversation::RestoreBlock &restore) const;
    void addPersonsWords(const Conversation::Message &message);
    enum class Results { OnlyMissing, All };
    /// Whether the person's Stop cut one of the calls short.
    bool applyResults(const Conversation::Message &message, Results which);
    bool answerHas(TranscriptRow::Kind kind) const;
    void loadAnswer(const Conversation::Message &message);
    /// Makes the rows of the answer what the finished message says.
    void settleAnswer(const Conversation::Message &message);
    void insertAnswerRow(int position, TranscriptRow row);
    /// Why the answer or the turn ended, where that was not the agent's own word.
    void addEnding(const Conversation::Message &message);
    /// What was said since makes the buttons above useless: they would go on with something else.
    void dropRemedies(int from);

    TranscriptModel *q;
    const Clock &clock;
    std::vector<Entry> entries;
    int queued = 0;
    int answerFrom = 0;
    int passingRow = -1;
    QString retryWhy;
    int retryAttempt = 0;
    std::optional<std::chrono::milliseconds> retryDue; ///< unset: the next try is under way
    bool partialKept = false;
    QHash<QString, int> callRows;      ///< the latest row of a call's id; some providers use ids again
    QMultiHash<QString, int> taskRows; ///< lines and rules that speak of a task
    QHash<QString, Tasks::Task> tasks;
    QMultiHash<QString, int> mentions; ///< lines of commands, by the tasks that their answers speak of
    QSet<QString> tied;                ///< tasks that have a line of their own
    QSet<QString> running;             ///< those of them that run

    int growing = -1; ///< the row that streamed text goes to
    QString blank;    ///< streamed white space that has no row yet
    QString pending;  ///< of the growing row, not shown yet
    QTimer *showTimer = nullptr;
    QTimer *tick = nullptr;
};

} // namespace Meanwhile::Models
