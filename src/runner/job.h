// SPDX-License-Identifier: MIT
#pragma once

#include "runner/identity.h"
#include "runner/options.h"
#include "runner/podarray.h"

namespace Meanwhile::Runner {

/// What a runner that was started ahead of its command is to do, as it comes through a pipe; see jobformat.h.
/// One that was cut short anywhere is never run.
class Job {
public:
    /// Waits for a whole job. False when none is to come: the other side has closed its end. What `options`
    /// points to lives until the next call.
    bool read(int descriptor, Options &options);

private:
    bool isWhole(JobWords &job);
    void dropUsed();

    PodArray<char> m_bytes;
    std::size_t m_used = 0; ///< of them, by the job that was read last
    PodArray<const char *> m_words;
};

/// Keeps what the runner was told, without the secrets, and who supervises it in the task folder's new file
/// `job`, for a program that finds the folder and knows nothing of the task. What cannot be written is left
/// out.
void keepJob(int folderFd, const Options &options, const Identity &self);

} // namespace Meanwhile::Runner
