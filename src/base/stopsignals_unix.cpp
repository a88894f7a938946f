// SPDX-License-Identifier: MIT
#include "base/stopsignals.h"

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace Meanwhile {

// A handler may only write to a descriptor (signal-safety(7)); the event loop reads it.
static volatile sig_atomic_t writeEnd = -1;

static volatile sig_atomic_t signalCount = 0;
static volatile sig_atomic_t lastStatus = 130;

static void onTimeUp(int)
{
    _exit(lastStatus);
}

static void onSignal(int number)
{
    signalCount = signalCount + 1;
    if (signalCount > 2)
        _exit(130);
    alarm(unsigned(signalCount == 1 ? StopSignals::kOrderlyEnd.count() : StopSignals::kEndAtOnce.count()));
    const char byte = char(number);
    [[maybe_unused]] const ssize_t written = write(writeEnd, &byte, 1);
}

StopSignals::StopSignals(QObject *parent)
    : QObject(parent)
{
    std::signal(SIGXFSZ, SIG_IGN);
    if (pipe2(m_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    writeEnd = m_pipe[1];
    m_notifier = new QSocketNotifier(m_pipe[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        char bytes[16];
        if (read(m_pipe[0], bytes, sizeof bytes) > 0)
            emit received(bytes[0]);
    });
    signalCount = 0;
    std::signal(SIGALRM, onTimeUp);
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
}

// The alarm stays: what is taken down after this may hang, too.
StopSignals::~StopSignals()
{
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    delete m_notifier;
    for (const int end : m_pipe) {
        if (end >= 0)
            close(end);
    }
}

void StopSignals::limitTheEnd(int exitStatus, std::chrono::seconds limit)
{
    lastStatus = exitStatus;
    std::signal(SIGALRM, onTimeUp);
    if (signalCount < 2)
        alarm(unsigned(limit.count()));
}

} // namespace Meanwhile
