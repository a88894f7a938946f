// SPDX-License-Identifier: MIT
#pragma once

#include "box/reducedbox.h"

#include <sys/types.h>

namespace Meanwhile::Runner {

struct LaunchResult {
    pid_t pid = -1;
    const char *failedStep =
        nullptr; ///< nullptr when the program runs; else "fork", "cwd", "stdin", "box" or "exec"
    int systemErrno = 0;
};

/// Starts a program by its path, with its file's name as its own, in a process group of its own and in this
/// process's session: stdin from /dev/null, stdout and stderr to `output`, no other descriptor, no signal
/// blocked. The caller has every signal blocked and set to its default, so that the program starts as after a
/// login. A call that ends with a shell, "-c", "--" and a text longer than the system takes as one word runs
/// no differently from a short one. With a box, the program is confined to it.
LaunchResult launch(const char *workingDirectory, const char *const *call, int callSize, int output,
    const Box::ReducedBox *box = nullptr);

} // namespace Meanwhile::Runner
