// SPDX-License-Identifier: MIT
#pragma once

#include "box/boxpolicy.h"
#include "runner/jobformat.h"

#include <cstdint>

namespace Meanwhile::Runner {

/// --folder TASK_FOLDER --cwd FOLDER [--log-cap BYTES] [--timeout-ms MS] [--token WORD] [--key DIGITS]
/// [--box POLICY] [--words N] -- PROGRAM [ARGUMENT…]
/// or, for a runner that stands by, --box POLICY --words 0 --
struct Options {
    const char *folder = nullptr; ///< made when missing; gets `log`, `job` and `status`
    const char *workingDirectory = nullptr;
    const char *const *call = nullptr; ///< the program's path and its arguments
    int callSize = 0;
    std::uint64_t logCapBytes = 16 * 1024 * 1024;
    std::int64_t timeLimitMs = 0; ///< 0: none
    /// Every line that the supervisor writes to its standard output begins with this, so that the program
    /// knows it from lines that a command wrote there.
    const char *token = "";
    SealKey key;                       ///< what is kept is sealed with it
    std::optional<Box::BoxPolicy> box; ///< nothing: the command may do all that the person may

    /// These are for nobody to see, and arguments are for everybody.
    bool hasSecrets() const { return *token != '\0' || key.isSet; }
    /// There is no command yet, only the box that the next one will run in.
    bool isPreparation() const { return callSize == 0; }
};

/// False when the job is wrong. Its words must outlive the options.
bool readOptions(const JobWords &job, Options &options);

} // namespace Meanwhile::Runner
