// SPDX-License-Identifier: MIT
#include "base/safewrite.h"

#include "base/descriptor.h"

#include <QByteArrayList>
#include <QRandomGenerator>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>

namespace Meanwhile {

namespace {

qint64 nanoseconds(const timespec &time)
{
    return qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

FileStamp stampOf(const struct stat &info)
{
    return {quint64(info.st_dev), quint64(info.st_ino), qint64(info.st_size), nanoseconds(info.st_mtim),
        nanoseconds(info.st_ctim)};
}

tl::unexpected<Error> systemFailure(int code, const QByteArray &name)
{
    return failure(errorFromErrno(code, QString::fromUtf8(name)));
}

tl::unexpected<Error> conflict(const QByteArray &name)
{
    return failure(ErrorKind::Conflict,
        QStringLiteral(
            "%1 has changed since it was read, and was left alone. Read it again, then repeat the change.")
            .arg(QString::fromUtf8(name)));
}

// rename(2) would leave these behind: access control lists and labels live in extended attributes.
bool copyAttributes(int from, int to)
{
    const ssize_t listSize = flistxattr(from, nullptr, 0);
    if (listSize <= 0)
        return listSize == 0 || errno == ENOTSUP;
    QByteArray names(listSize, '\0');
    const ssize_t got = flistxattr(from, names.data(), size_t(names.size()));
    if (got < 0)
        return false;
    names.truncate(got);
    for (const QByteArray &name : names.split('\0')) {
        if (name.isEmpty())
            continue;
        const ssize_t size = fgetxattr(from, name.constData(), nullptr, 0);
        if (size < 0)
            return false;
        QByteArray value(size, '\0');
        if (fgetxattr(from, name.constData(), value.data(), size_t(size)) != size)
            return false;
        if (fsetxattr(to, name.constData(), value.constData(), size_t(size), 0) != 0)
            return false;
    }
    return true;
}

bool takeAfter(int temporary, int original, const struct stat &info)
{
    struct stat fresh {};
    if (fstat(temporary, &fresh) != 0)
        return false;
    if ((fresh.st_uid != info.st_uid || fresh.st_gid != info.st_gid) &&
        fchown(temporary, info.st_uid, info.st_gid) != 0)
        return false;
    // After the owner: chown(2) clears the set-id bits.
    return copyAttributes(original, temporary) && fchmod(temporary, info.st_mode & 07777) == 0;
}

// A temporary file that is gone again unless it was renamed.
class Temporary {
public:
    Temporary(int folderFd, mode_t mode)
        : m_folder(folderFd)
    {
        for (int attempt = 0; attempt < 16 && !m_file.isValid(); ++attempt) {
            m_name = ".meanwhile-" + QByteArray::number(QRandomGenerator::system()->generate64(), 16);
            m_file.reset(openat(
                folderFd, m_name.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
            if (!m_file.isValid() && errno != EEXIST)
                break;
        }
        m_error = m_file.isValid() ? 0 : errno;
    }
    ~Temporary()
    {
        if (m_file.isValid())
            unlinkat(m_folder, m_name.constData(), 0);
    }
    Temporary(const Temporary &) = delete;
    Temporary &operator=(const Temporary &) = delete;

    int error() const { return m_error; }
    int fd() const { return m_file.get(); }
    int renameTo(const QByteArray &name)
    {
        if (renameat(m_folder, m_name.constData(), m_folder, name.constData()) != 0)
            return errno;
        m_file.reset();
        return 0;
    }

private:
    int m_folder;
    QByteArray m_name;
    Descriptor m_file;
    int m_error = 0;
};

} // namespace

struct SafeWrite::Existing {
    Descriptor file;
    struct stat info {};
};

std::optional<FileStamp> FileStamp::of(int fd)
{
    struct stat info {};
    if (fstat(fd, &info) != 0)
        return std::nullopt;
    return stampOf(info);
}

qint64 DiskCalls::write(int fd, const char *data, qint64 size) const
{
    return ::write(fd, data, size_t(size));
}

int DiskCalls::sync(int fd) const
{
    return ::fsync(fd);
}

SafeWrite::SafeWrite(const DiskCalls *disk)
    : m_disk(disk ? disk : &m_system)
{
}

Result<FileStamp> SafeWrite::write(int folderFd, const QByteArray &name, const QByteArray &bytes,
    const std::optional<FileStamp> &expected) const
{
    struct stat info {};
    if (fstatat(folderFd, name.constData(), &info, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno != ENOENT)
            return systemFailure(errno, name);
        if (expected)
            return conflict(name);
        return replace(folderFd, name, bytes, nullptr, expected);
    }
    if (S_ISDIR(info.st_mode))
        return systemFailure(EISDIR, name);
    if (!S_ISREG(info.st_mode))
        return failure(ErrorKind::Unsupported,
            QStringLiteral("%1 is not a regular file. Choose another name.").arg(QString::fromUtf8(name)));

    // The file's own permission decides, as it would for any other program, not only the folder's.
    Existing existing;
    existing.file.reset(openat(folderFd, name.constData(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    // A running program cannot be opened for writing, but it can be replaced.
    if (!existing.file.isValid() && errno == ETXTBSY)
        existing.file.reset(
            openat(folderFd, name.constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!existing.file.isValid() && errno == EACCES &&
        faccessat(folderFd, name.constData(), W_OK, AT_EACCESS) == 0)
        existing.file.reset(
            openat(folderFd, name.constData(), O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!existing.file.isValid())
        return systemFailure(errno, name);
    if (fstat(existing.file.get(), &existing.info) != 0)
        return systemFailure(errno, name);
    if (expected && stampOf(existing.info) != *expected)
        return conflict(name);
    if (existing.info.st_nlink > 1)
        return rewriteInPlace(existing, name, bytes);
    return replace(folderFd, name, bytes, &existing, expected);
}

Result<FileStamp> SafeWrite::replace(int folderFd, const QByteArray &name, const QByteArray &bytes,
    const Existing *existing, const std::optional<FileStamp> &expected) const
{
    // A private file stays private while its successor is being written.
    Temporary temporary(folderFd, existing ? 0600 : 0666);
    if (temporary.error() == EACCES && existing)
        return rewriteInPlace(*existing, name, bytes);
    if (temporary.error() != 0)
        return systemFailure(temporary.error(), name);
    if (existing && !takeAfter(temporary.fd(), existing->file.get(), existing->info))
        return rewriteInPlace(*existing, name, bytes);
    if (const int code = writeAll(temporary.fd(), bytes); code != 0)
        return systemFailure(code, name);
    const std::optional<FileStamp> unrenamed = FileStamp::of(temporary.fd());
    if (expected) {
        struct stat now {};
        if (fstatat(folderFd, name.constData(), &now, AT_SYMLINK_NOFOLLOW) != 0 || stampOf(now) != *expected)
            return conflict(name);
    }
    if (const int code = temporary.renameTo(name); code != 0)
        return systemFailure(code, name);
    // Without this the rename itself may be lost; some file systems cannot do it, which is no failure.
    if (m_disk->sync(folderFd) != 0 && errno != EINVAL && errno != EBADF && errno != ENOTSUP)
        return systemFailure(errno, name);
    struct stat now {};
    if (fstatat(folderFd, name.constData(), &now, AT_SYMLINK_NOFOLLOW) != 0)
        return unrenamed.value_or(FileStamp{});
    return stampOf(now);
}

Result<FileStamp> SafeWrite::rewriteInPlace(
    const Existing &existing, const QByteArray &name, const QByteArray &bytes) const
{
    const int fd = existing.file.get();
    const qint64 oldSize = existing.info.st_size;
    QByteArray old(oldSize, Qt::Uninitialized);
    if (pread(fd, old.data(), size_t(oldSize), 0) != oldSize)
        return failure(ErrorKind::Io,
            QStringLiteral(
                "%1 could not be kept safe while writing it, and was left alone. Make it readable, or write "
                "to another name.")
                .arg(QString::fromUtf8(name)));
    const auto putBack = [&](int code) {
        const bool whole =
            pwrite(fd, old.constData(), size_t(oldSize), 0) == oldSize && ftruncate(fd, oldSize) == 0;
        Error error = errorFromErrno(code, QString::fromUtf8(name));
        if (!whole)
            error.detail += QStringLiteral("; the old content could not be put back");
        return failure(std::move(error));
    };
    // Room first: with all blocks there, writing over them does not meet a full disk half-way.
    if (bytes.size() > oldSize) {
        const int code = posix_fallocate(fd, 0, bytes.size());
        if (code != 0 && code != EOPNOTSUPP && code != EINVAL)
            return putBack(code);
    }
    if (lseek(fd, 0, SEEK_SET) != 0)
        return putBack(errno);
    if (const int code = writeAll(fd, bytes); code != 0)
        return putBack(code);
    if (ftruncate(fd, bytes.size()) != 0)
        return putBack(errno);
    return FileStamp::of(fd).value_or(FileStamp{});
}

int SafeWrite::writeAll(int fd, const QByteArray &bytes) const
{
    for (qint64 done = 0; done < bytes.size();) {
        const qint64 written = m_disk->write(fd, bytes.constData() + done, bytes.size() - done);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return errno;
        if (written == 0)
            return EIO;
        done += written;
    }
    return m_disk->sync(fd) == 0 ? 0 : errno;
}

} // namespace Meanwhile
