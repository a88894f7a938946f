// SPDX-License-Identifier: MIT
#include "project/folderlisting.h"

#include <algorithm>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>

namespace Meanwhile::Project {

namespace {

struct CloseFolder {
    void operator()(DIR *stream) const { closedir(stream); }
};

FolderEntry::Kind kindOf(int folder, const dirent &item)
{
    switch (item.d_type) {
    case DT_REG:
        return FolderEntry::Kind::File;
    case DT_DIR:
        return FolderEntry::Kind::Folder;
    case DT_LNK:
        return FolderEntry::Kind::Link;
    case DT_UNKNOWN:
        break; // some file systems do not say it
    default:
        return FolderEntry::Kind::Other;
    }
    struct stat info {};
    if (fstatat(folder, item.d_name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return FolderEntry::Kind::Other;
    return S_ISREG(info.st_mode)   ? FolderEntry::Kind::File
           : S_ISDIR(info.st_mode) ? FolderEntry::Kind::Folder
           : S_ISLNK(info.st_mode) ? FolderEntry::Kind::Link
                                   : FolderEntry::Kind::Other;
}

} // namespace

std::optional<QVector<FolderEntry>> listFolder(const Descriptor &folder, qsizetype maxEntries)
{
    // A descriptor of its own: the stream closes it and moves its position.
    Descriptor own(openat(folder.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!own.isValid())
        return std::nullopt;
    const std::unique_ptr<DIR, CloseFolder> stream(fdopendir(own.get()));
    if (!stream)
        return std::nullopt;
    const int fd = own.release();
    QVector<FolderEntry> entries;
    while (entries.size() < maxEntries) {
        const dirent *item = readdir(stream.get());
        if (!item)
            break;
        const QByteArrayView name(item->d_name);
        if (name != "." && name != "..")
            entries += FolderEntry{item->d_name, kindOf(fd, *item)};
    }
    std::sort(entries.begin(), entries.end(),
        [](const FolderEntry &a, const FolderEntry &b) { return a.name < b.name; });
    return entries;
}

qint64 modifiedNs(const Descriptor &folder, const QByteArray &path)
{
    struct stat info {};
    if (fstatat(folder.get(), path.constData(), &info, AT_SYMLINK_NOFOLLOW) != 0)
        return 0;
    return qint64(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec;
}

} // namespace Meanwhile::Project
