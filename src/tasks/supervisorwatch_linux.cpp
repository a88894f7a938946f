// SPDX-License-Identifier: MIT
#include "tasks/supervisorwatch.h"

#include "tasks/processidentity.h"

#include <QTimer>

#include <csignal>
#include <sys/syscall.h>
#include <unistd.h>
#include <utility>

namespace Meanwhile::Tasks {

namespace {

constexpr std::chrono::milliseconds kLookInterval{500};

} // namespace

Descriptor openProcess(qint64 pid)
{
    return Descriptor(int(::syscall(SYS_pidfd_open, pid_t(pid), 0U)));
}

SupervisorWatch::SupervisorWatch(const ProcessIdentity &supervisor, QObject *parent)
    : SupervisorWatch(supervisor, openProcess(supervisor.pid), parent)
{
}

SupervisorWatch::SupervisorWatch(const ProcessIdentity &supervisor, Descriptor handle, QObject *parent)
    : QObject(parent)
    , m_supervisor(supervisor)
    , m_handle(std::move(handle))
{
    // Only now: whoever is alive by this identity is the one that the handle is for.
    if (!isAlive(m_supervisor)) {
        m_handle.reset();
        QMetaObject::invokeMethod(this, &SupervisorWatch::tellGone, Qt::QueuedConnection);
    } else if (m_handle.isValid()) {
        m_notifier = std::make_unique<QSocketNotifier>(m_handle.get(), QSocketNotifier::Read);
        connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
            m_notifier->setEnabled(false);
            tellGone();
        });
    } else {
        auto *timer = new QTimer(this);
        connect(timer, &QTimer::timeout, this, [this, timer] {
            if (isAlive(m_supervisor))
                return;
            timer->stop();
            tellGone();
        });
        timer->start(kLookInterval);
    }
}

void requestStopOf(qint64 pid, StoppedBy by)
{
    sigval value{};
    value.sival_int = int(by);
    ::sigqueue(pid_t(pid), SIGTERM, value);
    wake(pid);
}

void wake(qint64 pid)
{
    ::kill(pid_t(pid), SIGCONT);
}

void SupervisorWatch::requestStop(StoppedBy by)
{
    send(SIGTERM, by);
    wake();
}

void SupervisorWatch::wake()
{
    send(SIGCONT, StoppedBy::Unknown);
}

void SupervisorWatch::send(int signal, StoppedBy by)
{
    siginfo_t info{};
    info.si_signo = signal;
    info.si_code = SI_QUEUE;
    info.si_pid = ::getpid();
    info.si_uid = ::getuid();
    info.si_value.sival_int = int(by);
    if (m_handle.isValid())
        ::syscall(SYS_pidfd_send_signal, m_handle.get(), signal, &info, 0U);
    else if (isAlive(m_supervisor))
        ::sigqueue(pid_t(m_supervisor.pid), signal, info.si_value);
}

void SupervisorWatch::tellGone()
{
    if (!std::exchange(m_isGone, true))
        emit gone();
}

} // namespace Meanwhile::Tasks
