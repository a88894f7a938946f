// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/task.h"

#include <QProcessEnvironment>
#include <QStringList>

namespace Meanwhile::Tasks {

/// What a command may not do though the person may. The tools that ask for a command see none of it.
struct Confinement {
    /// The text of the policy of its box, see box/boxpolicy.h; empty: no box. It is a field of the job, and
    /// the runner puts it into practice.
    QByteArray box;
    Boxed kind = Boxed::No;

    bool operator==(const Confinement &) const = default;
};

/// What is executed for a command, and in what. A value: whoever has one can say what will be run before it
/// is.
struct LaunchPlan {
    /// A program's path and its arguments, without zero bytes. The last word is the command as the person and
    /// the model know it, by which its task is known again.
    QStringList argv;
    QString workingDirectory;
    QProcessEnvironment environment;
    qint64 logCapBytes = 0;
    std::chrono::milliseconds timeLimit{0}; ///< zero: none
    Confinement confinement;

    bool operator==(const LaunchPlan &) const = default;
};

/// What the program and the person give to a command, whatever it is.
struct Grant {
    QProcessEnvironment environment; ///< see ChildEnvironment
    qint64 logCapBytes = 16 * 1024 * 1024;
    Confinement confinement = {};
};

/// The one place where a command becomes what is executed: `bash -c`, or sh where there is no bash.
LaunchPlan planFor(const TaskSpec &spec, const Grant &grant);

} // namespace Meanwhile::Tasks
