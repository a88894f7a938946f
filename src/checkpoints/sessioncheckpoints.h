// SPDX-License-Identifier: MIT
#pragma once

#include "checkpoints/checkpointstore.h"
#include "tasks/filechangetracker.h"
#include "tasks/writelog.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <memory>
#include <unordered_map>

namespace Meanwhile::Checkpoints {

/// The checkpoints of one conversation: one before each of the person's messages, to go back to, and one
/// while each task runs, to say afterwards what changed.
///
/// Thread: GUI thread; never blocks. Destroying it gives up what is under way.
/// A checkpoint that fails or takes too long is given up: nobody waits for it, and find() says why.
class SessionCheckpoints : public QObject, public Tasks::FileChangeTracker {
    Q_OBJECT

public:
    /// `writes`: is told what a restore writes.
    explicit SessionCheckpoints(std::unique_ptr<CheckpointStore> store,
        std::shared_ptr<Tasks::WriteLog> writes = {}, QObject *parent = nullptr);
    ~SessionCheckpoints() override;

    /// Busy from now on until it is done; once something waits, kLongestWait at most: then it continues
    /// beside what waited, and is late. Given up after kLongestTake.
    void take(const QString &label);
    /// Something waits until this is not busy any more.
    void hurry();
    /// A checkpoint to go back to is being taken, or files are being restored: nothing should change files.
    bool isBusy() const { return m_busy > 0; }

    /// The newest with this label. NotFound says why there is none.
    QFuture<Result<Checkpoint>> find(const QString &label);
    /// What has changed in the project since; restoring takes it back.
    QFuture<Result<FileChanges>> changesSince(const QString &checkpointId);
    /// What restoring would do to this path, see CheckpointStore::diff().
    QFuture<Result<QString>> diffBackTo(const QString &checkpointId, const QByteArray &path);
    /// Busy meanwhile. What it did can be undone: see Restored::undo. `only`: these files; none: all.
    QFuture<Result<Restored>> restore(const QString &checkpointId, const QByteArrayList &only = {});

    void taskStarts(const Tasks::Task &task) override;
    QFuture<Tasks::ChangedFiles> changesOf(const Tasks::Task &task, const QStringList &written) override;

    static constexpr std::chrono::seconds kLongestTake{60};
    static constexpr std::chrono::seconds kLongestWait{1};
    /// A command that somebody waits for costs nothing when it is done by then.
    static constexpr std::chrono::milliseconds kShortCommand{150};
    static constexpr std::chrono::seconds kLongestComparison{2};

signals:
    void busyChanged(bool isBusy);
    /// How many of the files are copied while something waits for it; 0 of 0 when it does not any more.
    void copying(qint64 done, qint64 total);

private:
    struct Answer;
    struct Start { ///< of a task
        QFuture<Result<Checkpoint>> taken;
        std::unique_ptr<QTimer> later; ///< until then nothing has been taken
        qint64 atNs = 0;               ///< when its command was about to start, since 1970
    };

    struct Take;

    void begin(const std::shared_ptr<Take> &take);
    void release(const std::shared_ptr<Take> &take);
    void showProgress();
    void waitNoLonger();
    void setBusy(bool isBusy);
    void noteFailure(const QString &label, const Error &error);
    void pruneOnce();
    void takeForTask(const QString &taskId);
    void compareTask(const Tasks::Task &task, const std::shared_ptr<Answer> &answer);
    void compare(const QString &checkpointId, qint64 sinceNs, const std::shared_ptr<Answer> &answer);

    std::unique_ptr<CheckpointStore> m_store;
    std::shared_ptr<Tasks::WriteLog> m_writes;
    QHash<QString, QString> m_whyNone; ///< by label
    std::unordered_map<QString, Start> m_starts;
    QVector<std::shared_ptr<Take>> m_takes; ///< under way
    QTimer m_patience{this};                ///< runs while something waits
    QTimer m_progress;
    int m_busy = 0;
    bool m_hasPruned = false;
    bool m_hasFailed = false;
};

} // namespace Meanwhile::Checkpoints
