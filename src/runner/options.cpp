// SPDX-License-Identifier: MIT
#include "runner/options.h"

#include <cerrno>
#include <cstdlib>

namespace Meanwhile::Runner {

namespace {

bool parseNumber(const char *text, std::uint64_t &value)
{
    if (*text < '0' || *text > '9')
        return false;
    char *end = nullptr;
    errno = 0;
    value = std::strtoull(text, &end, 10);
    return errno == 0 && *end == '\0' && value <= INT64_MAX / 2;
}

} // namespace

bool readOptions(const JobWords &job, Options &options)
{
    std::uint64_t number = 0;
    options.folder = job[JobField::Folder];
    options.workingDirectory = job[JobField::WorkingDirectory];
    options.call = job.call;
    options.callSize = job.callSize;
    if (const char *cap = job[JobField::LogCap]) {
        if (!parseNumber(cap, options.logCapBytes))
            return false;
    }
    if (const char *limit = job[JobField::TimeLimit]) {
        if (!parseNumber(limit, number))
            return false;
        options.timeLimitMs = std::int64_t(number);
    }
    if (const char *token = job[JobField::Token])
        options.token = token;
    if (const char *key = job[JobField::Key]; key && !readKey(key, options.key))
        return false;
    if (const char *policy = job[JobField::Box]) {
        options.box = Box::parsePolicy(policy);
        if (!options.box)
            return false;
    }
    if (job.hasUnknownField || job[JobField::Supervisor] || options.logCapBytes < 2)
        return false;
    return options.isPreparation() ? options.box.has_value() : options.folder && options.workingDirectory;
}

} // namespace Meanwhile::Runner
