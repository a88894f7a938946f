// SPDX-License-Identifier: MIT
#pragma once

#include "runner/seal.h"

#include <cstdint>

namespace Meanwhile::Runner {

/// --folder TASK_FOLDER --cwd FOLDER [--log-cap BYTES] [--timeout-ms MS] [--token WORD] [--key DIGITS] --
/// COMMAND
struct Options {
    const char *folder = nullptr; ///< made when missing; gets `log`, `job` and `status`
    const char *workingDirectory = nullptr;
    const char *command = nullptr;
    std::uint64_t logCapBytes = 16 * 1024 * 1024;
    std::int64_t timeLimitMs = 0; ///< 0: none
    /// Every line that the supervisor writes to its standard output begins with this, so that the program
    /// knows it from lines that a command wrote there.
    const char *token = "";
    SealKey key; ///< what is kept is sealed with it

    /// These are for nobody to see, and arguments are for everybody.
    bool hasSecrets() const { return *token != '\0' || key.isSet; }
};

/// False when the call was wrong. The words must outlive the options.
bool parseOptions(int count, const char *const *words, Options &options);

} // namespace Meanwhile::Runner
