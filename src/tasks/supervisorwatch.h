// SPDX-License-Identifier: MIT
#pragma once

#include "base/descriptor.h"
#include "tasks/task.h"

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace Meanwhile::Tasks {

/// A handle that stays this process's, whoever gets its pid later; invalid when there is no such process or
/// the system cannot do that. pidfd_open(2)
Descriptor openProcess(qint64 pid);

/// Asks the child `pid` of ours, a supervisor, to end its command; it keeps who asked for that. Then SIGCONT,
/// as a suspended process does nothing.
void requestStopOf(qint64 pid, StoppedBy by);
/// SIGCONT.
void wake(qint64 pid);

/// A supervisor that is not our child: tells when it is gone, and asks it to end its command.
///
/// States: Watching -> Gone. gone() exactly once, never inside the constructor; also when it was gone before.
/// Thread: GUI thread; never blocks it. Without a handle it looks twice a second.
class SupervisorWatch : public QObject {
    Q_OBJECT

public:
    explicit SupervisorWatch(const ProcessIdentity &supervisor, QObject *parent = nullptr);
    /// `handle` as from openProcess().
    SupervisorWatch(const ProcessIdentity &supervisor, Descriptor handle, QObject *parent = nullptr);

    /// SIGTERM: it ends the whole tree, also when it was suspended. Never reaches another process that has
    /// its pid by now.
    void requestStop(StoppedBy by);
    /// SIGCONT, for one that was suspended.
    void wake();

signals:
    void gone();

private:
    void send(int signal, StoppedBy by);
    void tellGone();

    const ProcessIdentity m_supervisor;
    Descriptor m_handle;
    std::unique_ptr<QSocketNotifier> m_notifier; // goes before its descriptor
    bool m_isGone = false;
};

} // namespace Meanwhile::Tasks
