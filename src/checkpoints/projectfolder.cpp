// SPDX-License-Identifier: MIT
#include "checkpoints/projectfolder.h"

#include <QFile>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <dirent.h>
#include <fcntl.h>
#include <memory>

namespace Meanwhile::Checkpoints {

namespace {

constexpr int kFolderFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

struct CloseFolder {
    void operator()(DIR *stream) const { closedir(stream); }
};

} // namespace

Result<ProjectFolder> ProjectFolder::open(const QString &path)
{
    Descriptor root(::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!root.isValid())
        return failure(errorFromErrno(errno, path));
    return ProjectFolder(path, std::move(root));
}

Descriptor ProjectFolder::folder(const QByteArray &path) const
{
    Descriptor current(openat(m_root.get(), ".", kFolderFlags));
    for (const QByteArray &name : path.isEmpty() ? QByteArrayList() : path.split('/')) {
        if (!current.isValid())
            break;
        if (name.isEmpty() || name == "." || name == "..") {
            errno = EINVAL;
            return {};
        }
        current = Descriptor(openat(current.get(), name.constData(), kFolderFlags));
    }
    return current;
}

std::optional<QVector<ProjectFolder::Entry>> ProjectFolder::entries(const Descriptor &folder)
{
    // A descriptor of its own: the stream closes it and moves its position.
    Descriptor own(openat(folder.get(), ".", kFolderFlags));
    const std::unique_ptr<DIR, CloseFolder> stream(own.isValid() ? fdopendir(own.get()) : nullptr);
    if (!stream)
        return std::nullopt;
    const int fd = own.release();
    QVector<Entry> entries;
    errno = 0;
    while (const dirent *item = readdir(stream.get())) {
        Entry entry{item->d_name, {}};
        const bool isOwn = entry.name != "." && entry.name != "..";
        // Gone since it was listed: as if it had never been there.
        if (isOwn && fstatat(fd, item->d_name, &entry.info, AT_SYMLINK_NOFOLLOW) == 0)
            entries += entry;
        errno = 0;
    }
    if (errno != 0)
        return std::nullopt;
    std::sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) { return a.name < b.name; });
    return entries;
}

std::optional<QByteArray> ProjectFolder::linkTarget(const Descriptor &folder, const QByteArray &name)
{
    char target[PATH_MAX];
    const ssize_t length = readlinkat(folder.get(), name.constData(), target, sizeof target);
    return length < 0 ? std::nullopt : std::optional(QByteArray(target, length));
}

} // namespace Meanwhile::Checkpoints
