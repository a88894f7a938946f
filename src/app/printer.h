// SPDX-License-Identifier: MIT
#pragma once

#include "agent/agentevent.h"
#include "app/commandline.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonObject>

#include <memory>

namespace Meanwhile::App {

struct RunFacts {
    QString session;
    QString project;
    QString provider;
    QString model;
};

/// What a run without a window prints: one of the three output formats.
///
/// Thread: GUI thread. Writes go straight to the file descriptor, unbuffered.
class Printer {
public:
    virtual ~Printer() = default;

    virtual void begin(const RunFacts &facts) = 0;
    /// What holds the run's commands.
    virtual void boxFound(Permissions::Box box) { Q_UNUSED(box) }
    virtual void handle(const Agent::AgentEvent &event) = 0;
    virtual void handleTask(const Tasks::Task &task) = 0;
    virtual void end(int exitStatus) = 0;
    /// Trouble that does not end the run, on standard error, whatever the format.
    virtual void warn(const Error &error);

    /// Whether all of it reached standard output.
    static Result<void> printed();

    /// `sinceStart` runs since the start of the program.
    static std::unique_ptr<Printer> make(OutputFormat format, const QElapsedTimer &sinceStart);
};

} // namespace Meanwhile::App
