// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/task.h"

namespace Meanwhile::Tasks {

/// What a state means to a person, without a colour; the window maps it to one.
enum class Tone { Active, Waiting, Done, Failed, Ended, Unknown };
inline constexpr int kToneCount = 6;

/// What a state is called and how it is shown: one row of the table that holds it all.
struct StateTraits {
    const char *name;        ///< nameOf()
    const char *description; ///< describeState(); %1 stands for the exit code, the signal or who stopped it
    const char *word;        ///< for people, in English, as wordOf() translates it; %1 as above
    char16_t shape;          ///< says the same as the word at a glance
    Tone tone;
    int rank; ///< live states first, then what needs a look, then the rest
};

const StateTraits &traitsOf(TaskState state);
/// A success and what ended by a signal from outside have rows of their own.
const StateTraits &traitsOf(const Task &task);
/// `text` with the exit code, the signal or who stopped it in the place of %1.
QString withDetail(QString text, const Task &task);
/// In the language of the person, at most 14 characters in English: "running", "done", "exit 2".
QString wordOf(const Task &task);

} // namespace Meanwhile::Tasks
