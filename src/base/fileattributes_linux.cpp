// SPDX-License-Identifier: MIT
#include "base/fileattributes.h"

#include <QByteArrayList>

#include <cerrno>
#include <optional>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

namespace Meanwhile {

namespace {

// Nothing when the list cannot be read; a file system without attributes has none.
std::optional<QByteArrayList> attributeNames(int fd)
{
    const ssize_t size = flistxattr(fd, nullptr, 0);
    if (size < 0)
        return errno == ENOTSUP ? std::optional<QByteArrayList>(QByteArrayList()) : std::nullopt;
    QByteArray names(size, '\0');
    const ssize_t got = size == 0 ? 0 : flistxattr(fd, names.data(), size_t(names.size()));
    if (got < 0)
        return std::nullopt;
    names.truncate(got);
    QByteArrayList list = names.split('\0');
    list.removeAll(QByteArray());
    return list;
}

std::optional<QByteArray> attribute(int fd, const QByteArray &name)
{
    const ssize_t size = fgetxattr(fd, name.constData(), nullptr, 0);
    if (size < 0)
        return std::nullopt;
    QByteArray value(size, '\0');
    if (fgetxattr(fd, name.constData(), value.data(), size_t(size)) != size)
        return std::nullopt;
    return value;
}

bool carryExtended(int original, int fresh)
{
    const std::optional<QByteArrayList> wanted = attributeNames(original);
    const std::optional<QByteArrayList> inherited = attributeNames(fresh);
    if (!wanted || !inherited)
        return false;
    for (const QByteArray &name : *inherited) {
        if (!wanted->contains(name) && fremovexattr(fresh, name.constData()) != 0)
            return false;
    }
    for (const QByteArray &name : *wanted) {
        const std::optional<QByteArray> value = attribute(original, name);
        if (!value)
            return false;
        if (attribute(fresh, name) != value &&
            fsetxattr(fresh, name.constData(), value->constData(), size_t(value->size()), 0) != 0)
            return false;
    }
    return true;
}

} // namespace

bool carryAttributes(int original, const struct stat &originalInfo, int fresh)
{
    struct stat freshInfo {};
    if (fstat(fresh, &freshInfo) != 0)
        return false;
    if ((freshInfo.st_uid != originalInfo.st_uid || freshInfo.st_gid != originalInfo.st_gid) &&
        fchown(fresh, originalInfo.st_uid, originalInfo.st_gid) != 0)
        return false;
    // The mode last: chown(2) clears the set-id bits, and an access control list moves the group's.
    if (!carryExtended(original, fresh) || fchmod(fresh, originalInfo.st_mode & 07777) != 0)
        return false;
    // chmod(2) leaves out, without a word, a set-group-id bit of a group that one is not in.
    return fstat(fresh, &freshInfo) == 0 && freshInfo.st_mode == originalInfo.st_mode;
}

bool losesPrivilegesByWriting(int fd, const struct stat &info)
{
    return (info.st_mode & (S_ISUID | S_ISGID)) != 0 || fgetxattr(fd, "security.capability", nullptr, 0) >= 0;
}

} // namespace Meanwhile
