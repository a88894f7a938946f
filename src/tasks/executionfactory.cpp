// SPDX-License-Identifier: MIT
#include "tasks/executionfactory.h"

#include "tasks/adoptedexecution.h"
#include "tasks/ownedexecution.h"

#include <QFileInfo>

#include <utility>

namespace Meanwhile::Tasks {

ExecutionFactory::ExecutionFactory(const QString &runnerPath, Grant grant)
    : m_grant(std::move(grant))
    , m_pool(runnerPath, m_grant.environment)
{
}

ExecutionFactory::~ExecutionFactory() = default;

std::unique_ptr<Execution> ExecutionFactory::make(const Task &task, const Runner::SealKey &key)
{
    return std::make_unique<OwnedExecution>(
        m_pool, RunnerJob{QFileInfo(task.logPath).path(), plan(task), key});
}

std::unique_ptr<Execution> ExecutionFactory::adopt(const RecoveredTask &recovered, const SealSecret &secret)
{
    return std::make_unique<AdoptedExecution>(recovered, secret);
}

void ExecutionFactory::setEnvironment(const QProcessEnvironment &environment)
{
    m_grant.environment = environment;
    m_pool.setEnvironment(environment);
}

void ExecutionFactory::setConfinement(const Confinement &confinement)
{
    if (m_grant.confinement == confinement)
        return;
    m_grant.confinement = confinement;
    m_pool.setConfinement(confinement);
}

} // namespace Meanwhile::Tasks
