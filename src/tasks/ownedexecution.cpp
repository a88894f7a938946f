// SPDX-License-Identifier: MIT
#include "tasks/ownedexecution.h"

#include "tasks/processidentity.h"
#include "tasks/runnerpool.h"

#include <QFileInfo>

#include <utility>

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds kLookInterval{250};

} // namespace

OwnedExecution::OwnedExecution(RunnerPool &pool, RunnerJob job, QObject *parent)
    : Execution(parent)
    , m_pool(pool)
    , m_job(std::move(job))
{
    m_look.setInterval(kLookInterval);
    connect(&m_look, &QTimer::timeout, this, &OwnedExecution::wakeSuspended);
}

OwnedExecution::~OwnedExecution() = default;

void OwnedExecution::begin()
{
    m_runner = m_pool.take(m_job.plan.environment);
    connect(m_runner.get(), &RunnerProcess::reported, this, &OwnedExecution::onReported);
    connect(m_runner.get(), &RunnerProcess::gone, this, &OwnedExecution::onGone);
    m_runner->start(m_job);
    m_pid = m_runner->pid();
    m_look.start();
}

void OwnedExecution::requestStop(StoppedBy by)
{
    m_stopRequest = by;
    if (m_runner && m_hasStarted)
        m_runner->requestStop(by);
    else if (m_runner)
        m_runner->wake(); // it is asked once the command runs
}

ProcessIdentity OwnedExecution::supervisor() const
{
    if (const auto identity = m_runner ? m_runner->identity() : std::nullopt)
        return *identity;
    return m_pid > 0 ? ProcessIdentity{currentBootId(), m_pid, 0} : ProcessIdentity();
}

void OwnedExecution::onReported(const RunnerEvent &event)
{
    if (std::holds_alternative<RunnerReady>(event)) {
        m_look.stop();
        m_runner->disconnect(this);
        m_pool.giveBack(std::move(m_runner), !m_stopRequest); // after a stop it is not what it was
        emit gone({});
        return;
    }
    if (std::holds_alternative<RunnerStarted>(event)) {
        m_hasStarted = true;
        if (m_stopRequest)
            m_runner->requestStop(*m_stopRequest);
    }
    if (isEnd(event)) {
        m_hasEnded = true;
        m_look.stop();
    }
    emit reported(event);
}

void OwnedExecution::onGone(const QString &problem)
{
    m_look.stop();
    m_runner->setParent(this);
    m_runner.release()->deleteLater();
    const bool isAsBefore = !m_hasStarted && !m_hasEnded && !QFileInfo::exists(m_job.folder);
    // One that ended while it stood by has not made the task's folder, which is the first thing it does.
    if (isAsBefore && !std::exchange(m_wasReplaced, true))
        return begin();
    const QString statusPath = m_job.folder + u"/status"_s;
    const StatusFile status = m_hasEnded ? StatusFile() : readStatusFile(statusPath, m_job.key);
    if (status.hasEnd())
        onReported(*status.end());
    if (problem.isEmpty())
        emit gone({});
    else if (m_hasStarted || QFileInfo::exists(m_job.folder + u"/log"_s))
        emit gone(
            {{}, u"Its supervisor was ended from outside (%1), so its exit code is not known."_s.arg(problem),
                false, {}});
    else
        emit gone({{}, problem, true, {}});
}

// It may be so before it could say who it is.
void OwnedExecution::wakeSuspended()
{
    if (isSuspended(m_runner->identity().value_or(ProcessIdentity())))
        m_runner->wake();
}

} // namespace Meanwhile::Tasks
