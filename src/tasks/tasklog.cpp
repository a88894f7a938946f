// SPDX-License-Identifier: MIT
#include "tasks/tasklog.h"

#include "base/textlimits.h"
#include "runner/loglayout.h"
#include "tasks/logcheck.h"
#include "tasks/plainfile.h"
#include "tasks/processidentity.h"
#include "tasks/terminallines.h"

#include <QBuffer>
#include <QStringList>

#include <cstring>

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;
using Runner::LogHeader;

namespace {

constexpr int kHeaderTries = 20;
constexpr qint64 kBlockBytes = 64 * 1024;
/// No log is as large; sums of such numbers stay numbers.
constexpr quint64 kMostBytes = quint64(1) << 60;

LogSummary summarize(const LogHeader &header)
{
    LogSummary summary;
    summary.totalBytes = qint64(header.storedBytes) + qint64(header.lostBytes);
    summary.totalLines = qint64(header.lines);
    summary.endOffset = qint64(header.storedBytes);
    summary.gapStart = qint64(std::min(header.headBytes, header.storedBytes));
    summary.gapEnd = std::max(summary.gapStart, qint64(std::min(keptFrom(header), header.storedBytes)));
    summary.lostBytes = qint64(header.lostBytes);
    summary.writeErrno = int(header.writeErrno);
    return summary;
}

QString gapMarker(qint64 bytes)
{
    return u"[… %1 bytes left out …]"_s.arg(formatCount(bytes));
}

QString bootIdText(const LogHeader &header)
{
    const QString digits =
        u"%1%2"_s.arg(header.bootIdHigh, 16, 16, QChar(u'0')).arg(header.bootIdLow, 16, 16, QChar(u'0'));
    return bootIdFrom(digits.toLatin1());
}

tl::unexpected<Error> damaged()
{
    return failure(ErrorKind::Protocol, u"The file with the task's output is damaged."_s);
}

bool isPossible(const LogHeader &header)
{
    const std::initializer_list<quint64> sizes{header.headBytes, header.ringBytes, header.storedBytes,
        header.claimedBytes, header.lines, header.lostBytes, header.blockBytes, header.sealedFrom};
    return header.ringBytes > 0 && std::max(sizes) <= kMostBytes;
}

/// How many bytes from this position on lie one behind the other in the file.
qint64 unbroken(const LogHeader &header, quint64 position)
{
    if (position < header.headBytes)
        return qint64(header.headBytes - position);
    return qint64(header.ringBytes - (position - header.headBytes) % header.ringBytes);
}

bool isLaidOutAs(const LogHeader &one, const LogHeader &other)
{
    return one.headBytes == other.headBytes && one.ringBytes == other.ringBytes &&
           one.blockBytes == other.blockBytes;
}

} // namespace

TaskLog::TaskLog(std::unique_ptr<QIODevice> file)
    : m_file(std::move(file))
{
}

Result<TaskLog> TaskLog::open(const QString &path)
{
    Result<std::unique_ptr<QFile>> file = openPlainFile(path);
    if (file)
        return TaskLog(std::move(*file));
    if (file.error().kind == ErrorKind::Protocol)
        return damaged();
    const bool isMissing = file.error().kind == ErrorKind::NotFound;
    return failure(file.error().kind,
        isMissing ? u"This task has written no output."_s : u"The task's output cannot be read."_s,
        file.error().message);
}

// The writer may be at work in this moment: a header whose check does not fit is read again.
Result<LogHeader> TaskLog::header() const
{
    for (int i = 0; i < kHeaderTries; ++i) {
        LogHeader header;
        char bytes[sizeof header];
        m_file->seek(0);
        const qint64 size = m_file->read(bytes, sizeof bytes);
        if (size == 0) {
            header.headBytes = header.ringBytes = 1; // made, nothing written yet
            return header;
        }
        if (size < qint64(Runner::kShortHeaderBytes))
            continue;
        std::memset(
            bytes + size, 0, sizeof bytes - size_t(size)); // an earlier release's, and nothing behind it
        std::memcpy(&header, bytes, sizeof header);
        if (header.magic != Runner::kLogMagic)
            break;
        if (header.check == headerCheck(header) && isPossible(header))
            return header;
    }
    return damaged();
}

std::optional<LogHeader> TaskLog::sealedHeader(const Runner::SealKey &key) const
{
    for (int i = 0; i < kHeaderTries && key.isSet; ++i) {
        const Result<LogHeader> found = header();
        if (!found)
            break;
        if (sealOfHeader(key, *found) == found->seal)
            return *found;
    }
    return std::nullopt;
}

