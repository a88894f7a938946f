// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/linerank.h"
#include "tasks/terminallines.h"

#include <QString>
#include <QVector>

#include <deque>

namespace Meanwhile::Tasks {

/// A command's output cut down to what a reader needs first: all of it when it is small, else the lines that
/// matter (errors, summaries, warnings), then the end; it says what was left out.
///
/// Escape sequences and progress redraws are gone, equal lines that follow each other are one with a count.
/// Pure: takes bytes in any pieces, linear time, bounded memory, at most kMaxDigestBytes of UTF-8.
class OutputDigest {
public:
    static constexpr qsizetype kMaxDigestBytes = 4096;

    OutputDigest();

    void add(QByteArrayView bytes);
    /// Output that was not kept is missing here.
    void addGap(qint64 bytes);
    QString finish();

    static QString of(QByteArrayView output);

private:
    struct Entry {
        qint64 number = 0; ///< of the first of the equal lines, from 1
        LineRank rank = LineRank::Plain;
        QByteArray bytes; ///< of the line, and what is missing in it, as TerminalLines has it
        qsizetype headBytes = 0;
        qint64 omittedBytes = 0;
        qint64 repeats = 1;

        qsizetype size() const; ///< about that of line()
        QString line() const;
    };
    /// The first and the last few of one rank.
    struct Shortlist {
        std::deque<Entry> first;
        std::deque<Entry> last;
    };

    void addLine(const TerminalLines::Line &line);
    void settle();
    void keep(Entry entry);
    QString selectedText() const;
    QVector<Entry> selection(qint64 beforeLine, qsizetype budget) const;
    QVector<Entry> tail(qsizetype budget) const;

    TerminalLines m_lines;
    Entry m_current;
    bool m_hasCurrent = false;
    bool m_hasGap = false;
    qint64 m_lineNumber = 0;
    qint64 m_gapBytes = 0;
    qsizetype m_keptBytes = 0;
    Shortlist m_shortlists[4]; ///< by rank; Plain stays empty
    int m_context = 0;         ///< how many more lines belong to the error above
    std::deque<Entry> m_tail;
    bool m_tailIsWhole = true;
};

} // namespace Meanwhile::Tasks
