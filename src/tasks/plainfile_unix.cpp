// SPDX-License-Identifier: MIT
#include "tasks/plainfile.h"

#include "base/descriptor.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

namespace {

tl::unexpected<Error> noFile(const QString &path)
{
    return failure(ErrorKind::Protocol, u"This is no file."_s, path);
}

} // namespace

Result<std::unique_ptr<QFile>> openPlainFile(const QString &path)
{
    constexpr int kFlags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    Descriptor descriptor(::open(QFile::encodeName(path).constData(), kFlags));
    if (!descriptor.isValid()) {
        const int error = errno;
        if (error == ELOOP || error == ENXIO) // a link; a socket
            return noFile(path);
        const bool isMissing = error == ENOENT || error == ENOTDIR;
        return failure(isMissing ? ErrorKind::NotFound : ErrorKind::Io, qt_error_string(error), path);
    }
    struct stat found = {};
    if (::fstat(descriptor.get(), &found) != 0 || !S_ISREG(found.st_mode))
        return noFile(path);
    auto file = std::make_unique<QFile>();
    if (!file->open(
            descriptor.get(), QIODevice::ReadOnly | QIODevice::Unbuffered, QFileDevice::AutoCloseHandle))
        return failure(ErrorKind::Io, file->errorString(), path);
    descriptor.release();
    return file;
}

} // namespace Meanwhile::Tasks
