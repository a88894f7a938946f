// SPDX-License-Identifier: MIT
#pragma once

#include "base/descriptor.h"
#include "base/result.h"

#include <QByteArrayList>

namespace Meanwhile::Project {

/// A program that is run for a tool and read by the worker that started it.
///
/// It gets the arguments as bytes, PATH and nothing else of the environment, nothing to read unless `input`
/// is given, and no descriptor but its three and `input`. Destroying ends it with SIGKILL.
/// Used by one thread, off the GUI thread.
class ChildProgram {
public:
    /// Starts it in the folder that is open. Errors: of the system, NotFound among them.
    static Result<ChildProgram> start(const QByteArray &program, const QByteArrayList &arguments,
        const Descriptor &folder, const Descriptor *input = nullptr);

    ChildProgram(ChildProgram &&other) noexcept;
    ChildProgram &operator=(ChildProgram &&other) = delete;
    ~ChildProgram();

    /// Both do not block; closed once the program has closed its end.
    Descriptor &output() { return m_output; }
    Descriptor &errors() { return m_errors; }
    /// After both ends are closed: waits for the end that is then near. -1: killed by a signal.
    int exitCode();

private:
    ChildProgram() = default;

    qint64 m_pid = 0;
    Descriptor m_output;
    Descriptor m_errors;
};

} // namespace Meanwhile::Project
