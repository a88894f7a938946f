// SPDX-License-Identifier: MIT
#pragma once

#include "runner/seal.h"

#include <cstdlib>
#include <cstring>

/// What a runner is to do, as words: its arguments, what comes through its input when it stood by, and the
/// file `job` in which it keeps them for whoever finds the task later. These are pairs of a name and a value,
/// then "--", then the call: a program's path and its arguments. In a pipe and in a file each word ends with
/// a zero byte, and how many words the call has is told before it (Words), so that a job that was cut short
/// is never run. In the file its seal comes first. Whoever writes or reads a job does it by this header,
/// which is plain C++ without Qt.
namespace Meanwhile::Runner {

/// In the order in which they are written.
enum class JobField {
    Token,            ///< begins every line that the runner says; see Options
    Key,              ///< what is kept is sealed with it, 32 digits
    Folder,           ///< the task's
    WorkingDirectory, ///< the command's
    LogCap,           ///< bytes
    TimeLimit,        ///< milliseconds; 0: none
    Supervisor,       ///< in the file: pid, start ticks and boot id without dashes, with spaces between them
    Box,              ///< text of a policy, see box/boxpolicy.h; without it the command runs outside
    Words,            ///< how many are in the call; earlier releases did not tell, and had one, the command
};
inline constexpr const char *kJobFieldNames[] = {
    "--token", "--key", "--folder", "--cwd", "--log-cap", "--timeout-ms", "--supervisor", "--box", "--words"};
inline constexpr int kJobFieldCount = sizeof kJobFieldNames / sizeof *kJobFieldNames;

struct JobWords {
    const char *fields[kJobFieldCount] = {}; ///< nullptr: it is not said
    const char *const *call = nullptr;
    int callSize = 0;
    bool hasUnknownField = false; ///< a newer program's

    const char *&operator[](JobField field) { return fields[int(field)]; }
    const char *operator[](JobField field) const { return fields[int(field)]; }
};

enum class JobParse {
    Whole,
    CutShort, ///< the rest may come
    Wrong
};

/// The words must outlive `job`.
inline JobParse parseJob(const char *const *words, int count, JobWords &job)
{
    job = {};
    int i = 0;
    for (; i + 1 < count && std::strcmp(words[i], "--") != 0; i += 2) {
        int field = 0;
        while (field < kJobFieldCount && std::strcmp(words[i], kJobFieldNames[field]) != 0)
            ++field;
        if (field < kJobFieldCount)
            job.fields[field] = words[i + 1];
        else
            job.hasUnknownField = true;
    }
    if (i >= count || std::strcmp(words[i], "--") != 0)
        return JobParse::CutShort;
    job.call = words + i + 1;
    job.callSize = count - i - 1;
    const char *told = job[JobField::Words];
    const long wanted = told ? std::strtol(told, nullptr, 10) : 1;
    // No word at all: the box is wanted for a command that comes later.
    if (wanted < (job[JobField::Box] ? 0 : 1) || (told && job.callSize > wanted))
        return JobParse::Wrong;
    return job.callSize < wanted ? JobParse::CutShort : JobParse::Whole;
}

/// Hands each word to `append`, which takes a string and keeps it with the zero byte at its end.
template <typename Append>
void writeJob(const JobWords &job, Append append)
{
    for (int field = 0; field < kJobFieldCount; ++field) {
        if (job.fields[field]) {
            append(kJobFieldNames[field]);
            append(job.fields[field]);
        }
    }
    append("--");
    for (int i = 0; i < job.callSize; ++i)
        append(job.call[i]);
}

/// Hands each of the words in these bytes to `append`; false when the last one lacks its end.
template <typename Append>
bool splitJob(const char *bytes, std::size_t size, Append append)
{
    bool atStart = true;
    for (std::size_t i = 0; i < size; ++i) {
        if (atStart)
            append(bytes + i);
        atStart = bytes[i] == '\0';
    }
    return size > 0 && atStart;
}

/// What stands before the words in the file.
struct JobSeal {
    char name[sizeof "--seal"] = {'-', '-', 's', 'e', 'a', 'l', '\0'};
    char digits[kSealDigits] = {};
    char end = '\0';
};
static_assert(sizeof(JobSeal) == sizeof "--seal" + kSealDigits + 1);

/// Without a key it fits nothing.
inline JobSeal jobSeal(const SealKey &key, const char *words, std::size_t size)
{
    JobSeal seal;
    writeSeal(key.isSet ? sealOfJob(key, words, size) : 0, seal.digits);
    return seal;
}

/// Whether these are the bytes of a file that was sealed with this key; its words stand behind the seal.
inline bool isSealedJob(const SealKey &key, const char *bytes, std::size_t size)
{
    if (!key.isSet || size < sizeof(JobSeal))
        return false;
    const JobSeal seal = jobSeal(key, bytes + sizeof seal, size - sizeof seal);
    return std::memcmp(&seal, bytes, sizeof seal) == 0;
}

} // namespace Meanwhile::Runner
