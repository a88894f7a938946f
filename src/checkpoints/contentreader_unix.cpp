// SPDX-License-Identifier: MIT
#include "checkpoints/contentreader.h"

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace Meanwhile::Checkpoints {

using namespace Qt::StringLiterals;

namespace {

constexpr int kAttempts = 4;
constexpr qint64 kChunkBytes = 256 * 1024;
// Stamps are as fine as the kernel's tick, 10 ms at most: a younger one may not move with the next write.
constexpr qint64 kTickNs = 20'000'000;

qint64 wallNs()
{
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    return qint64(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

bool isSettledAt(const FileStamp &stamp, qint64 momentNs)
{
    return qMax(stamp.modifiedNs, stamp.changedNs) + kTickNs <= momentNs;
}

// At most one byte more than `most`; nothing when the disk fails. `expected`: most files are small, and as
// long as they were a moment ago.
std::optional<QByteArray> readUpTo(int fd, qint64 most, qint64 expected)
{
    QByteArray bytes;
    qint64 step = std::clamp(expected + 1, qint64(1), kChunkBytes);
    while (bytes.size() <= most) {
        const qsizetype before = bytes.size();
        bytes.resize(qMin(before + std::exchange(step, kChunkBytes), most + 1));
        const ssize_t got = pread(fd, bytes.data() + before, size_t(bytes.size() - before), before);
        bytes.truncate(before + qMax<ssize_t>(got, 0));
        if (got < 0 && errno != EINTR)
            return std::nullopt;
        if (got == 0)
            break;
    }
    return bytes;
}

} // namespace

Result<void> ContentReader::read(Manifest &manifest, const IsCancelled &isCancelled)
{
    m_parent.reset();
    qsizetype done = 0;
    for (auto record = manifest.records.begin(); record != manifest.records.end();) {
        if (!record->object.isEmpty() || record->kind == FileRecord::Kind::Folder) {
            ++record;
            continue;
        }
        if (isCancelled())
            return failure(ErrorKind::Cancelled, u"Stopped before all files were read."_s);
        m_progress(done++);
        const Content content = contentOf(record.key(), *record);
        if (content.whyNot || content.isGone) {
            if (content.whyNot)
                manifest.leftOut += LeftOut{record.key(), *content.whyNot};
            record = manifest.records.erase(record);
            continue;
        }
        const Result<QByteArray> object = m_objects.write(content.bytes);
        if (!object)
            return failure(object.error());
        *record = content.record;
        record->object = *object;
        ++record;
    }
    return {};
}

ContentReader::Content ContentReader::contentOf(const QByteArray &path, const FileRecord &record)
{
    const auto [folder, name] = splitPath(path);
    if (!m_parent.isValid() || folder != m_parentPath) {
        m_parent = m_folder.folder(folder);
        m_parentPath = folder;
    }
    if (!m_parent.isValid())
        return {{}, record, {}, true};
    return record.kind == FileRecord::Kind::Link ? linkContent(name, record) : fileContent(name, record);
}

ContentReader::Content ContentReader::linkContent(const QByteArray &name, FileRecord record) const
{
    const std::optional<QByteArray> target = ProjectFolder::linkTarget(m_parent, name);
    if (!target)
        return {{}, record, {}, true};
    record.isSettled = isSettledAt(record.stamp, wallNs());
    return {*target, record, {}, false};
}

ContentReader::Content ContentReader::fileContent(const QByteArray &name, FileRecord record) const
{
    const Descriptor file(
        openat(m_parent.get(), name.constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file.isValid() && errno == ENOENT)
        return {{}, record, {}, true};
    if (!file.isValid())
        return {{}, record, LeftOut::Why::Unreadable, false};
    std::optional<QByteArray> lastTime;
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        struct stat before {};
        struct stat after {};
        const qint64 start = wallNs();
        if (fstat(file.get(), &before) != 0)
            break;
        if (!S_ISREG(before.st_mode))
            return {{}, record, LeftOut::Why::Special, false};
        const std::optional<QByteArray> bytes = readUpTo(file.get(), m_maxFileBytes, before.st_size);
        if (!bytes || fstat(file.get(), &after) != 0)
            break;
        if (bytes->size() > m_maxFileBytes)
            return {{}, record, LeftOut::Why::TooLarge, false};
        record.stamp = FileStamp::of(after);
        record.mode = after.st_mode & 07777;
        record.isSettled = isSettledAt(record.stamp, start);
        const bool isWhole = FileStamp::of(before) == record.stamp && bytes->size() == after.st_size;
        // A young stamp proves nothing; the same bytes twice do.
        if (isWhole && (record.isSettled || lastTime == bytes))
            return {*bytes, record, {}, false};
        lastTime = isWhole ? bytes : std::nullopt;
    }
    return {{}, record, LeftOut::Why::Unsteady, false};
}

} // namespace Meanwhile::Checkpoints
