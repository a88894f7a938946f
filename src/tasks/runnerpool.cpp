// SPDX-License-Identifier: MIT
#include "tasks/runnerpool.h"

#include <utility>

namespace Meanwhile::Tasks {

RunnerPool::RunnerPool(QString program, QProcessEnvironment environment, QObject *parent)
    : QObject(parent)
    , m_program(std::move(program))
    , m_environment(std::move(environment))
{
}

RunnerPool::~RunnerPool() = default;

// Starting a process takes longer than most commands do. What follows a command in the foreground finds that
// one's runner free again.
void RunnerPool::keepOne()
{
    if (isStandingBy())
        return;
    m_standby = started(m_environment);
}

std::unique_ptr<RunnerProcess> RunnerPool::started(const QProcessEnvironment &environment) const
{
    auto runner = std::make_unique<RunnerProcess>();
    runner->standBy(m_program, environment);
    runner->prepare(m_confinement);
    return runner;
}

bool RunnerPool::isStandingBy() const
{
    return m_standby && !m_standby->isGone();
}

std::unique_ptr<RunnerProcess> RunnerPool::take(const QProcessEnvironment &environment)
{
    if (isStandingBy() && m_standby->environment() == environment)
        return std::move(m_standby);
    return started(environment);
}

void RunnerPool::giveBack(std::unique_ptr<RunnerProcess> runner, bool mayServe)
{
    if (mayServe && !isStandingBy() && runner->environment() == m_environment)
        m_standby = std::move(runner);
    else
        dismiss(std::move(runner));
}

void RunnerPool::setEnvironment(const QProcessEnvironment &environment)
{
    m_environment = environment;
    if (m_standby)
        dismiss(std::move(m_standby));
}

void RunnerPool::setConfinement(const Confinement &confinement)
{
    m_confinement = confinement;
    if (isStandingBy())
        m_standby->prepare(confinement);
}

// It takes a moment to go; ours until then.
void RunnerPool::dismiss(std::unique_ptr<RunnerProcess> runner)
{
    runner->setParent(this);
    runner.release()->dismiss();
}

} // namespace Meanwhile::Tasks
