// SPDX-License-Identifier: MIT
#pragma once

#include "project/ripgrep.h"

namespace Meanwhile::Project {

/// The lines of a text in memory that match, the last ones where they are many. Searched when constructed.
///
/// Used off the GUI thread; takes at most kMaxTime.
class LineSearch {
public:
    static constexpr std::chrono::seconds kMaxTime{10};
    static constexpr qsizetype kMaxLines = 5'000;

    /// Each line of the text ends with a line feed. No program in `project` is run.
    LineSearch(const QByteArray &text, const SearchPattern &pattern, const CancelFlag &cancelled,
        const QString &project);

    const QVector<FoundLine> &lines() const { return m_lines; }
    bool hasMore() const { return m_hasMore; }
    /// Why not all of it was searched; else empty.
    const QString &problem() const { return m_problem; }

private:
    QVector<FoundLine> m_lines;
    bool m_hasMore = false;
    QString m_problem;
};

} // namespace Meanwhile::Project
