// SPDX-License-Identifier: MIT
#include "tools/resolvedpath.h"

#include "base/pathtext.h"

#include <QByteArrayList>

#include <climits>
#include <sys/stat.h>
#include <unistd.h>

namespace Meanwhile::Tools {

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

} // namespace

std::optional<QString> resolvedPath(const QString &absolutePath)
{
    QByteArrayList rest = componentsOf(pathFromText(absolutePath).value_or(QByteArray()));
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

QString pathOfOpened(int descriptor)
{
    const QByteArray link = "/proc/self/fd/" + QByteArray::number(descriptor);
    char target[PATH_MAX];
    const ssize_t length = ::readlink(link.constData(), target, sizeof target);
    return length > 0 && target[0] == '/' ? pathToText(QByteArray(target, length)) : QString();
}

bool isSameFile(const QString &path, const QString &other)
{
    struct stat one {};
    struct stat two {};
    const auto look = [](const QString &name, struct stat &info) {
        return ::stat(pathFromText(name).value_or(QByteArray()).constData(), &info) == 0 &&
               S_ISREG(info.st_mode);
    };
    return look(path, one) && look(other, two) && one.st_dev == two.st_dev && one.st_ino == two.st_ino;
}

bool isAtOrBelow(const QString &path, const QString &folder)
{
    if (!path.startsWith(folder))
        return false;
    return path.size() == folder.size() || folder.endsWith(u'/') || path.at(folder.size()) == u'/';
}

} // namespace Meanwhile::Tools
