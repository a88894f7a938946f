// SPDX-License-Identifier: MIT
#include "checkpoints/projectfolder.h"

#include "project/folderlisting.h"

#include <QFile>

#include <cerrno>
#include <climits>
#include <unistd.h>

namespace Meanwhile::Checkpoints {

Result<ProjectFolder> ProjectFolder::open(const QString &path)
{
    Descriptor root = openFolder(QFile::encodeName(path));
    if (!root.isValid())
        return failure(errorFromErrno(errno, path));
    return ProjectFolder(path, std::move(root));
}

Descriptor ProjectFolder::folder(const QByteArray &path) const
{
    Descriptor current = Project::openFolderIn(m_root, ".");
    for (const QByteArray &name : path.isEmpty() ? QByteArrayList() : path.split('/')) {
        if (!current.isValid())
            break;
        if (name.isEmpty() || name == "." || name == "..") {
            errno = EINVAL;
            return {};
        }
        current = Project::openFolderIn(current, name);
    }
    return current;
}

std::optional<QByteArray> ProjectFolder::linkTarget(const Descriptor &folder, const QByteArray &name)
{
    char target[PATH_MAX];
    const ssize_t length = readlinkat(folder.get(), name.constData(), target, sizeof target);
    return length < 0 ? std::nullopt : std::optional(QByteArray(target, length));
}

} // namespace Meanwhile::Checkpoints
