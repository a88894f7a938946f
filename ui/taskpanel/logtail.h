// SPDX-License-Identifier: MIT
#pragma once

#include "ui/taskpanel/ansiparser.h"
#include "ui/taskpanel/logsource.h"

#include <memory>

namespace Meanwhile::Ui {

/// What one read of a log brought.
struct LogUpdate {
    bool fresh = false;     ///< replaces everything shown, e.g. after a flood that outran the reader
    QVector<LogLine> lines; ///< ended since the last update
    LogLine open;           ///< what stands after the last line end, in full
    qint64 sizeBytes = 0;   ///< of the log

    bool operator==(const LogUpdate &) const = default;
};

/// A part of a log around one of its lines.
struct LogPart {
    QVector<LogLine> lines;
    qint64 endOffset = 0; ///< of what follows the last of them
    qint64 around = 0;    ///< the line that was asked for

    bool operator==(const LogPart &) const = default;
};

/// Follows the end of a log, however large it is: reads at most kWindowBytes a call and keeps no text.
///
/// Where the middle of a log was dropped, a dim line stands for it.
/// Thread: any, one call at a time; blocks for the file.
class LogTail {
public:
    static constexpr qint64 kWindowBytes = 1024 * 1024;
    static constexpr qsizetype kWindowLines = 5'000;

    explicit LogTail(std::shared_ptr<LogSource> source);

    /// First call: the last kWindowLines lines. Later: what is new.
    LogUpdate readNew();
    /// The lines before the one that begins at `offset`, at most kWindowLines.
    QVector<LogLine> readBefore(qint64 offset);
    /// The line that begins at `offset` with those before and behind it, in all at most kWindowLines.
    LogPart readAround(qint64 offset);
    /// The next readNew() is as the first.
    void restart() { m_end = -1; }

private:
    LogSource::Piece windowBefore(qint64 end, const LogExtent &extent);

    std::shared_ptr<LogSource> m_source;
    AnsiParser m_parser;
    qint64 m_end = -1; ///< of what was read; -1 before the first read
};

} // namespace Meanwhile::Ui
