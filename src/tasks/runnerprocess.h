// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/jobfile.h"
#include "tasks/runnerprotocol.h"

#include <QObject>
#include <QProcessEnvironment>

#include <memory>

namespace Meanwhile::Tasks {

/// One meanwhile-run, from its start to its end. It runs commands, one at a time, or looks after what a
/// killed one left.
///
/// States: Idle -> StandingBy <-> Alive -> Gone. RunnerReady leads back to StandingBy; after a stop, or where
/// something was left behind, it does not come. gone() exactly once, after every reported(), also if it never
/// started. A line counts only with the token that its job came with: a command that finds a way to the same
/// pipe tells nothing, nor does a job that is over. One that stands by costs a small process, and ends by
/// itself when this is destroyed or dismissed. Thread: GUI thread; never blocks it. Nothing that the command
/// writes passes through here. Owns: the QProcess. Destroying it leaves the runner and its command alone.
class RunnerProcess : public QObject {
    Q_OBJECT

public:
    explicit RunnerProcess(QObject *parent = nullptr);
    ~RunnerProcess() override;

    /// Starts the program, so that a command costs less when it comes.
    void standBy(const QString &program, const QProcessEnvironment &environment);
    /// Only while it stands by: a box of this kind stands by with it from then on.
    void prepare(const Confinement &confinement);
    /// Instead of running commands it looks after what remains of one: watches until nothing does, or ends it
    /// and its supervisor.
    enum class Care { Watch, Sweep };
    void lookAfter(const QString &program, const QProcessEnvironment &environment, Care care,
        const ProcessIdentity &supervisor, const QString &taskId);
    /// Only while it stands by. Of the plan's environment nothing counts: its command runs in environment().
    void start(const RunnerJob &job);
    /// What its commands run in.
    QProcessEnvironment environment() const;
    /// Ends one that still stands by; deletes itself.
    void dismiss();
    bool isGone() const { return m_isGone; }
    /// SIGTERM: the runner ends the whole tree, also when it was suspended. The second time it leaves the
    /// grace period out.
    void requestStop(StoppedBy by);
    /// SIGCONT, for one that was suspended.
    void wake();
    /// 0 once it is gone.
    qint64 pid() const;
    /// Nothing once it is gone.
    std::optional<ProcessIdentity> identity() const;

signals:
    void reported(const Meanwhile::Tasks::RunnerEvent &event);
    /// `problem` is empty after an orderly end, else the system's own words.
    void gone(const QString &problem);

private:
    class Process;

    void readLines();
    void tellGone(const QString &problem);

    std::unique_ptr<Process> m_process;
    QByteArray m_token; ///< of the job that runs or ran last, and a space
    bool m_isGone = false;
};

} // namespace Meanwhile::Tasks
