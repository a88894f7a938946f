// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/statetraits.h"

#include <QString>

namespace Meanwhile::Models {

using Tasks::Tone;

/// A task's state at a glance: a shape, a word of at most 14 characters, a tone.
struct TaskStatus {
    QString shape;
    QString word;
    Tone tone = Tone::Unknown;

    bool operator==(const TaskStatus &) const = default;
};

TaskStatus statusOf(const Tasks::Task &task);
/// The state in a sentence, for tool tips and screen readers.
QString explainState(const Tasks::Task &task);
/// "Purpose: …", as the model gave it, so that nobody takes it for output; empty where it gave none.
QString purposeText(const Tasks::Task &task);
/// "3 files changed while it ran"; empty where none is known to have. What the agent wrote itself is in the
/// conversation and does not count.
QString changedFilesText(const Tasks::Task &task);
/// Their names, a line each, and how many more there are.
QString changedFilesNames(const Tasks::Task &task);
/// "outside": of a command that left the box; empty where none did.
QString outsideText(const Tasks::Task &task);
/// The same as a sentence, for tool tips and screen readers.
QString explainOutside(const Tasks::Task &task);
/// Whether a person may still stop something: the command, or what it left behind.
bool canBeStopped(const Tasks::Task &task);

} // namespace Meanwhile::Models
