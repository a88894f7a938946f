// SPDX-License-Identifier: MIT
#include "box/bubblewrap.h"

#include <algorithm>
#include <initializer_list>
#include <map>

namespace Meanwhile::Box {

namespace {

/// bubblewrap takes 9,000 words in all.
constexpr std::size_t kMostShown = 512;
constexpr std::size_t kMostProtected = 1024;
constexpr std::size_t kMostSockets = 512;
constexpr std::size_t kMostSecrets = 200; // each may need a descriptor
constexpr const char *kTemporaryPlaces[] = {"/tmp", "/var/tmp"};

std::vector<std::string> sorted(std::vector<std::string> paths)
{
    std::sort(paths.begin(), paths.end());
    paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
    return paths;
}

bool isInAny(std::string_view path, const std::vector<std::string> &folders)
{
    return std::any_of(
        folders.begin(), folders.end(), [path](const std::string &folder) { return isWithin(path, folder); });
}

// Mounts come in the order in which they are made: a later one lies over an earlier one.
class Words {
public:
    Words(const BoxPolicy &policy, const Surroundings &around, int firstEmptyFile)
        : m_policy(policy)
        , m_around(around)
        , m_firstEmptyFile(firstEmptyFile)
    {
    }

    BubblewrapCall make()
    {
        addNamespaces();
        add({"--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev"});
        for (const char *place : kSwitches) {
            if (exists(place))
                add({"--ro-bind", place, place});
        }
        addHidden();
        addTemporary();
        addShown();
        addWritable();
        addProtected();
        addSecrets();
        addSockets();
        for (const std::string &folder : m_empty) {
            if (!isWritableItself(folder))
                add({"--remount-ro", folder});
        }
        m_call.writable = std::move(m_writable);
        return std::move(m_call);
    }

private:
    void add(std::initializer_list<std::string> words)
    {
        m_call.words.insert(m_call.words.end(), words.begin(), words.end());
    }

    void addNamespaces()
    {
        add({"--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts"});
        if (m_policy.network == Network::Off)
            add({"--unshare-net"});
        add({"--disable-userns", "--cap-drop", "ALL"});
    }

    bool is(FileKind kind, const std::string &path) const { return m_around.kindOf(path) == kind; }
    bool exists(const std::string &path) const
    {
        return is(FileKind::Folder, path) || is(FileKind::File, path);
    }

    void addEmptyFolder(const std::string &folder)
    {
        add({"--tmpfs", folder});
        m_empty.push_back(folder);
    }

    void addHidden()
    {
        std::vector<std::string> hidden = m_policy.hidden;
        hidden.insert(hidden.end(), {"/run", "/var/run"});
        for (const std::string &folder : sorted(std::move(hidden))) {
            if (is(FileKind::Folder, folder) && !isInAny(folder, m_empty))
                addEmptyFolder(folder);
        }
        std::map<std::string, std::string> links; // in order, each place once
        for (const Binding &link : m_policy.links)
            links.emplace(link.place, link.source);
        std::vector<std::string> made;
        for (const auto &[place, target] : links) {
            if (isInAny(place, m_empty) && !isInAny(place, made)) {
                add({"--symlink", target, place});
                made.push_back(place);
            }
        }
    }

    void addTemporary()
    {
        for (const char *place : kTemporaryPlaces) {
            if (!is(FileKind::Folder, place))
                continue;
            if (m_policy.temporary.empty())
                add({"--tmpfs", place});
            else
                add({"--bind", m_policy.temporary, place});
        }
    }

    bool isHidden(std::string_view path) const
    {
        return isInAny(path, m_empty) || std::any_of(std::begin(kTemporaryPlaces), std::end(kTemporaryPlaces),
                                             [path](const char *place) { return isWithin(path, place); });
    }

    void addShown()
    {
        for (const std::string &path : sorted(m_policy.shown)) {
            if (m_shown.size() < kMostShown && exists(path) && isHidden(path) && !isInAny(path, m_shown)) {
                add({"--ro-bind", path, path});
                m_shown.push_back(path);
            }
        }
    }

