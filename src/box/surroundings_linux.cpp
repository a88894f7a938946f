// SPDX-License-Identifier: MIT
#include "box/surroundings.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace Meanwhile::Box {

namespace {

FileKind kindFrom(mode_t mode)
{
    if (S_ISDIR(mode))
        return FileKind::Folder;
    return S_ISREG(mode) ? FileKind::File : FileKind::Other;
}

// No link anywhere on the way: a command could have made one.
FileKind kindWithoutLinks(const std::string &path)
{
    open_how how{};
    how.flags = O_PATH | O_CLOEXEC;
    how.resolve = RESOLVE_NO_SYMLINKS;
    const int file = int(::syscall(SYS_openat2, AT_FDCWD, path.c_str(), &how, sizeof how));
    if (file < 0)
        return errno == ELOOP ? FileKind::Other : FileKind::Missing;
    struct stat info {};
    const FileKind kind = ::fstat(file, &info) == 0 ? kindFrom(info.st_mode) : FileKind::Missing;
    ::close(file);
    return kind;
}

// Where the last column of /proc/net/unix begins, the path; it may hold spaces.
std::size_t pathColumn(std::string_view line)
{
    std::size_t at = 0;
    for (int column = 0; column < 7; ++column) {
        at = line.find_first_not_of(' ', at);
        at = at == std::string_view::npos ? at : line.find(' ', at);
        if (at == std::string_view::npos)
            return at;
    }
    return line.find_first_not_of(' ', at);
}

std::vector<std::string> reachableSockets()
{
    std::vector<std::string> sockets;
    const std::string table = readWholeFile("/proc/net/unix");
    std::string_view rest = table;
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        const std::size_t begin = pathColumn(line);
        if (begin == std::string_view::npos || line[begin] != '/')
            continue; // abstract, unnamed, or the table's head
        const std::string path(line.substr(begin));
        char real[PATH_MAX];
        struct stat info {};
        if (::realpath(path.c_str(), real) && ::lstat(real, &info) == 0 && S_ISSOCK(info.st_mode) &&
            ::access(real, W_OK) == 0)
            sockets.emplace_back(real);
    }
    std::sort(sockets.begin(), sockets.end());
    sockets.erase(std::unique(sockets.begin(), sockets.end()), sockets.end());
    return sockets;
}

} // namespace

std::string readWholeFile(const char *path)
{
    std::string text;
    const int file = ::open(path, O_RDONLY | O_CLOEXEC);
    char piece[16384];
    ssize_t size = 0;
    while (file >= 0 && (size = ::read(file, piece, sizeof piece)) > 0)
        text.append(piece, std::size_t(size));
    if (file >= 0)
        ::close(file);
    return text;
}

FileKind Surroundings::kindOf(const std::string &path) const
{
    const auto found = kinds.find(path);
    return found == kinds.end() ? FileKind::Missing : found->second;
}

Surroundings surroundingsOf(const BoxPolicy &policy)
{
    Surroundings around;
    const auto look = [&around](const std::string &path) {
        if (!path.empty())
            around.kinds.emplace(path, kindWithoutLinks(path));
    };
    for (const char *place : {"/run", "/var/run", "/tmp", "/var/tmp"})
        look(place);
    for (const char *place : kSwitches) {
        if (::geteuid() == 0)
            look(place);
    }
    look(policy.project);
    look(policy.temporary);
    for (const Binding &binding : policy.writable) {
        look(binding.source);
        look(binding.place);
    }
    for (const auto *list :
        {&policy.hidden, &policy.shown, &policy.secrets, &policy.pinned, &policy.protectedNames}) {
        for (const std::string &path : *list)
            look(path);
    }
    around.sockets = reachableSockets();
    return around;
}

} // namespace Meanwhile::Box
