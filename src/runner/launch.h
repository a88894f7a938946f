// SPDX-License-Identifier: MIT
#pragma once

#include <sys/types.h>

namespace Meanwhile::Runner {

struct LaunchResult {
    pid_t pid = -1;
    const char *failedStep = nullptr; ///< nullptr when the shell runs; else "fork", "cwd", "stdin" or "exec"
    int systemErrno = 0;
};

/// Starts `bash -c command` (sh without bash) in a session of its own: stdin from /dev/null, stdout and
/// stderr to `output`, no other descriptor, no signal blocked. The caller has every signal blocked and set to
/// its default, so that the command starts as after a login.
LaunchResult launchShell(const char *workingDirectory, const char *command, int output);

} // namespace Meanwhile::Runner