    // A missing place is made where that leaves nothing on disk but in the folder for temporary files.
    bool canBePlacedAt(const std::string &place) const
    {
        return is(FileKind::Folder, place) ||
               (isHidden(place) && !isInAny(place, m_shown) && !isInAny(place, m_writable));
    }

    void addWritable()
    {
        if (!m_policy.project.empty()) {
            add({"--bind", m_policy.project, m_policy.project});
            m_writable.push_back(m_policy.project);
        }
        for (const Binding &binding : m_policy.writable) {
            if (is(FileKind::Folder, binding.source) && canBePlacedAt(binding.place)) {
                add({"--bind", binding.source, binding.place});
                m_writable.push_back(binding.place);
            }
        }
    }

    bool isWritableItself(const std::string &path) const
    {
        return std::find(m_writable.begin(), m_writable.end(), path) != m_writable.end();
    }

    // A folder that is bound onto itself is a mount, and as such can neither be renamed nor removed.
    void addProtected()
    {
        for (const std::string &folder : sorted(m_policy.pinned)) {
            if (is(FileKind::Folder, folder))
                keep("--bind", folder);
        }
        for (const std::string &path : sorted(m_policy.protectedNames)) {
            if (exists(path) && isInAny(path, m_writable))
                keep("--ro-bind", path);
        }
    }

    void keep(const char *how, const std::string &path)
    {
        add({how, path, path});
        m_call.kept.push_back(path);
    }

    bool isVisible(const std::string &path) const
    {
        return !isHidden(path) || isInAny(path, m_shown) || isInAny(path, m_writable);
    }

    void addSecrets()
    {
        std::vector<std::string> covered;
        for (const std::string &path : sorted(m_policy.secrets)) {
            if (!isVisible(path) || isInAny(path, covered))
                continue;
            if (is(FileKind::Folder, path)) {
                addEmptyFolder(path);
                covered.push_back(path);
                m_call.covered.push_back(path);
            } else if (is(FileKind::File, path)) {
                m_call.covered.push_back(path);
                add({"--ro-bind-data", std::to_string(m_firstEmptyFile + m_call.emptyFiles++), path});
            }
        }
    }

    void cover(const std::string &socket)
    {
        add({"--ro-bind", "/dev/null", socket});
        m_call.covered.push_back(socket);
    }

    // What is connected to is a device then, and so is refused.
    void addSockets()
    {
        for (const std::string &path : m_around.sockets) {
            const bool isAllowed =
                std::find(m_policy.sockets.begin(), m_policy.sockets.end(), path) != m_policy.sockets.end();
            if (isAllowed && !isVisible(path))
                add({"--bind", path, path});
            else if (!isAllowed && isVisible(path))
                cover(path);
        }
    }

    const BoxPolicy &m_policy;
    const Surroundings &m_around;
    const int m_firstEmptyFile;
    BubblewrapCall m_call;
    std::vector<std::string> m_empty; ///< tmpfs, to be made read-only
    std::vector<std::string> m_shown;
    std::vector<std::string> m_writable;
};

} // namespace

BubblewrapCall bubblewrapCall(const BoxPolicy &policy, const Surroundings &surroundings, int firstEmptyFile)
{
    return Words(policy, surroundings, firstEmptyFile).make();
}

std::string objectionTo(const BoxPolicy &policy, const Surroundings &surroundings)
{
    if (policy.project == "/")
        return "the project is the whole file system";
    if (!policy.project.empty() && surroundings.kindOf(policy.project) != FileKind::Folder)
        return "the project's folder is missing, or a link leads there";
    if (!policy.temporary.empty() && surroundings.kindOf(policy.temporary) != FileKind::Folder)
        return "the folder for temporary files is missing";
    for (const std::string &secret : policy.secrets) {
        if (!policy.project.empty() && isWithin(policy.project, secret))
            return "the project lies in " + secret + ", which is hidden";
    }
    if (policy.protectedNames.size() > kMostProtected || policy.pinned.size() > kMostProtected)
        return "there are too many names to protect";
    if (policy.secrets.size() > kMostSecrets)
        return "there are too many secrets to cover";
    if (surroundings.sockets.size() > kMostSockets)
        return "there are too many sockets to cover";
    return {};
}

} // namespace Meanwhile::Box
