// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QStringList>

namespace Meanwhile::Tools {

/// How a call of a tool is shown to a person: the words of its line, and what its arguments are.
struct ToolPresentation {
    QString plain = {};   ///< "Run": being written, waiting for an answer, or it came to nothing
    QString running = {}; ///< "Running": under way
    QString done = {};    ///< "Ran"
    QString created = {}; ///< done, where what it wrote was not there before; empty: as `done`
    /// The arguments that are the object of the line, in this order, as far as they are there. A person's
    /// line tells of a call before it is checked: other names that models write are welcome, too.
    QStringList subject = {};
    QString command = {};   ///< the argument that is a command: the object of the line, and exact
    QStringList tasks = {}; ///< arguments that are ids of tasks: the object of the line, or all tasks are
    QString oldText = {};   ///< of a write: the arguments that tell what it changes
    QString newText = {};
    bool isTask = false; ///< the line is that of the task that the call starts
};

/// By the tool's name. One that is not there is called by its name.
using ToolPresentations = QHash<QString, ToolPresentation>;

} // namespace Meanwhile::Tools
