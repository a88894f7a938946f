// SPDX-License-Identifier: MIT
#pragma once

#include <sys/types.h>

namespace Meanwhile::Runner {

struct LaunchResult {
    pid_t pid = -1;
    const char *failedStep = nullptr; ///< nullptr when the shell runs; else "fork", "cwd", "stdin" or "exec"
    int systemErrno = 0;
};

/// Starts `bash -c command` (sh without bash) in a process group of its own and in this process's session:
/// stdin from /dev/null, stdout and stderr to `output`, no other descriptor, no signal blocked. The caller
/// has every signal blocked and set to its default, so that the command starts as after a login. A command
/// that is longer than the system takes as one word runs no differently.
LaunchResult launchShell(const char *workingDirectory, const char *command, int output);

} // namespace Meanwhile::Runner
