// SPDX-License-Identifier: MIT
#include "project/privateplaces.h"

#include "base/pathtext.h"
#include "base/statepaths.h"
#include "project/resolvedpath.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QProcessEnvironment>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <optional>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

namespace Meanwhile::Project {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds kMaxAge{1'000};
constexpr std::chrono::milliseconds kMaxFilesAge{5'000};
constexpr int kMaxLookedAt = 4'000; // files of one place that may have another name
constexpr uint kFirstPerson = 1'000;
constexpr uint kNobody = 65'534;

// clang-format off
constexpr const char *kInAHome[] = {
    ".config/meanwhile", ".local/state/meanwhile", ".ssh", ".gnupg", ".pki", ".password-store", ".local/share/password-store", ".local/share/keyrings",
    ".local/share/kwalletd", ".vault-token", ".netrc", ".authinfo", ".authinfo.gpg", ".pgpass", ".my.cnf",
    ".mylogin.cnf", ".git-credentials", ".config/git/credentials", ".config/gh", ".config/hub",
    ".config/glab-cli", ".aws", ".azure", ".kube", ".oci", ".config/gcloud", ".config/doctl", ".boto", ".s3cfg",
    ".config/rclone", ".docker/config.json", ".config/containers/auth.json", ".terraform.d/credentials.tfrc.json",
    ".terraformrc", ".npmrc", ".yarnrc.yml", ".pypirc", ".cargo/credentials", ".cargo/credentials.toml",
    ".gem/credentials", ".m2/settings.xml", ".m2/settings-security.xml", ".gradle/gradle.properties",
    ".config/composer/auth.json", ".composer/auth.json", ".huggingface/token", ".cache/huggingface/token",
    ".config/op", ".config/sops", ".config/age", ".config/keepassxc", ".config/Bitwarden", ".config/1Password",
    ".claude/.credentials.json", ".codex/auth.json", ".gemini/oauth_creds.json", ".config/github-copilot",
    ".local/share/opencode/auth.json", ".Xauthority", ".ICEauthority", ".config/Signal",
    ".config/Slack", ".config/discord", ".config/Element", ".local/share/TelegramDesktop", ".config/evolution",
    ".local/share/evolution", ".msmtprc", ".config/msmtp", ".mbsyncrc", ".fetchmailrc", ".offlineimaprc",
    ".smbcredentials", ".passwd-s3fs", ".putty", ".config/remmina", ".local/share/remmina", ".config/filezilla",
    ".databrickscfg", ".fly", ".kaggle", ".terraform.d", ".pulumi", ".snowflake", ".snowsql", ".cloudflared", ".ngrok2",
    ".config/ngrok", ".config/stripe", ".config/hcloud", ".config/scw", ".config/linode-cli", ".config/argocd",
    ".config/.wrangler", ".wrangler", ".config/heroku", ".config/netlify", ".local/share/com.vercel.cli", ".config/tea",
    ".config/helm/registry", ".config/pypoetry/auth.toml", ".local/share/pypoetry", ".config/configstore",
    ".ethereum", ".bitcoin", ".litecoin", ".electrum", ".monero", ".config/solana",
    ".mozilla", ".thunderbird", ".librewolf", ".waterfox", ".config/google-chrome", ".config/google-chrome-beta",
    ".config/chromium", ".config/BraveSoftware", ".config/microsoft-edge", ".config/vivaldi", ".config/opera",
    ".cache/mozilla", ".var/app/org.mozilla.firefox", ".var/app/com.google.Chrome", ".var/app/org.chromium.Chromium",
    ".var/app/com.brave.Browser", "snap/firefox", "snap/chromium", ".local/share/fish/fish_history",
    ".local/share/atuin", ".zhistory", ".histfile", ".lesshst", ".viminfo"};
constexpr const char *kOfTheSystem[] = {"/proc", "/sys", "/etc/shadow", "/etc/shadow-", "/etc/gshadow",
    "/etc/gshadow-", "/etc/sudoers", "/etc/sudoers.d", "/etc/ssl/private", "/etc/ssh",
    "/etc/NetworkManager/system-connections", "/var/lib/systemd/coredump"};
constexpr const char *kOwn[] = {"settings.ini", "window.sock", "meanwhile.db", "meanwhile.db-wal",
    "meanwhile.db-shm", "records", "tasks", "checkpoints"};
// clang-format on

QByteArray usersOfThisComputer()
{
    QFile file(u"/etc/passwd"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool mayBeEntered(const QString &folder)
{
    return ::access(pathFromText(folder).value_or(QByteArray()).constData(), X_OK) == 0;
}

bool isHistory(const QString &name)
{
    return name.startsWith(u'.') && name.endsWith(u"_history");
}

std::optional<struct stat> statOf(const QString &path)
{
    struct stat info {};
    return ::stat(pathFromText(path).value_or(QByteArray()).constData(), &info) == 0 ? std::optional(info)
                                                                                     : std::nullopt;
}

QStringList thoseBelow(const QString &resolved, const QStringList &places)
{
    QStringList found;
    std::copy_if(places.cbegin(), places.cend(), std::back_inserter(found),
        [&resolved](const QString &place) { return isAtOrBelow(place, resolved); });
    return found;
}

using Identities = std::set<std::pair<dev_t, ino_t>>;

// Each place has a share of its own, so that a large one, as a browser's, takes nothing from the others.
Identities namedTwice(const QStringList &places)
{
    Identities found;
    for (const QString &place : places) {
        if (place == u"/proc" || place == u"/sys")
            continue;
        QDirIterator files(place, QDir::Files | QDir::Hidden | QDir::System | QDir::NoSymLinks,
            QDirIterator::Subdirectories);
        for (int looked = 0; files.hasNext() && looked < kMaxLookedAt; ++looked) {
            const auto file = statOf(files.next());
            if (file && file->st_nlink > 1)
                found.insert({file->st_dev, file->st_ino});
        }
    }
    return found;
}

} // namespace

/// What there was at one moment.
struct KnownPrivatePlaces {
    QStringList paths; ///< also of what does not exist
    QStringList existing;
    Identities identities;
};

struct PrivatePlacesCache {
    std::mutex mutex;
    std::shared_ptr<const KnownPrivatePlaces> places;
    QElapsedTimer age;
    Identities files; ///< in these places, with more than one name
    QElapsedTimer filesAge;
};

PrivatePlaces::PrivatePlaces(const QStringList &homes, const QStringList &own, const QString &project)
    : m_homes(homes)
    , m_cache(std::make_shared<PrivatePlacesCache>())
{
    for (const QString &folder : own) {
        for (const char *name : kOwn)
            m_places += folder + u'/' + QString::fromLatin1(name);
        const QString resolved = resolvedPath(folder).value_or(folder);
        if (project == resolved || !isAtOrBelow(project, resolved))
            m_places += folder;
    }
    for (const QString &home : homes) {
        for (const char *name : kInAHome)
            m_places += home + u'/' + QString::fromLatin1(name);
    }
    for (const char *place : kOfTheSystem)
        m_places += QString::fromLatin1(place);
    m_places.removeDuplicates();
}

PrivatePlaces PrivatePlaces::ofThisComputer(const QString &project)
{
    const StatePaths own = StatePaths::fromEnvironment(QProcessEnvironment::systemEnvironment());
    const QString resolved = resolvedPath(QDir(project).absolutePath()).value_or(project);
    return PrivatePlaces(homesFor(resolved, QDir::homePath(), usersOfThisComputer()),
        QStringList{own.config, own.state, own.tasks, own.readOnlyConfig}.filter(u"/"_s), resolved);
}

QStringList PrivatePlaces::homesFor(const QString &project, const QString &ownHome, const QByteArray &users)
{
    QStringList homes{ownHome};
    for (const QByteArray &line : users.split('\n')) {
        const QByteArrayList words = line.split(':');
        const uint user = words.value(2).toUInt();
        const QString home = QDir::cleanPath(QFile::decodeName(words.value(5)));
        const bool logsIn = (user == 0 || user >= kFirstPerson) && user != kNobody;
        if (logsIn && home.startsWith(u'/') && home != u"/" &&
            (isAtOrBelow(home, project) || isAtOrBelow(project, home)))
            homes += home;
    }
    homes.removeDuplicates();
    return homes;
}

bool PrivatePlaces::hold(const QString &resolved) const
{
    if (!m_cache)
        return false;
    for (const QString &home : m_homes) {
        if (resolved.startsWith(home + u'/') && isHistory(resolved.sliced(home.size() + 1)))
            return true;
    }
    const auto places = known();
    for (const QString &place : places->paths) {
        if (isAtOrBelow(resolved, place))
            return true;
    }
    // A mount shows the same folder under another path.
    for (QString path = resolved; path.size() > 1; path.truncate(path.lastIndexOf(u'/'))) {
        const auto info = statOf(path);
        if (info && places->identities.contains({info->st_dev, info->st_ino}))
            return true;
    }
    return false;
}

bool PrivatePlaces::holdFile(const FileStamp &file, quint64 linkCount) const
{
    if (!m_cache || linkCount < 2)
        return false;
    const auto places = known();
    const std::scoped_lock lock(m_cache->mutex);
    if (!m_cache->filesAge.isValid() || m_cache->filesAge.hasExpired(kMaxFilesAge.count())) {
        m_cache->files = namedTwice(places->existing);
        m_cache->filesAge.start();
    }
    return m_cache->files.contains({file.device, file.inode});
}

std::shared_ptr<const KnownPrivatePlaces> PrivatePlaces::known() const
{
    const std::scoped_lock lock(m_cache->mutex);
    if (m_cache->places && !m_cache->age.hasExpired(kMaxAge.count()))
        return m_cache->places;
    auto places = std::make_shared<KnownPrivatePlaces>();
    QStringList all = m_places;
    QStringList closed;
    for (const QString &home : m_homes) {
        if (!mayBeEntered(home)) {
            closed += home;
            continue;
        }
        const QStringList histories =
            QDir(home).entryList({u".*_history"_s}, QDir::Files | QDir::Hidden | QDir::System);
        for (const QString &name : histories)
            all += home + u'/' + name;
    }
    for (const QString &place : std::as_const(all)) {
        places->paths += place;
        if (std::any_of(closed.cbegin(), closed.cend(),
                [&place](const QString &home) { return isAtOrBelow(place, home); }))
            continue;
        const QString resolved = resolvedPath(place).value_or(place);
        if (resolved != place)
            places->paths += resolved;
        if (const auto info = statOf(resolved)) {
            places->existing += resolved;
            places->identities.insert({info->st_dev, info->st_ino});
        }
    }
    places->existing.removeDuplicates();
    m_cache->places = places;
    m_cache->age.start();
    return places;
}

QStringList PrivatePlaces::below(const QString &resolved) const
{
    return m_cache ? thoseBelow(resolved, known()->existing) : QStringList();
}

QStringList PrivatePlaces::namesBelow(const QString &resolved) const
{
    return m_cache ? thoseBelow(resolved, known()->paths) : QStringList();
}

} // namespace Meanwhile::Project