// What is written meanwhile can only change what was read by going round in the ring. Then each round reads
// what is new since the one before, which is less each time.
tl::expected<TaskLog, LogDoubt> TaskLog::copyAsWritten(const Runner::SealKey &key) const
{
    constexpr int kRounds = 100;
    std::optional<LogHeader> now = sealedHeader(key);
    if (!now) {
        const Result<LogHeader> found = header();
        return tl::unexpected(found && found->seal == 0 ? LogDoubt::NotSealed : LogDoubt::Changed);
    }
    LogHeader known; // all that it speaks of is in the image
    QByteArray image;
    for (int i = 0; i < kRounds; ++i) {
        const quint64 from = isLaidOutAs(known, *now) ? known.storedBytes : 0;
        known = *now;
        now = copyInto(image, known, from) ? sealedHeader(key) : std::nullopt;
        if (!now)
            return tl::unexpected(LogDoubt::Changed);
        if (!isLaidOutAs(known, *now) || tailStart(*now) > keptFrom(known))
            continue;
        auto copied = std::make_unique<QBuffer>();
        copied->setData(image);
        copied->open(QIODevice::ReadOnly);
        TaskLog copy(std::move(copied));
        if (copy.isAsWritten(known, key))
            return copy;
        return tl::unexpected(LogDoubt::Changed);
    }
    return tl::unexpected(LogDoubt::Overtaken);
}

/// Lays the kept bytes from this position on into the image as they lie in the file, and the header. False
/// when the file holds less than its header says.
bool TaskLog::copyInto(QByteArray &image, const LogHeader &header, quint64 from) const
{
    const qint64 size =
        qint64(Runner::kLogDataStart + std::min(header.storedBytes, header.headBytes + header.ringBytes));
    if (size > fileBytes())
        return false;
    image.resize(size);
    std::memcpy(image.data(), &header, sizeof header);
    const LogSummary kept = summarize(header);
    qint64 at = qint64(from);
    while (at < kept.endOffset) {
        if (at >= kept.gapStart && at < kept.gapEnd) {
            at = kept.gapEnd;
            continue;
        }
        const qint64 end = at < kept.gapStart ? kept.gapStart : kept.endOffset;
        const auto offset = qint64(fileOffset(header, quint64(at)));
        m_file->seek(offset);
        const qint64 piece =
            m_file->read(image.data() + offset, std::min(end - at, unbroken(header, quint64(at))));
        if (piece <= 0)
            return false;
        at += piece;
    }
    return true;
}

bool TaskLog::isAsWritten(const LogHeader &header, const Runner::SealKey &key) const
{
    LogCheck check(header, key);
    const LogSummary known = summarize(header);
    for (qint64 at = 0; at < known.endOffset;) {
        if (at == known.gapStart)
            at = known.gapEnd;
        const qint64 end = at < known.gapStart ? known.gapStart : known.endOffset;
        const QByteArray bytes = readAt(header, at, std::min(kBlockBytes, end - at));
        if (bytes.isEmpty())
            break;
        check.add(at, bytes);
        at += bytes.size();
    }
    return check.isAsWritten();
}

Result<LogSummary> TaskLog::summary() const
{
    return header().map(summarize);
}

Result<ProcessIdentity> TaskLog::supervisor() const
{
    return header().map([](const LogHeader &header) {
        return ProcessIdentity{bootIdText(header), qint64(header.supervisorPid), header.supervisorStartTicks};
    });
}

QByteArray TaskLog::readAt(const LogHeader &header, qint64 offset, qint64 size) const
{
    QByteArray bytes;
    while (size > 0) {
        const auto position = quint64(offset);
        m_file->seek(qint64(fileOffset(header, position)));
        const QByteArray piece = m_file->read(std::min(size, unbroken(header, position)));
        if (piece.isEmpty())
            break;
        bytes += piece;
        offset += piece.size();
        size -= piece.size();
    }
    return bytes;
}

