// SPDX-License-Identifier: MIT
#include "tasks/taskoutput.h"

#include "runner/loglayout.h"
#include "tasks/outputdigest.h"

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kBlockBytes = 64 * 1024;
constexpr qint64 kGlanceBytes = 1024;
constexpr int kGlanceLines = 8;

const QString kChanged =
    u"The kept output was changed by another process, so it is not shown as the command's."_s;
const QString kNotSealed =
    u"The kept output is of an earlier release or was changed by another process, so it is not shown as the command's."_s;
const QString kOvertaken = u"The output is written faster than it can be checked. Ask again in a moment."_s;

QString lastFilledLine(const QString &text)
{
    const QStringList lines = text.split(u'\n');
    for (auto line = lines.crbegin(); line != lines.crend(); ++line) {
        if (!line->trimmed().isEmpty())
            return line->trimmed().left(kMaxLastLineChars);
    }
    return {};
}

QString wordsFor(LogDoubt doubt)
{
    switch (doubt) {
    case LogDoubt::NotSealed:
        return kNotSealed;
    case LogDoubt::Changed:
        return kChanged;
    case LogDoubt::Overtaken:
        return kOvertaken;
    }
    return {};
}

/// The digest of a whole log, or why there is none.
struct LogDigest {
    QString text;
    QString distrust;
};

LogDigest digestOf(const TaskLog &log, const Runner::SealKey &key)
{
    const Result<TaskLog> copy = trustedCopyOf(log, key);
    if (!copy)
        return {{}, copy.error().message};
    OutputDigest digest;
    LogPart part;
    do {
        const Result<LogPart> next = copy->since(part.nextOffset, kBlockBytes);
        if (!next)
            break;
        part = *next;
        if (part.skippedBytes > 0)
            digest.addGap(part.skippedBytes);
        digest.add(part.bytes);
    } while (!part.atEnd);
    if (const Result<LogSummary> summary = copy->summary(); summary && summary->lostBytes > 0)
        digest.addGap(summary->lostBytes);
    return {digest.finish(), {}};
}

std::optional<OutputGlance> glanceAt(const TaskLog &log, qint64 knownBytes)
{
    const Result<LogSummary> summary = log.summary();
    if (!summary || summary->totalBytes == knownBytes)
        return std::nullopt;
    const Result<QString> end = log.lastLines(kGlanceLines, kGlanceBytes);
    return OutputGlance{summary->totalBytes, summary->totalLines, end ? lastFilledLine(*end) : QString(),
        summary->lostBytes + summary->droppedBytes()};
}

/// Says why instead of a digest, unless it is told already that the disk has failed.
void withholdOutput(Task &task, const QString &distrust, bool hasDiskFailed)
{
    task.digest.clear();
    task.lastLine.clear();
    task.unkeptBytes = task.outputBytes;
    if (!hasDiskFailed && task.state != TaskState::FailedToStart) // which has no output of a command
        task.addFailure(distrust);
}

} // namespace

Result<TaskLog> trustedCopyOf(const TaskLog &log, const Runner::SealKey &key)
{
    auto copy = log.copyAsWritten(key);
    if (!copy)
        return failure(ErrorKind::Protocol, wordsFor(copy.error()));
    return std::move(*copy);
}

std::optional<OutputGlance> glanceAtLog(const QString &logPath, qint64 knownBytes)
{
    const Result<TaskLog> log = TaskLog::open(logPath);
    return log ? glanceAt(*log, knownBytes) : std::nullopt;
}

FinalOutput finalOutputOf(const QString &logPath, qint64 digestUpTo, const Runner::SealKey &key)
{
    const Result<TaskLog> log = TaskLog::open(logPath);
    const std::optional<OutputGlance> glance = log ? glanceAt(*log, 0) : std::nullopt;
    if (!glance) {
        FinalOutput none;
        const bool isEmpty = log && log->summary();
        none.problem = isEmpty ? u"nothing of it reached the log"_s : u"its log is gone or damaged"_s;
        return none;
    }
    const bool isLong = log->fileBytes() - qint64(Runner::kLogDataStart) > digestUpTo;
    FinalOutput output{*glance, {}, {}, isLong, {}};
    if (!output.needsDigest) {
        const LogDigest made = digestOf(*log, key);
        output.digest = made.text;
        output.distrust = made.distrust;
    }
    return output;
}

void FinalOutput::applyTo(Task &task, bool hasDiskFailed) const
{
    if (!distrust.isEmpty())
        return withholdOutput(task, distrust, hasDiskFailed);
    if (!problem.isEmpty() && task.outputBytes > 0) {
        task.addFailure(u"Its output was not kept: %1."_s.arg(problem));
        task.unkeptBytes = task.outputBytes;
        return;
    }
    // A log that tells of less than its supervisor did is not the one that it has written.
    if (glance.bytes < task.outputBytes && !hasDiskFailed && task.state != TaskState::Lost)
        return withholdOutput(task, kChanged, hasDiskFailed);
    task.digest = digest;
    task.unkeptBytes = glance.unkeptBytes;
    if (glance.bytes == 0)
        return;
    task.outputBytes = glance.bytes;
    task.outputLines = glance.lines;
    task.lastLine = glance.lastLine;
}

} // namespace Meanwhile::Tasks
