// SPDX-License-Identifier: MIT
#include "tasks/adoptedexecution.h"

#include "tasks/processidentity.h"

#include <algorithm>
#include <utility>

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds kLookInterval{250};

int survivorsOf(const std::optional<RunnerEvent> &end)
{
    const auto *ended = end ? std::get_if<CommandEnded>(&*end) : nullptr;
    return ended ? ended->survivors : 0;
}

} // namespace

AdoptedExecution::AdoptedExecution(RecoveredTask recovered, SealSecret secret, QObject *parent)
    : Execution(parent)
    , m_recovered(std::move(recovered))
    , m_secret(std::move(secret))
    , m_eventsSeen(m_recovered.status.events.size())
    , m_survivors(std::max(m_recovered.task.survivors, survivorsOf(m_recovered.status.end())))
    , m_hasEnded(m_recovered.status.hasEnd() || m_recovered.task.hasEnded())
{
    m_look.setInterval(kLookInterval);
    connect(&m_look, &QTimer::timeout, this, &AdoptedExecution::look);
}

AdoptedExecution::~AdoptedExecution() = default;

void AdoptedExecution::begin()
{
    const ProcessIdentity &supervisor = m_recovered.task.supervisor;
    m_watch = std::make_unique<SupervisorWatch>(supervisor);
    connect(m_watch.get(), &SupervisorWatch::gone, this, &AdoptedExecution::onGone);
    if (m_hasEnded)
        return;
    m_look.start();
    emit reported(RunnerStarted{supervisor.pid, supervisor.startTicks});
}

void AdoptedExecution::requestStop(StoppedBy by)
{
    if (!m_watch)
        return;
    m_isStopping = true;
    m_watch->requestStop(by);
    m_look.start();
}

ProcessIdentity AdoptedExecution::supervisor() const
{
    return m_recovered.isSealed ? m_recovered.task.supervisor : ProcessIdentity();
}

void AdoptedExecution::look()
{
    readStatus();
    if (!m_hasEnded && isSuspended(m_recovered.task.supervisor))
        m_watch->wake();
    if (m_hasEnded && !m_isStopping)
        m_look.stop();
}

// Its lines are what those of the pipe are for a runner of our own; the first is the end.
void AdoptedExecution::readStatus()
{
    const QString folder = m_recovered.folder();
    const StatusFile status = readStatusFile(folder + u"/status"_s, m_secret.keyFor(folder));
    while (m_eventsSeen < status.events.size())
        report(status.events.at(m_eventsSeen++));
}

void AdoptedExecution::report(const RunnerEvent &event)
{
    if (isEnd(event)) {
        m_hasEnded = true;
        m_survivors = survivorsOf(event);
    } else if (std::holds_alternative<TreeSwept>(event)) {
        m_isStopping = false;
    }
    emit reported(event);
}

void AdoptedExecution::onGone()
{
    m_look.stop();
    m_watch.release()->deleteLater();
    readStatus();
    if (!m_hasEnded)
        emit gone({{}, inspect({m_recovered.task, true}, Pass::Final, m_secret).problem, false, {}});
    else if (m_survivors > 0)
        emit gone({{}, u"Its supervisor is gone, and what its command left may be there."_s, false, {}});
    else
        emit gone({});
}

} // namespace Meanwhile::Tasks
