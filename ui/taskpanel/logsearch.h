// SPDX-License-Identifier: MIT
#pragma once

#include "ui/taskpanel/logsource.h"

#include <QString>
#include <QVector>

#include <atomic>
#include <compare>

namespace Meanwhile::Ui {

/// Where a text stands in a log.
struct LogMatch {
    qint64 line = 0; ///< offset of the line's first byte
    int column = 0;  ///< of the match's first character in the line

    auto operator<=>(const LogMatch &) const = default;
};

/// All places where a log has a text.
struct LogMatches {
    static constexpr qsizetype kMost = 20'000;

    QString text;
    QVector<LogMatch> places; ///< in order, the first kMost
    bool hasMore = false;     ///< than kMost
    bool hasGap = false;      ///< a part of the output was not kept and could not be searched

    bool operator==(const LogMatches &) const = default;
};

/// Searches all of a log that is kept, line by line as a LogView shows it and whatever the case.
///
/// Thread: any; blocks for the file. Once `isCancelled`, it returns soon with what it has.
LogMatches searchLog(LogSource &source, const QString &text, const std::atomic_bool &isCancelled);

} // namespace Meanwhile::Ui
