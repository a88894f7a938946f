// SPDX-License-Identifier: MIT
#include "tasks/executionfactory.h"

#include "tasks/adoptedexecution.h"
#include "tasks/ownedexecution.h"

#include <QFileInfo>

#include <utility>

namespace Meanwhile::Tasks {

ExecutionFactory::ExecutionFactory(Settings settings)
    : m_settings(std::move(settings))
    , m_pool(m_settings.runnerPath, m_settings.environment)
{
}

ExecutionFactory::~ExecutionFactory() = default;

std::unique_ptr<Execution> ExecutionFactory::make(const Task &task, const Runner::SealKey &key)
{
    return std::make_unique<OwnedExecution>(
        m_pool, RunnerCall{QFileInfo(task.logPath).path(), task.spec.workingDirectory, task.spec.command,
                    m_settings.logCapBytes, task.spec.timeLimit, key});
}

std::unique_ptr<Execution> ExecutionFactory::adopt(const RecoveredTask &former, const SealSecret &secret)
{
    return std::make_unique<AdoptedExecution>(former, secret);
}

void ExecutionFactory::setEnvironment(const QProcessEnvironment &environment)
{
    m_settings.environment = environment;
    m_pool.setEnvironment(environment);
}

} // namespace Meanwhile::Tasks
