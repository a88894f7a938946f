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

QString digestOf(const TaskLog &log)
{
    OutputDigest digest;
    LogPart part;
    do {
        const Result<LogPart> next = log.since(part.nextOffset, kBlockBytes);
        if (!next)
            break;
        part = *next;
        if (part.skippedBytes > 0)
            digest.addGap(part.skippedBytes);
        digest.add(part.bytes);
    } while (!part.atEnd);
    if (const Result<LogSummary> summary = log.summary(); summary && summary->lostBytes > 0)
        digest.addGap(summary->lostBytes);
    return digest.finish();
}

std::optional<OutputGlance> glanceAt(const TaskLog &log, qint64 knownBytes)
{
    const Result<LogSummary> summary = log.summary();
    if (!summary || summary->totalBytes == knownBytes)
        return std::nullopt;
    const Result<QString> end = log.lastLines(kGlanceLines, kGlanceBytes);
    return OutputGlance{summary->totalBytes, summary->totalLines, end ? lastFilledLine(*end) : QString()};
}

} // namespace

QString digestOfLog(const QString &logPath)
{
    const Result<TaskLog> log = TaskLog::open(logPath);
    return log ? digestOf(*log) : QString();
}

std::optional<OutputGlance> glanceAtLog(const QString &logPath, qint64 knownBytes)
{
    const Result<TaskLog> log = TaskLog::open(logPath);
    return log ? glanceAt(*log, knownBytes) : std::nullopt;
}

FinalOutput finalOutputOf(const QString &logPath, qint64 digestUpTo)
{
    const Result<TaskLog> log = TaskLog::open(logPath);
    const std::optional<OutputGlance> glance = log ? glanceAt(*log, 0) : std::nullopt;
    if (!glance)
        return {};
    FinalOutput output{*glance, {}, glance->bytes > digestUpTo};
    if (!output.needsDigest)
        output.digest = digestOf(*log);
    return output;
}

void FinalOutput::applyTo(Task &task) const
{
    task.digest = digest;
    if (glance.bytes == 0)
        return;
    task.outputBytes = glance.bytes;
    task.outputLines = glance.lines;
    task.lastLine = glance.lastLine;
}

} // namespace Meanwhile::Tasks
