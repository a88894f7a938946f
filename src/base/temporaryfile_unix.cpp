// SPDX-License-Identifier: MIT
#include "base/temporaryfile.h"

#include <QRandomGenerator>

#include <cerrno>
#include <fcntl.h>

namespace Meanwhile {

namespace {

constexpr int kAttempts = 16;
constexpr qint64 kChunkBytes = 1024 * 1024;

} // namespace

TemporaryFile::TemporaryFile(int folderFd, quint32 mode)
    : m_folder(folderFd)
{
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        m_name = kPrefix + QByteArray::number(QRandomGenerator::system()->generate64(), 16);
        m_file.reset(
            openat(folderFd, m_name.constData(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
        m_error = m_file.isValid() ? 0 : errno;
        if (m_error != EEXIST)
            return;
    }
}

TemporaryFile::~TemporaryFile()
{
    if (m_file.isValid() && !m_isKept)
        unlinkat(m_folder, m_name.constData(), 0);
}

int writeFully(int fd, const QByteArray &bytes)
{
    for (qint64 done = 0; done < bytes.size();) {
        const ssize_t written = ::write(fd, bytes.constData() + done, size_t(bytes.size() - done));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return written < 0 ? errno : EIO;
        done += written;
    }
    return 0;
}

int copyFully(int from, int to, qint64 sizeBytes)
{
    if (lseek(to, 0, SEEK_SET) != 0)
        return errno;
    for (qint64 at = 0; at < sizeBytes;) {
        QByteArray chunk(qMin(kChunkBytes, sizeBytes - at), Qt::Uninitialized);
        const ssize_t got = pread(from, chunk.data(), size_t(chunk.size()), at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got < 0 ? errno : EIO;
        chunk.truncate(got);
        if (const int code = writeFully(to, chunk); code != 0)
            return code;
        at += got;
    }
    return ftruncate(to, sizeBytes) == 0 ? 0 : errno;
}

} // namespace Meanwhile