Result<LogPart> TaskLog::since(qint64 offset, qint64 maxBytes) const
{
    const Result<LogHeader> before = header();
    if (!before)
        return failure(before.error());
    const LogSummary summary = summarize(*before);
    LogPart part;
    qint64 start = std::clamp<qint64>(offset, 0, summary.endOffset);
    if (start >= summary.gapStart && start < summary.gapEnd)
        start = summary.gapEnd;
    const qint64 stop = start < summary.gapStart ? summary.gapStart : summary.endOffset;
    part.bytes = readAt(*before, start, std::min(stop - start, maxBytes));
    const bool isNothingThere = part.bytes.isEmpty();

    // What the writer overtook while we read is no longer what it was.
    const Result<LogHeader> after = header();
    if (after && start >= summary.gapStart) {
        const qint64 stillThere = summarize(*after).gapEnd;
        const qint64 overtaken = std::clamp<qint64>(stillThere - start, 0, part.bytes.size());
        part.bytes.remove(0, overtaken);
        start += overtaken;
    }
    part.skippedBytes = std::max<qint64>(0, start - std::max<qint64>(offset, 0));
    part.nextOffset = start + part.bytes.size();
    part.atEnd = part.nextOffset >= summary.endOffset || isNothingThere;
    return part;
}

Result<QString> TaskLog::text(qint64 maxBytes) const
{
    const Result<LogSummary> known = summary();
    if (!known)
        return failure(known.error());
    // When not all of it is wanted, the gap is made wider on both sides.
    const qint64 excess = std::max<qint64>(0, known->endOffset - known->droppedBytes() - maxBytes);
    qint64 headEnd = known->droppedBytes() > 0 ? known->gapStart : known->endOffset;
    qint64 tailBegin = known->droppedBytes() > 0 ? known->gapEnd : known->endOffset;
    if (excess > 0) {
        headEnd = std::min(headEnd, maxBytes / 2);
        tailBegin = std::max(tailBegin, 0LL + known->endOffset - (maxBytes - headEnd));
    }
    QStringList lines;
    TerminalLines collect([&lines](const TerminalLines::Line &line) { lines.append(lineText(line)); });
    const auto addRange = [&](qint64 offset, qint64 end) {
        while (offset < end) {
            const Result<LogPart> part = since(offset, std::min(kBlockBytes, end - offset));
            if (!part || part->bytes.isEmpty())
                break;
            collect.add(part->bytes);
            offset = part->nextOffset;
        }
        collect.finish();
    };
    addRange(0, headEnd);
    if (tailBegin > headEnd) {
        lines.append(gapMarker(tailBegin - headEnd));
        addRange(tailBegin, known->endOffset);
    }
    return lines.join(u'\n');
}

Result<QString> TaskLog::lastLines(int count, qint64 maxBytes) const
{
    const Result<LogSummary> known = summary();
    if (!known)
        return failure(known.error());
    const qint64 oldest =
        std::max(known->droppedBytes() > 0 ? known->gapEnd : 0, known->endOffset - maxBytes);
    QByteArray bytes;
    qint64 start = known->endOffset;
    while (start > oldest && bytes.count('\n') <= count) {
        const qint64 size = std::min(kBlockBytes / 8, start - oldest);
        const Result<LogPart> part = since(start - size, size);
        if (!part || part->skippedBytes > 0 || part->bytes.size() != size)
            break; // the writer was faster: what is there already is newer
        bytes.prepend(part->bytes);
        start -= size;
    }
    QStringList lines;
    TerminalLines collect([&lines](const TerminalLines::Line &line) { lines.append(lineText(line)); });
    collect.add(bytes);
    collect.finish();
    if (lines.size() > count)
        return lines.sliced(lines.size() - count).join(u'\n');
    if (start > 0)
        lines.prepend(gapMarker(start));
    return lines.join(u'\n');
}

Result<LogText> TaskLog::allLines() const
{
    LogText all;
    qint64 number = 0;
    TerminalLines lines([&](const TerminalLines::Line &line) {
        ++number;
        all.text += lineText(line).toUtf8() + '\n';
    });
    LogPart part;
    bool hasGap = false;
    do {
        const Result<LogPart> next = since(part.nextOffset, kBlockBytes);
        if (!next)
            return failure(next.error());
        part = *next;
        if (part.skippedBytes > 0) {
            lines.finish();
            hasGap = true;
            all.linesBeforeGap = number;
        }
        lines.add(part.bytes);
    } while (!part.atEnd);
    lines.finish();
    // Behind a gap lines are numbered from the end.
    if (const Result<LogSummary> known = summary(); known && hasGap)
        all.linesLeftOut = known->totalLines - number;
    else
        all.linesBeforeGap = number;
    return all;
}

} // namespace Meanwhile::Tasks
