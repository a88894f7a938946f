// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "tasks/task.h"

#include <QFile>

#include <memory>
#include <optional>

namespace Meanwhile::Runner {
struct LogHeader;
struct SealKey;
} // namespace Meanwhile::Runner

namespace Meanwhile::Tasks {

/// What is known of a log without reading it. Offsets count the command's output from 0.
struct LogSummary {
    qint64 totalBytes = 0; ///< written by the command, kept or not
    qint64 totalLines = 0;
    qint64 endOffset = 0; ///< of what can be read
    qint64 gapStart = 0;  ///< the middle that was dropped: [gapStart, gapEnd)
    qint64 gapEnd = 0;
    qint64 lostBytes = 0; ///< could not be written, e.g. to a full disk; they have no offset
    int writeErrno = 0;

    qint64 droppedBytes() const { return gapEnd - gapStart; }
    bool operator==(const LogSummary &) const = default;
};

/// A piece of the output without a hole in it.
struct LogPart {
    QByteArray bytes;
    qint64 nextOffset = 0;   ///< ask for this next
    qint64 skippedBytes = 0; ///< dropped between the offset asked for and the first of `bytes`
    bool atEnd = true;       ///< nothing more is there yet
    bool operator==(const LogPart &) const = default;
};

/// All lines that are kept, as text.
struct LogText {
    QByteArray text;           ///< UTF-8; each line ends with a line feed
    qint64 linesBeforeGap = 0; ///< of `text`
    qint64 linesLeftOut = 0;   ///< between these and the rest

    /// The number of a line of the text, from 1, in the whole output.
    qint64 numberOf(qint64 line) const { return line > linesBeforeGap ? line + linesLeftOut : line; }
    bool operator==(const LogText &) const = default;
};

/// Why what is kept is not the command's for sure. Overtaken: it is written faster than it can be checked.
enum class LogDoubt { NotSealed, Changed, Overtaken };

/// Reads a task's log, also while it is being written and after its writer was killed.
///
/// Thread: any one thread; each call blocks for what it reads and reads no more than it was asked for. What a
/// log says of itself may be a command's words: only a copyAsWritten() can be relied on.
/// Text is valid UTF-8 without escape sequences; the dropped middle shows as "[… 84,000,000 bytes left out
/// …]". Errors: NotFound before the command has started, Protocol for a file that is no log.
class TaskLog {
public:
    static Result<TaskLog> open(const QString &path);

    Result<LogSummary> summary() const;
    /// Who writes it. Known before the command runs; pid 0 in the moments before that.
    Result<ProcessIdentity> supervisor() const;
    /// Of the file, whatever it says of itself.
    qint64 fileBytes() const { return m_file->size(); }
    /// All that is kept now, in memory, if its supervisor has written all of it. Reads no more than the file
    /// holds, and nothing of a log whose header is not sealed with this key.
    tl::expected<TaskLog, LogDoubt> copyAsWritten(const Runner::SealKey &key) const;
    /// For live views and for streaming through the whole log.
    Result<LogPart> since(qint64 offset, qint64 maxBytes) const;
    /// The whole kept text; when that is more than maxBytes, its beginning and its end.
    Result<QString> text(qint64 maxBytes) const;
    /// From at most the last maxBytes.
    Result<QString> lastLines(int count, qint64 maxBytes) const;
    /// All that is kept, which of a copy is at most 16 MiB.
    Result<LogText> allLines() const;

private:
    explicit TaskLog(std::unique_ptr<QIODevice> file);
    Result<Runner::LogHeader> header() const;
    std::optional<Runner::LogHeader> sealedHeader(const Runner::SealKey &key) const;
    QByteArray readAt(const Runner::LogHeader &header, qint64 offset, qint64 size) const;
    bool copyInto(QByteArray &image, const Runner::LogHeader &header, quint64 from) const;
    bool isAsWritten(const Runner::LogHeader &header, const Runner::SealKey &key) const;

    std::unique_ptr<QIODevice> m_file;
};

} // namespace Meanwhile::Tasks
