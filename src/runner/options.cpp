// SPDX-License-Identifier: MIT
#include "runner/options.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>

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

bool setOption(const char *name, const char *value, Options &options)
{
    std::uint64_t number = 0;
    if (std::strcmp(name, "--folder") == 0) {
        options.folder = value;
    } else if (std::strcmp(name, "--cwd") == 0) {
        options.workingDirectory = value;
    } else if (std::strcmp(name, "--log-cap") == 0 && parseNumber(value, number)) {
        options.logCapBytes = number;
    } else if (std::strcmp(name, "--timeout-ms") == 0 && parseNumber(value, number)) {
        options.timeLimitMs = std::int64_t(number);
    } else if (std::strcmp(name, "--token") == 0) {
        options.token = value;
    } else {
        return std::strcmp(name, "--key") == 0 && readKey(value, options.key);
    }
    return true;
}

} // namespace

bool parseOptions(int count, const char *const *words, Options &options)
{
    int i = 0;
    for (; i + 1 < count && std::strcmp(words[i], "--") != 0; i += 2) {
        if (!setOption(words[i], words[i + 1], options))
            return false;
    }
    if (i + 2 != count || std::strcmp(words[i], "--") != 0)
        return false;
    options.command = words[i + 1];
    return options.folder && options.workingDirectory && options.logCapBytes >= 2;
}

} // namespace Meanwhile::Runner
