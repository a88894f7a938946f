// SPDX-License-Identifier: MIT
#include "box/protectednames.h"

#include <climits>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Meanwhile::Box {

namespace {

constexpr const char *kEditorNames[] = {".envrc", ".idea", ".devcontainer", ".mcp.json", ".husky",
    ".pre-commit-config.yaml", ".bashrc", ".bash_profile", ".bash_login", ".profile", ".zshrc", ".zshenv",
    ".zprofile", ".zlogin", ".config/fish"};
constexpr const char *kCodeFolder = ".vscode";
constexpr const char *kCodeNames[] = {"tasks.json", "settings.json", "launch.json"};
constexpr const char *kGitNames[] = {"config", "hooks", "info", "commondir", "config.worktree"};
constexpr const char *kModuleNames[] = {"config", "hooks"};
constexpr const char *kWorktreeNames[] = {"commondir", "config.worktree", "gitdir"};

bool isThere(const std::string &path)
{
    struct stat info {};
    return ::lstat(path.c_str(), &info) == 0;
}

bool isFolder(const std::string &path)
{
    struct stat info {};
    return ::lstat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

template <std::size_t size>
bool protect(const std::string &folder, const char *const (&names)[size], BoxPolicy &policy)
{
    bool hasAny = false;
    for (const char *name : names) {
        const std::string path = folder + '/' + name;
        if (isThere(path)) {
            policy.protectedNames.push_back(path);
            hasAny = true;
        }
    }
    return hasAny;
}

template <std::size_t size>
void protectInEach(const std::string &folder, const char *const (&names)[size], BoxPolicy &policy)
{
    DIR *list = ::opendir(folder.c_str());
    if (!list)
        return;
    while (const dirent *entry = ::readdir(list)) {
        const std::string name = entry->d_name;
        if (name != "." && name != ".." && isFolder(folder + '/' + name) &&
            protect(folder + '/' + name, names, policy))
            policy.pinned.push_back(folder + '/' + name);
    }
    ::closedir(list);
}

void protectGitFolder(const std::string &git, BoxPolicy &policy)
{
    policy.pinned.push_back(git);
    protect(git, kGitNames, policy);
    protectInEach(git + "/modules", kModuleNames, policy);
    protectInEach(git + "/worktrees", kWorktreeNames, policy);
}

std::string realPathOf(const std::string &path)
{
    char real[PATH_MAX];
    return ::realpath(path.c_str(), real) ? real : std::string();
}

// The first line of a small file; empty where there is none.
std::string lineIn(const std::string &path)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    char text[PATH_MAX];
    const ssize_t size = file < 0 ? -1 : ::read(file, text, sizeof text);
    if (file >= 0)
        ::close(file);
    const std::string line(text, std::size_t(size > 0 ? size : 0));
    return line.substr(0, line.find('\n'));
}

std::string joined(const std::string &folder, const std::string &path)
{
    return path.empty() || path.front() == '/' ? path : folder + '/' + path;
}

// Whoever wrote the file `.git` could name any folder: only one that names the worktree in turn is believed.
void addGitFolderOfWorktree(const std::string &folder, BoxPolicy &policy)
{
    constexpr std::string_view kBegin = "gitdir: ";
    const std::string line = lineIn(folder + "/.git");
    if (line.substr(0, kBegin.size()) != kBegin)
        return;
    const std::string own = realPathOf(joined(folder, line.substr(kBegin.size())));
    if (own.empty() || realPathOf(lineIn(own + "/gitdir")) != folder + "/.git")
        return;
    const std::string common = realPathOf(joined(own, lineIn(own + "/commondir")));
    if (common.empty() || !isWithin(own, common + "/worktrees") || !isThere(common + "/objects"))
        return;
    if (!isWithin(common, policy.project))
        policy.writable.push_back({common, common});
    protectGitFolder(common, policy);
}

} // namespace

void protectNamesOf(const std::string &folder, BoxPolicy &policy)
{
    const std::string git = folder + "/.git";
    if (isFolder(git)) {
        protectGitFolder(git, policy);
    } else if (isThere(git)) {
        policy.protectedNames.push_back(git);
        addGitFolderOfWorktree(folder, policy);
    }
    protect(folder, kEditorNames, policy);
    const std::string code = folder + '/' + kCodeFolder;
    if (isFolder(code) && protect(code, kCodeNames, policy))
        policy.pinned.push_back(code);
}

} // namespace Meanwhile::Box
