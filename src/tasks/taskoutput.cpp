// SPDX-License-Identifier: MIT
#include "tasks/taskoutput.h"

#include "tasks/outputdigest.h"

namespace Meanwhile::Tasks {

namespace {

constexpr qint64 kBlockBytes = 64 * 1024;
constexpr qint64 kGlanceBytes = 1024;
constexpr int kGlanceLines = 8;

QString lastFilledLine(const QString &text)
{
    const QStringList lines = text.split(u'\n');
    for (auto line = lines.crbegin(); line != lines.crend(); ++line) {
        if (!line->trimmed().isEmpty())
            return line->trimmed().left(kMaxLastLineChars);
    }
    return {};
}

} // namespace

QString digestOfLog(const QString &logPath)
{
    const Result<TaskLog> log = TaskLog::open(logPath);
    if (!log)
        return {};
    OutputDigest digest;
    LogPart part;
    do {
        const Result<LogPart> next = log->since(part.nextOffset, kBlockBytes);
        if (!next)
            break;
        part = *next;
        if (part.skippedBytes > 0)
            digest.addGap(part.skippedBytes);
        digest.add(part.bytes);
    } while (!part.atEnd);
    if (const Result<LogSummary> summary = log->summary(); summary && summary->lostBytes > 0)
        digest.addGap(summary->lostBytes);
    return digest.finish();
}

std::optional<OutputGlance> glanceAtLog(const QString &logPath, qint64 knownBytes)
{
    const Result<TaskLog> log = TaskLog::open(logPath);
    const Result<LogSummary> summary = log ? log->summary() : failure(log.error());
    if (!summary || summary->totalBytes == knownBytes)
        return std::nullopt;
    const Result<QString> end = log->lastLines(kGlanceLines, kGlanceBytes);
    return OutputGlance{summary->totalBytes, summary->totalLines, end ? lastFilledLine(*end) : QString()};
}

} // namespace Meanwhile::Tasks
