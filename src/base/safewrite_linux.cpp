// SPDX-License-Identifier: MIT
#include "base/safewrite.h"

#include "base/descriptor.h"
#include "base/fileattributes.h"
#include "base/pathtext.h"
#include "base/temporaryfile.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

namespace Meanwhile {

namespace {

// Some file systems cannot sync a folder, which is no failure.
int syncFolder(int fd)
{
    if (fsync(fd) == 0 || errno == EINVAL || errno == EBADF || errno == ENOTSUP)
        return 0;
    return errno;
}

bool isForbidden(int code)
{
    return code == EACCES || code == EPERM;
}

} // namespace

struct SafeWrite::Existing {
    Descriptor file;
    struct stat info {};
    bool isWritable = true;
};

SafeWrite::SafeWrite(
    int folderFd, QByteArray name, ExpectedFile expected, std::optional<quint32> mode, HardLinks links)
    : m_folder(folderFd)
    , m_name(std::move(name))
    , m_expected(std::move(expected))
    , m_mode(mode)
    , m_links(links)
{
}

Result<FileStamp> SafeWrite::write(const QByteArray &bytes) const
{
    // O_PATH opens nothing: a pipe's writer is not woken, a tape does not rewind.
    const Descriptor looked(openat(m_folder, m_name.constData(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
    if (!looked.isValid() && errno == ENOENT)
        return std::holds_alternative<FileVersion>(m_expected) ? Result<FileStamp>(conflict())
                                                               : replace(bytes, nullptr);
    if (!looked.isValid())
        return notWritten(errno);
    if (std::holds_alternative<NoFile>(m_expected))
        return conflict();
    Existing existing;
    if (fstat(looked.get(), &existing.info) != 0)
        return notWritten(errno);
    if (S_ISDIR(existing.info.st_mode))
        return notWritten(EISDIR);
    if (!S_ISREG(existing.info.st_mode))
        return refused(ErrorKind::Unsupported, "%1 is not a regular file. Choose another name.");

    // The file's own permission decides, as it would for any other program, not only the folder's.
    existing.file = openedAgain(looked.get(), O_RDWR | O_NONBLOCK);
    // A running program cannot be opened for writing, but it can be replaced.
    if (!existing.file.isValid() && errno == ETXTBSY) {
        existing.isWritable = false;
        existing.file = openedAgain(looked.get(), O_RDONLY | O_NONBLOCK);
    }
    if (!existing.file.isValid() || fstat(existing.file.get(), &existing.info) != 0)
        return notWritten(errno);
    const bool keepsLinks = existing.info.st_nlink > 1 && m_links == HardLinks::Keep;
    return keepsLinks ? rewriteInPlace(bytes, existing) : replace(bytes, &existing);
}

Result<FileStamp> SafeWrite::replace(const QByteArray &bytes, const Existing *existing) const
{
    // A private file stays private while its successor is being written.
    TemporaryFile fresh(m_folder, existing || m_mode ? 0600 : 0666);
    if (existing && isForbidden(fresh.error()))
        return refused(ErrorKind::PermissionDenied,
            "%1 was left alone: its folder cannot be written, so it cannot be replaced safely. Make the "
            "folder writable, then try again.");
    if (fresh.error() != 0)
        return notWritten(fresh.error());
    if (existing && !carryAttributes(existing->file.get(), existing->info, fresh.fd()))
        return rewriteUnlessParting(bytes, *existing);
    if (const int code = writeFully(fresh.fd(), bytes); code != 0)
        return notWritten(code);
    if ((m_mode && fchmod(fresh.fd(), *m_mode & 07777) != 0) || fsync(fresh.fd()) != 0)
        return notWritten(errno);
    if (existing) {
        if (const Result<void> checked = checkExpected(*existing); !checked)
            return failure(checked.error());
    }
    if (const int code = takePlace(fresh.name()); code != 0) {
        // Something is mounted on this very file.
        if (code == EBUSY && existing)
            return rewriteUnlessParting(bytes, *existing);
        return code == EEXIST ? Result<FileStamp>(conflict()) : notWritten(code);
    }
    fresh.keep();
    // Without this the new name itself may be lost.
    if (const int code = syncFolder(m_folder); code != 0) {
        return failure(ErrorKind::Io,
            QStringLiteral("%1 holds the new content, but the disk did not confirm it, so a power cut may "
                           "bring the old one back. Check the disk.")
                .arg(pathToText(m_name)),
            errorFromErrno(code, {}).detail);
    }
    return FileStamp::of(fresh.fd()).value_or(FileStamp{});
}

// 0 or errno. EEXIST: somebody was quicker, where nothing was expected.
int SafeWrite::takePlace(const QByteArray &temporary) const
{
    if (std::holds_alternative<NoFile>(m_expected)) {
        if (renameat2(m_folder, temporary.constData(), m_folder, m_name.constData(), RENAME_NOREPLACE) == 0)
            return 0;
        if (errno != EINVAL && errno != ENOSYS)
            return errno;
        // The file system cannot do that: a moment remains between this look and the rename.
        if (faccessat(m_folder, m_name.constData(), F_OK, AT_SYMLINK_NOFOLLOW) == 0)
            return EEXIST;
    }
    return renameat(m_folder, temporary.constData(), m_folder, m_name.constData()) == 0 ? 0 : errno;
}

Result<FileStamp> SafeWrite::rewriteUnlessParting(const QByteArray &bytes, const Existing &existing) const
{
    if (existing.info.st_nlink > 1 && m_links == HardLinks::Part)
        return refused(ErrorKind::Unsupported,
            "%1 has other names elsewhere (hard links) that would change with it, and no file of its own can "
            "take "
            "its place. It was left alone; make a copy under another name and change that.");
    return rewriteInPlace(bytes, existing);
}

Result<FileStamp> SafeWrite::rewriteInPlace(const QByteArray &bytes, const Existing &existing) const
{
    if (!existing.isWritable)
        return refused(ErrorKind::Unsupported,
            "%1 is a program that is running, and was left alone. Stop it, or write to another name.");
    if (losesPrivilegesByWriting(existing.file.get(), existing.info))
        return refused(ErrorKind::Unsupported,
            "%1 has special rights that writing it would take away, and was left alone. Change it with the "
            "program that installed it.");
    TemporaryFile spare(m_folder, 0600);
    if (isForbidden(spare.error()))
        return refused(ErrorKind::PermissionDenied,
            "%1 was left alone: its folder cannot be written, so its old content cannot be kept safe "
            "meanwhile. Make the folder writable, then try again.");
    if (spare.error() != 0)
        return notWritten(spare.error());
    const int fd = existing.file.get();
    if (const int code = copyFully(fd, spare.fd(), existing.info.st_size); code != 0)
        return notWritten(code);
    if (fsync(spare.fd()) != 0)
        return notWritten(errno);
    if (const int code = syncFolder(m_folder); code != 0)
        return notWritten(code);
    if (const Result<void> checked = checkExpected(existing); !checked)
        return failure(checked.error());
    Result<FileStamp> written = overwrite(bytes, existing);
    if (written)
        return written;
    if (copyFully(spare.fd(), fd, existing.info.st_size) == 0 &&
        (!m_mode || fchmod(fd, existing.info.st_mode & 07777) == 0) && fsync(fd) == 0)
        return written;
    spare.keep();
    return failure(ErrorKind::Io,
        QStringLiteral(
            "%1 was damaged while it was written, and putting its old content back failed, too. "
            "The old content is safe in %2, in the same folder. Check the disk, then copy it back.")
            .arg(pathToText(m_name), QString::fromUtf8(spare.name())),
        written.error().detail);
}

Result<FileStamp> SafeWrite::overwrite(const QByteArray &bytes, const Existing &existing) const
{
    const int fd = existing.file.get();
    // Room first: with all blocks there, writing over them does not meet a full disk half-way.
    if (bytes.size() > existing.info.st_size) {
        const int code = posix_fallocate(fd, 0, bytes.size());
        if (code != 0 && code != EOPNOTSUPP && code != EINVAL)
            return notWritten(code);
    }
    if (lseek(fd, 0, SEEK_SET) != 0)
        return notWritten(errno);
    if (const int code = writeFully(fd, bytes); code != 0)
        return notWritten(code);
    if (ftruncate(fd, bytes.size()) != 0 || (m_mode && fchmod(fd, *m_mode & 07777) != 0) || fsync(fd) != 0)
        return notWritten(errno);
    return FileStamp::of(fd).value_or(FileStamp{});
}

// Last of all before the old bytes go: the name still leads to the file that was opened, nobody touched that
// since, and it holds what the caller read.
Result<void> SafeWrite::checkExpected(const Existing &existing) const
{
    const auto *version = std::get_if<FileVersion>(&m_expected);
    if (version && !version->contentHash.isEmpty() &&
        contentHash(existing.file.get()) != version->contentHash)
        return conflict();
    const FileStamp opened = FileStamp::of(existing.info);
    if (version && version->contentHash.isEmpty() && opened != version->stamp)
        return conflict();
    struct stat now {};
    if (fstatat(m_folder, m_name.constData(), &now, AT_SYMLINK_NOFOLLOW) != 0 || FileStamp::of(now) != opened)
        return conflict();
    return {};
}

tl::unexpected<Error> SafeWrite::notWritten(int code) const
{
    const QString name = pathToText(m_name);
    Error error = errorFromErrno(code, name);
    if (error.kind == ErrorKind::Io && code != EROFS)
        error.message =
            QStringLiteral("%1 was not written and is as it was: %2. Check the disk, then try again.")
                .arg(name, error.detail);
    return failure(std::move(error));
}

tl::unexpected<Error> SafeWrite::refused(ErrorKind kind, const char *text) const
{
    return failure(kind, QString::fromUtf8(text).arg(pathToText(m_name)));
}

tl::unexpected<Error> SafeWrite::conflict() const
{
    if (std::holds_alternative<NoFile>(m_expected))
        return refused(ErrorKind::Conflict,
            "%1 was made by somebody else in the meantime, and was left alone. Read it, then decide.");
    return refused(ErrorKind::Conflict,
        "%1 has changed since it was read, and was left alone. Read it again, then repeat the change.");
}

} // namespace Meanwhile
