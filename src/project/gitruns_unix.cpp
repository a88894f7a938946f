// SPDX-License-Identifier: MIT
#include "project/gitruns.h"

#include "base/pathtext.h"
#include "project/gitsettings.h"
#include "project/resolvedpath.h"

#include <QRegularExpression>

#include <algorithm>
#include <sys/stat.h>

namespace Meanwhile::Project {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxHooks = 1'000;

QByteArray bytesOf(const QString &path)
{
    return pathFromText(path).value_or(QByteArray());
}

bool isThatFile(const QString &path, const QString &place)
{
    return resolvedPath(path) == place || isSameFile(path, place);
}

bool isAmong(const QByteArrayList &paths, const QString &place)
{
    return std::any_of(paths.cbegin(), paths.cend(),
        [&place](const QByteArray &path) { return isThatFile(pathToText(path), place); });
}

bool hasNameOfAHook(const QString &name)
{
    static const QRegularExpression pattern(
        u"^(pre|post|prepare|applypatch|commit|proc|push|reference|sendemail|fsmonitor|p4|update)(-[a-z0-9-]+)?$"_s);
    return pattern.match(name).hasMatch();
}

bool isHookIn(const QString &hooksFolder, const QString &project, const QString &place)
{
    const QString folder = resolvedPath(hooksFolder).value_or(hooksFolder);
    // Where that is the project itself or above it, all of the project is below: then the name tells.
    const bool hasMore = isAtOrBelow(project, folder);
    if (isAtOrBelow(place, folder)) {
        const QString name = place.sliced(qMin(folder.size() + 1, place.size()));
        if (!hasMore || hasNameOfAHook(name))
            return true;
    }
    QStringList names = namesIn(folder, kMaxHooks);
    if (hasMore)
        names.removeIf([](const QString &name) { return !hasNameOfAHook(name); });
    return std::any_of(names.cbegin(), names.cend(),
        [&](const QString &name) { return isThatFile(folder + u'/' + name, place); });
}

bool runsOrObeys(const RepositoryPlace &repository, const QString &project, const QString &place)
{
    const GitSettings settings = GitSettings::read(repository);
    if (isAmong(settings.files, place) || isAmong(settings.named, place))
        return true;
    const QByteArrayList hooks = settings.hooksFolders + QByteArrayList{repository.commonFolder + "/hooks"};
    return std::any_of(hooks.cbegin(), hooks.cend(),
        [&](const QByteArray &folder) { return isHookIn(pathToText(folder), project, place); });
}

// That around the project, and those between it and the place.
QVector<RepositoryPlace> repositoriesFor(const QString &project, const QString &place)
{
    QVector<RepositoryPlace> found;
    if (const auto around = RepositoryPlace::around(bytesOf(project)))
        found += *around;
    for (QString folder = place; folder.size() > project.size();) {
        folder.truncate(qMax<qsizetype>(0, folder.lastIndexOf(u'/')));
        if (folder.size() <= project.size())
            break;
        if (const auto own = RepositoryPlace::at(bytesOf(folder)))
            found += *own;
    }
    return found;
}

} // namespace

bool isGitFolder(const QString &folder)
{
    const auto has = [&](const QString &name) { return existsAt(folder + u'/' + name); };
    return has(u"HEAD"_s) && ((has(u"objects"_s) && has(u"refs"_s)) || has(u"commondir"_s));
}

bool gitRunsOrObeys(const QString &project, const QString &place)
{
    const QVector<RepositoryPlace> repositories = repositoriesFor(project, place);
    return std::any_of(repositories.cbegin(), repositories.cend(),
        [&](const RepositoryPlace &repository) { return runsOrObeys(repository, project, place); });
}

GitSettingsFiles::GitSettingsFiles(const QString &project)
{
    const std::optional<RepositoryPlace> repository = RepositoryPlace::around(bytesOf(project));
    if (!repository)
        return;
    for (const QByteArray &path :
        {repository->commonFolder + "/config", repository->gitFolder + "/config.worktree"}) {
        m_paths += resolvedPath(pathToText(path)).value_or(QString());
        struct stat info {};
        if (::stat(path.constData(), &info) == 0 && info.st_nlink > 1)
            m_linked.append({info.st_dev, info.st_ino});
    }
}

bool GitSettingsFiles::hold(const QString &place) const
{
    const qsizetype slash = place.lastIndexOf(u'/');
    if (m_paths.contains(place) ||
        (QStringView(place).sliced(slash + 1).startsWith(u"config") && isGitFolder(place.left(slash))))
        return true;
    struct stat info {};
    return !m_linked.isEmpty() && ::stat(bytesOf(place).constData(), &info) == 0 &&
           m_linked.contains(std::pair<quint64, quint64>(info.st_dev, info.st_ino));
}

} // namespace Meanwhile::Project
