// SPDX-License-Identifier: MIT
#include "project/componentwalk.h"

#include <QByteArrayList>

#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <sys/stat.h>
#include <vector>

namespace Meanwhile::Project {

namespace {

constexpr int kMaxLinks = 40; // as the kernel

Descriptor failed(int code)
{
    errno = code;
    return {};
}

QByteArrayList componentsOf(const QByteArray &path)
{
    QByteArrayList components;
    for (const QByteArray &component : path.split('/')) {
        if (!component.isEmpty() && component != ".")
            components += component;
    }
    return components;
}

// Opens one component that is not a link; a link put there in this very moment is refused.
Descriptor openComponent(int folder, const QByteArray &name, int flags)
{
    Descriptor opened(openat(folder, name.constData(), flags | O_NOFOLLOW | O_CLOEXEC));
    struct stat info {};
    if (opened.isValid() && (fstat(opened.get(), &info) != 0 || S_ISLNK(info.st_mode)))
        return failed(EAGAIN);
    return opened;
}

} // namespace

Descriptor openByWalking(int rootFd, const QByteArray &relative, int flags)
{
    if (relative.startsWith('/'))
        return failed(EXDEV);
    std::vector<Descriptor> folders; // below the root
    QByteArrayList rest = componentsOf(relative);
    const auto current = [&] { return folders.empty() ? rootFd : folders.back().get(); };
    int links = 0;
    while (!rest.isEmpty()) {
        const QByteArray name = rest.takeFirst();
        if (name == "..") {
            if (folders.empty())
                return failed(EXDEV);
            folders.pop_back();
            continue;
        }
        char target[PATH_MAX];
        const ssize_t length = readlinkat(current(), name.constData(), target, sizeof target);
        if (length > 0) {
            if (++links > kMaxLinks)
                return failed(ELOOP);
            if (target[0] == '/')
                return failed(EXDEV);
            rest = componentsOf(QByteArray(target, length)) + rest;
            continue;
        }
        if (rest.isEmpty())
            return openComponent(current(), name, flags);
        Descriptor next = openComponent(current(), name, O_PATH | O_DIRECTORY);
        if (!next.isValid())
            return next;
        folders.push_back(std::move(next));
    }
    return Descriptor(openat(current(), ".", flags | O_CLOEXEC));
}

} // namespace Meanwhile::Project
