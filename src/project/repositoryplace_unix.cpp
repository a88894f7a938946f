// SPDX-License-Identifier: MIT
#include "project/repositoryplace.h"

#include "project/rulefile.h"

#include <sys/stat.h>

namespace Meanwhile::Project {

namespace {

mode_t modeOf(const QByteArray &path)
{
    struct stat info {};
    return stat(path.constData(), &info) == 0 ? info.st_mode : 0;
}

QByteArray absoluteFrom(const QByteArray &folder, const QByteArray &path)
{
    return path.startsWith('/') ? path : folder + '/' + path;
}

// The folder that a file like .git or commondir names in its one line; empty when it names none.
QByteArray folderNamedIn(const QByteArray &file, const QByteArray &prefix, const QByteArray &folder)
{
    const std::optional<RuleFile> read = RuleFile::read(file, RuleFile::Links::Follow);
    if (!read || !read->text().startsWith(prefix))
        return {};
    QByteArray named = read->text().sliced(prefix.size());
    while (named.endsWith('\n') || named.endsWith('\r'))
        named.chop(1);
    return named.isEmpty() || named.contains('\0') ? QByteArray() : absoluteFrom(folder, named);
}

} // namespace

std::optional<RepositoryPlace> RepositoryPlace::at(const QByteArray &folder)
{
    QByteArray gitFolder = folder + "/.git";
    const mode_t mode = modeOf(gitFolder);
    if (S_ISREG(mode))
        gitFolder = folderNamedIn(gitFolder, "gitdir: ", folder);
    else if (!S_ISDIR(mode))
        return std::nullopt;
    struct stat head {};
    if (gitFolder.isEmpty() || lstat((gitFolder + "/HEAD").constData(), &head) != 0)
        return std::nullopt;
    QByteArray common = folderNamedIn(gitFolder + "/commondir", "", gitFolder);
    if (common.isEmpty())
        common = gitFolder;
    if (!S_ISDIR(modeOf(common + "/objects")) || !S_ISDIR(modeOf(common + "/refs")))
        return std::nullopt;
    return RepositoryPlace{folder, gitFolder, common};
}

std::optional<RepositoryPlace> RepositoryPlace::around(QByteArray folder)
{
    while (true) {
        if (std::optional<RepositoryPlace> found = at(folder))
            return found;
        const qsizetype slash = folder.lastIndexOf('/');
        if (slash < 0)
            return std::nullopt;
        folder.truncate(slash);
    }
}

} // namespace Meanwhile::Project
