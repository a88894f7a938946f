// SPDX-License-Identifier: MIT
#include "escape.h"

#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <iterator>
#include <random>
#include <string>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

constexpr int kCallsPerProgram = 8;

const char *const kNames[] = {".git", ".git/hooks", ".git/hooks/sample", ".git/hooks/new", ".git/config",
    ".git/config.lock", ".git/info", ".git/info/attributes", ".git/HEAD", ".git/objects", ".envrc", ".vscode",
    ".vscode/tasks.json", ".vscode/new", "a", "b", "b/c", "l", "../outside", "../../outside/existing",
    "../../outside/new", "../.ssh/id_rsa", "../.gitconfig", "../new", "/etc/new", "/tmp/x", "l/existing"};

std::string place(const std::string &project, std::mt19937 &random)
{
    const std::string name = kNames[random() % std::size(kNames)];
    return name.front() == '/' ? name : project + '/' + name;
}

void write(const std::string &path, int flags)
{
    const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NONBLOCK | flags, 0777);
    if (file < 0)
        return;
    const ssize_t ignored = ::write(file, "changed\n", 8);
    static_cast<void>(ignored);
    ::close(file);
}

void callAnything(const std::string &project, std::mt19937 &random)
{
    const std::string first = place(project, random);
    const std::string second = place(project, random);
    const char *one = first.c_str();
    const char *two = second.c_str();
    int ignored = 0;
    switch (random() % 16) {
    case 0:
        write(first, O_CREAT | O_TRUNC);
        break;
    case 1:
        write(first, O_APPEND);
        break;
    case 2:
    case 3:
        ignored = ::rename(one, two);
        break;
    case 4:
        ignored = ::renameat2(AT_FDCWD, one, AT_FDCWD, two, RENAME_EXCHANGE);
        break;
    case 5:
        ignored = ::link(one, two);
        break;
    case 6:
        ignored = ::symlink(one, two);
        break;
    case 7:
        ignored = ::mkdir(one, 0777);
        break;
    case 8:
        ignored = ::unlink(one);
        break;
    case 9:
        ignored = ::rmdir(one);
        break;
    case 10:
        ignored = ::mount(one, two, nullptr, MS_BIND, nullptr);
        break;
    case 11:
        ignored = ::umount2(one, MNT_DETACH);
        break;
    case 12:
        ignored = ::truncate(one, 1);
        break;
    case 13:
        ignored = ::chmod(one, 0777);
        break;
    case 14:
        ignored = ::mount(nullptr, one, nullptr, MS_BIND | MS_REMOUNT, nullptr);
        break;
    default:
        ignored = ::mkfifo(one, 0777);
        break;
    }
    static_cast<void>(ignored);
}

// The project, a number to begin with, and how many programs.
Outcome anything(char **arguments)
{
    if (!arguments[0] || !arguments[1] || !arguments[2])
        return NotTried;
    std::mt19937 random(unsigned(std::atoi(arguments[1])));
    for (int calls = std::atoi(arguments[2]) * kCallsPerProgram; calls > 0; --calls)
        callAnything(arguments[0], random);
    return GotOut; // whoever started it looks at what has become of the files
}

// Exchanges two names until it is killed.
Outcome flip(char **arguments)
{
    while (::renameat2(AT_FDCWD, arguments[0], AT_FDCWD, arguments[1], RENAME_EXCHANGE) == 0) {
    }
    return NotTried;
}

} // namespace

const Escape kFileEscapes[] = {{"anything", anything}, {"flip", flip}, {nullptr, nullptr}};
