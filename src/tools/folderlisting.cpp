// SPDX-License-Identifier: MIT
#include "tools/folderlisting.h"

#include <algorithm>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>

namespace Meanwhile::Tools {

namespace {

struct CloseFolder {
    void operator()(DIR *stream) const { closedir(stream); }
};

FolderEntry entryOf(int folder, const char *name)
{
    FolderEntry entry{name, FolderEntry::Kind::Other, 0, 0};
    struct stat info {};
    if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return entry;
    if (S_ISREG(info.st_mode))
        entry.kind = FolderEntry::Kind::File;
    else if (S_ISDIR(info.st_mode))
        entry.kind = FolderEntry::Kind::Folder;
    else if (S_ISLNK(info.st_mode))
        entry.kind = FolderEntry::Kind::Link;
    entry.sizeBytes = info.st_size;
    entry.modifiedNs = qint64(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec;
    return entry;
}

} // namespace

QVector<FolderEntry> listFolder(const Descriptor &folder, qsizetype maxEntries)
{
    // A descriptor of its own: the stream closes it and moves its position.
    Descriptor own(openat(folder.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!own.isValid())
        return {};
    const std::unique_ptr<DIR, CloseFolder> stream(fdopendir(own.get()));
    if (!stream)
        return {};
    const int fd = own.release();
    QVector<FolderEntry> entries;
    while (entries.size() < maxEntries) {
        const dirent *item = readdir(stream.get());
        if (!item)
            break;
        const QByteArrayView name(item->d_name);
        if (name != "." && name != "..")
            entries += entryOf(fd, item->d_name);
    }
    std::sort(entries.begin(), entries.end(),
        [](const FolderEntry &a, const FolderEntry &b) { return a.name < b.name; });
    return entries;
}

} // namespace Meanwhile::Tools
