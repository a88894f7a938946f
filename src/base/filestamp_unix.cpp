// SPDX-License-Identifier: MIT
#include "base/filestamp.h"

#include <QCryptographicHash>
#include <QFile>

#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

namespace Meanwhile {

namespace {

constexpr qsizetype kChunkBytes = 256 * 1024;

qint64 nanoseconds(const timespec &time)
{
    return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

} // namespace

FileStamp FileStamp::of(const struct stat &info)
{
    return {quint64(info.st_dev), quint64(info.st_ino), qint64(info.st_size), nanoseconds(info.st_mtim),
        nanoseconds(info.st_ctim)};
}

std::optional<FileStamp> FileStamp::of(int fd)
{
    struct stat info {};
    if (fstat(fd, &info) != 0)
        return std::nullopt;
    return of(info);
}

Result<FileStamp> FileStamp::at(const QString &path)
{
    struct stat info {};
    if (::stat(QFile::encodeName(path).constData(), &info) != 0)
        return failure(errorFromErrno(errno, path));
    return of(info);
}

std::optional<FileStamp> FileStamp::at(const QByteArray &path)
{
    struct stat info {};
    return ::stat(path.constData(), &info) == 0 ? std::optional(of(info)) : std::nullopt;
}

QByteArray contentHash(QByteArrayView content)
{
    return QCryptographicHash::hash(
        QByteArray::fromRawData(content.data(), content.size()), QCryptographicHash::Sha1);
}

QByteArray contentHash(int fd)
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    QByteArray chunk(kChunkBytes, Qt::Uninitialized);
    for (off_t at = 0;;) {
        const ssize_t got = pread(fd, chunk.data(), size_t(chunk.size()), at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return {};
        if (got == 0)
            return hash.result();
        hash.addData(QByteArrayView(chunk.constData(), got));
        at += got;
    }
}

} // namespace Meanwhile
