// SPDX-License-Identifier: MIT
// `meanwhile`: becomes meanwhile-print or meanwhile-window, whichever the arguments ask for. It links nothing
// but libc, so a window does not pay for what it never uses, nor a run without one. A wrong guess costs a few
// milliseconds: each of the two knows the whole command line and hands over to the other.
#include "base/ownmemory.h"

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstring>
#include <initializer_list>
#include <unistd.h>

namespace {

constexpr const char *kBeginnings[] = {"--print=", "-p", "-h", "-v"};
constexpr const char *kWords[] = {"--print", "--help", "--version"};

bool needsNoWindow(const char *argument)
{
    for (const char *beginning : kBeginnings) {
        if (std::strncmp(argument, beginning, std::strlen(beginning)) == 0)
            return true;
    }
    for (const char *word : kWords) {
        if (std::strcmp(argument, word) == 0)
            return true;
    }
    return false;
}

} // namespace

int main(int argc, char **argv)
{
    Meanwhile::keepOwnMemory();
    const char *name = "meanwhile-window";
    for (int i = 1; i < argc; ++i) {
        if (needsNoWindow(argv[i]))
            name = "meanwhile-print";
    }
    // Beside this program in the build tree; an installation keeps them out of the person's PATH.
    char path[PATH_MAX + 64];
    ssize_t size = ::readlink("/proc/self/exe", path, PATH_MAX);
    while (size > 0 && path[size - 1] != '/')
        --size;
    errno = ENOENT;
    for (const char *folder : {"", "../libexec/meanwhile/"}) {
        if (size <= 0 || errno != ENOENT)
            break;
        std::snprintf(path + size, sizeof path - size_t(size), "%s%s", folder, name);
        ::execv(path, argv);
    }
    std::fprintf(stderr, "meanwhile: %s could not be started: %s. Please reinstall Meanwhile.\n", name,
        std::strerror(errno));
    return 1;
}
