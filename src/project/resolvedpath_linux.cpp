// SPDX-License-Identifier: MIT
#include "project/resolvedpath.h"

#include "base/pathtext.h"
#include "project/folderlisting.h"

#include <QByteArrayList>

#include <climits>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Meanwhile::Project {

namespace {

constexpr int kMaxLinks = 40; // as the kernel

QByteArrayList componentsOf(const QByteArray &path)
{
    QByteArrayList components;
    for (const QByteArray &component : path.split('/')) {
        if (!component.isEmpty() && component != ".")
            components += component;
    }
    return components;
}

QByteArray bytesOf(const QString &path)
{
    return pathFromText(path).value_or(QByteArray());
}

std::optional<struct stat> look(const QString &path)
{
    struct stat info {};
    return ::stat(bytesOf(path).constData(), &info) == 0 ? std::optional(info) : std::nullopt;
}

} // namespace

std::optional<QString> resolvedPath(const QString &absolutePath)
{
    QByteArrayList rest = componentsOf(bytesOf(absolutePath));
    QByteArray done;
    int links = 0;
    while (!rest.isEmpty()) {
        const QByteArray name = rest.takeFirst();
        if (name == "..") {
            done.truncate(qMax<qsizetype>(0, done.lastIndexOf('/')));
            continue;
        }
        const QByteArray next = done + '/' + name;
        char target[PATH_MAX];
        const ssize_t length = ::readlink(next.constData(), target, sizeof target);
        if (length <= 0) {
            done = next;
            continue;
        }
        if (++links > kMaxLinks)
            return std::nullopt;
        if (target[0] == '/')
            done.clear();
        rest = componentsOf(QByteArray(target, length)) + rest;
    }
    return done.isEmpty() ? QStringLiteral("/") : pathToText(done);
}

bool existsAt(const QString &path)
{
    return look(path).has_value();
}

bool isFileAt(const QString &path)
{
    const auto info = look(path);
    return info && S_ISREG(info->st_mode);
}

bool isLinkAt(const QString &path)
{
    struct stat info {};
    return ::lstat(bytesOf(path).constData(), &info) == 0 && S_ISLNK(info.st_mode);
}

QStringList namesIn(const QString &folder, qsizetype max)
{
    const Descriptor opened = openFolder(bytesOf(folder));
    const auto entries =
        opened.isValid() ? listFolder(opened, max).value_or(QVector<FolderEntry>()) : QVector<FolderEntry>();
    QStringList names;
    for (const FolderEntry &entry : entries)
        names += pathToText(entry.name);
    return names;
}

QString pathOfOpened(int descriptor)
{
    const QByteArray link = "/proc/self/fd/" + QByteArray::number(descriptor);
    char target[PATH_MAX];
    const ssize_t length = ::readlink(link.constData(), target, sizeof target);
    return length > 0 && target[0] == '/' ? pathToText(QByteArray(target, length)) : QString();
}

bool isSameFile(const QString &path, const QString &other)
{
    const auto one = look(path);
    const auto two = look(other);
    return one && two && S_ISREG(one->st_mode) && S_ISREG(two->st_mode) && one->st_dev == two->st_dev &&
           one->st_ino == two->st_ino;
}

bool isAtOrBelow(const QString &path, const QString &folder)
{
    if (!path.startsWith(folder))
        return false;
    return path.size() == folder.size() || folder.endsWith(u'/') || path.at(folder.size()) == u'/';
}

} // namespace Meanwhile::Project
