// SPDX-License-Identifier: MIT
#include "project/folderlisting.h"

#include <algorithm>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>

namespace Meanwhile::Project {

namespace {

struct CloseFolder {
    void operator()(DIR *stream) const { closedir(stream); }
};

FolderEntry::Kind kindOf(mode_t mode)
{
    return S_ISREG(mode)   ? FolderEntry::Kind::File
           : S_ISDIR(mode) ? FolderEntry::Kind::Folder
           : S_ISLNK(mode) ? FolderEntry::Kind::Link
                           : FolderEntry::Kind::Other;
}

} // namespace

std::optional<FolderEntry> entryIn(const Descriptor &folder, const QByteArray &name)
{
    struct stat info {};
    if (fstatat(folder.get(), name.constData(), &info, AT_SYMLINK_NOFOLLOW) != 0)
        return std::nullopt;
    return FolderEntry{name, kindOf(info.st_mode), quint32(info.st_mode & 07777), quint64(info.st_nlink),
        FileStamp::of(info)};
}

Descriptor openFolderIn(const Descriptor &folder, const QByteArray &name)
{
    return Descriptor(
        openat(folder.get(), name.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

std::optional<QVector<FolderEntry>> listFolder(const Descriptor &folder, qsizetype maxEntries, Detail detail)
{
    // A descriptor of its own: the stream closes it and moves its position.
    Descriptor own = openFolderIn(folder, ".");
    const std::unique_ptr<DIR, CloseFolder> stream(own.isValid() ? fdopendir(own.get()) : nullptr);
    if (!stream)
        return std::nullopt;
    own.release();
    QVector<FolderEntry> entries;
    while (entries.size() < maxEntries) {
        errno = 0;
        const dirent *item = readdir(stream.get());
        if (!item && errno != 0)
            return std::nullopt;
        if (!item)
            break;
        const QByteArrayView name(item->d_name);
        if (name == "." || name == "..")
            continue;
        // Some file systems do not tell the kind in a listing.
        if (detail == Detail::Kind && item->d_type != DT_UNKNOWN)
            entries += FolderEntry{item->d_name, kindOf(DTTOIF(item->d_type)), 0, 0, {}};
        // Gone since it was listed: as if it had never been there.
        else if (std::optional<FolderEntry> entry = entryIn(folder, item->d_name))
            entries += std::move(*entry);
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
    return FileStamp::of(info).modifiedNs;
}

} // namespace Meanwhile::Project
