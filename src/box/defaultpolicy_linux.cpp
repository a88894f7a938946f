// SPDX-License-Identifier: MIT
#include "box/defaultpolicy.h"
#include "box/protectednames.h"

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <unistd.h>

namespace Meanwhile::Box {

namespace {

/// Where other people's files lie, and what has no part in a build.
constexpr const char *kHiddenPlaces[] = {"/home", "/root", "/boot", "/mnt", "/media", "/lost+found"};
/// Only the superuser can read them, and a person may be one.
constexpr const char *kSystemSecrets[] = {"/etc/shadow", "/etc/gshadow", "/etc/shadow-", "/etc/gshadow-",
    "/etc/ssh", "/etc/ssl/private", "/etc/sudoers", "/etc/sudoers.d"};

constexpr const char *kShownInHome[] = {".gitconfig", ".config/git", ".config/locale.conf",
    ".config/fontconfig", ".fonts.conf", ".fonts", ".local/share/fonts"};
constexpr const char *kSecretsInHome[] = {".ssh", ".gnupg", ".aws", ".azure", ".kube", ".docker", ".netrc",
    ".npmrc", ".pypirc", ".git-credentials", ".config/git/credentials", ".config/gh", ".config/gcloud",
    ".config/containers", ".password-store", ".local/share/keyrings", ".local/share/kwalletd",
    ".cargo/credentials", ".cargo/credentials.toml", ".gem/credentials", ".m2/settings.xml",
    ".gradle/gradle.properties", ".terraform.d", ".mozilla", ".thunderbird", ".config/google-chrome",
    ".config/chromium", ".config/BraveSoftware", ".config/microsoft-edge", ".config/evolution",
    ".local/share/evolution", ".bash_history", ".zsh_history", ".python_history", ".node_repl_history",
    ".local/share/fish/fish_history", ".psql_history", ".mysql_history"};
/// Programs stand there beside everything else that programs keep.
constexpr const char *kLocalFolder = ".local";
constexpr const char *kShownInLocal[] = {"bin", "lib", "pipx", "share/pipx", "share/uv"};

std::string realPathOf(const std::string &path)
{
    char real[PATH_MAX];
    return !path.empty() && path.front() == '/' && ::realpath(path.c_str(), real) ? real : std::string();
}

void addIfThere(std::vector<std::string> &list, const std::string &path)
{
    if (const std::string real = realPathOf(path); !real.empty() && real != "/")
        list.push_back(real);
}

// Configuration is often a link into a folder where somebody keeps all of it.
void show(const std::string &path, BoxPolicy &policy)
{
    const std::string real = realPathOf(path);
    if (real.empty() || real == "/")
        return;
    policy.shown.push_back(real);
    if (real != path)
        policy.links.push_back({real, path});
}

std::string_view parentOf(std::string_view path)
{
    return path.substr(0, path.rfind('/'));
}

// A folder of programs, and the toolchain that it belongs to.
void showPrograms(const std::string &folder, const std::string &home, BoxPolicy &policy)
{
    if (folder.empty() || folder == "/" || isWithin(home, folder))
        return;
    policy.shown.push_back(folder);
    const std::string above(parentOf(folder));
    if (folder.substr(above.size()) != "/bin" || above.empty() || isWithin(home, above))
        return;
    if (above != home + '/' + kLocalFolder) {
        policy.shown.push_back(above);
        return;
    }
    for (const char *name : kShownInLocal)
        show(above + '/' + name, policy);
}

void showProgramsOfPath(const std::string &path, const std::string &home, BoxPolicy &policy)
{
    std::string_view rest = path;
    while (!rest.empty()) {
        const std::string_view entry = rest.substr(0, rest.find(':'));
        rest.remove_prefix(std::min(rest.size(), entry.size() + 1));
        const std::string folder = realPathOf(std::string(entry));
        showPrograms(folder, home, policy);
        if (!folder.empty() && folder != entry && isOrdinaryPath(entry))
            policy.links.push_back({folder, std::string(entry)});
    }
}

void hideHome(const Places &places, const std::string &home, BoxPolicy &policy)
{
    for (const char *place : kHiddenPlaces) {
        if (::access(place, R_OK) == 0 || ::access(place, X_OK) == 0) // each costs time
            addIfThere(policy.hidden, place);
    }
    if (home.empty() || home == "/")
        return;
    policy.hidden.push_back(home);
    if (home != places.home && isOrdinaryPath(places.home) && isWithin(places.home, "/home"))
        policy.links.push_back({home, places.home});
    showProgramsOfPath(places.programPath, home, policy);
    for (const char *name : kShownInHome)
        show(home + '/' + name, policy);
    for (const char *name : kSecretsInHome)
        addIfThere(policy.secrets, home + '/' + name);
}

} // namespace

BoxPolicy defaultPolicy(const Places &places)
{
    BoxPolicy policy;
    policy.project = realPathOf(places.project);
    policy.temporary = realPathOf(places.temporary);
    hideHome(places, realPathOf(places.home), policy);
    for (const char *path : kSystemSecrets) {
        if (::geteuid() == 0)
            addIfThere(policy.secrets, path);
    }
    for (const std::string &folder : places.ownFolders)
        addIfThere(policy.secrets, folder);
    for (const Binding &cache : places.caches) {
        if (const std::string source = realPathOf(cache.source);
            !source.empty() && isOrdinaryPath(cache.place))
            policy.writable.push_back({source, cache.place});
    }
    if (!policy.project.empty())
        protectNamesOf(policy.project, policy);
    return policy;
}

} // namespace Meanwhile::Box
