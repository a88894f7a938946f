// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace Meanwhile::Runner {

/// --folder TASK_FOLDER --cwd FOLDER [--log-cap BYTES] [--timeout-ms MS] -- COMMAND
struct Options {
    const char *folder = nullptr; ///< made when missing; gets `log`, `job` and `status`
    const char *workingDirectory = nullptr;
    const char *command = nullptr;
    std::uint64_t logCapBytes = 16 * 1024 * 1024;
    std::int64_t timeLimitMs = 0; ///< 0: none
};

/// False when the call was wrong. The words must outlive the options.
bool parseOptions(int count, const char *const *words, Options &options);

} // namespace Meanwhile::Runner
