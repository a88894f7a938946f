// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/launchplan.h"
#include "tasks/runnerprocess.h"

namespace Meanwhile::Tasks {

/// Hands out runners: the one that stands by, or a new one. At most one stands by.
///
/// Thread: GUI thread; never blocks it. Owns: runners that stand by or are on their way out.
class RunnerPool : public QObject {
    Q_OBJECT

public:
    RunnerPool(QString program, QProcessEnvironment environment, QObject *parent = nullptr);
    ~RunnerPool() override;

    /// A command will likely be started soon. Costs a small process that waits for it.
    void keepOne();
    bool isStandingBy() const;
    /// It stands by, or does so in a moment, with this environment.
    std::unique_ptr<RunnerProcess> take(const QProcessEnvironment &environment);
    /// One that stands by again. It serves the next command if a new one would be no different, and
    /// `mayServe`.
    void giveBack(std::unique_ptr<RunnerProcess> runner, bool mayServe);
    /// Of those that stand by from now on.
    void setEnvironment(const QProcessEnvironment &environment);
    /// Of the commands that are likely to come: a box for them stands by as well.
    void setConfinement(const Confinement &confinement);

private:
    void dismiss(std::unique_ptr<RunnerProcess> runner);
    std::unique_ptr<RunnerProcess> started(const QProcessEnvironment &environment) const;

    const QString m_program;
    QProcessEnvironment m_environment;
    Confinement m_confinement;
    std::unique_ptr<RunnerProcess> m_standby;
};

} // namespace Meanwhile::Tasks
