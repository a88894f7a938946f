// SPDX-License-Identifier: MIT
#pragma once

#include "project/cancelflag.h"
#include "project/childprogram.h"
#include "project/searchpattern.h"

#include <QDeadlineTimer>
#include <QStringList>

#include <list>

namespace Meanwhile::Project {

/// A line that matches.
struct FoundLine {
    QByteArray path;      ///< as it was given, or below a folder that was given
    qint64 number = 0;    ///< from 1
    QByteArray text;      ///< without its end; in UTF-8 unless the file is in neither that nor UTF-16
    qsizetype column = 0; ///< in bytes, of the first match
    qint64 offset = 0;    ///< in bytes, of the line in its file

    bool operator==(const FoundLine &) const = default;
};

/// Searches files with rg(1), several at once, while the caller is still naming them.
///
/// What to search is the caller's to say: rg gets every file or folder by name and reads no ignore rules,
/// settings or preprocessors of its own. Each run of it is ended when the time is over, enough was found, or
/// the call is cancelled. Used by one thread, off the GUI thread; waits in small steps.
class Ripgrep {
public:
    struct Limits {
        qsizetype lines = 2'000;
        qsizetype linesOfAFile = 201;
        qint64 bytes = 64'000'000; ///< of rg's output
    };
    enum class End { Complete, Cancelled, TimeOver, TooMuchFound };

    /// Names of files are relative to `folder`, which stays open as long as this lives. No program in
    /// `project` is run.
    Ripgrep(SearchPattern pattern, const Descriptor &folder, Limits limits, CancelFlag cancelled,
        QDeadlineTimer deadline, const QString &project);

    /// A file, or a folder with so many files in and below it. What comes into the folder meanwhile is
    /// searched as well: the caller leaves out what is none of its files.
    void add(const QByteArray &place, qsizetype files = 1);
    /// Searches what is open for reading as `input`, and names it `name`.
    void addOpen(const Descriptor &input, const QByteArray &name);
    /// Waits for all that was added.
    End finish();
    bool mayGoOn() const;

    const QVector<FoundLine> &lines() const { return m_lines; }
    /// Files that match and have a NUL byte near the beginning.
    const QByteArrayList &binary() const { return m_binary; }
    /// Files that were not searched, each with the reason.
    const QStringList &unread() const { return m_unread; }
    /// Why nothing could be searched at all, worded for the model; else empty.
    const QString &problem() const { return m_problem; }

private:
    struct Run {
        ChildProgram program;
        QByteArray name; ///< of what it reads from its input
        QByteArray output;
        QByteArray errors;
        QVector<FoundLine> lines; ///< of the file that it is at
    };

    void start(const QByteArrayList &files, const Descriptor *input, const QByteArray &name);
    void startBatch();
    void pump();
    static bool readSome(Descriptor &from, QByteArray &into);
    void takeOutput(Run &run);
    void takeLine(Run &run, const QByteArray &line);
    void countLineFeeds(QVector<FoundLine> &lines) const;
    void takeErrors(Run &run, int exitCode);

    SearchPattern m_pattern;
    const Descriptor &m_folder;
    Limits m_limits;
    CancelFlag m_cancelled;
    QDeadlineTimer m_deadline;
    qsizetype m_maxBatchBytes;
    QByteArray m_program;
    QByteArrayList m_batch;
    qsizetype m_batchBytes = 0;
    qsizetype m_batchFiles = 0;
    qsizetype m_nextBatchFiles; ///< as many files as make the next batch
    std::list<Run> m_runs;
    qint64 m_outputBytes = 0;
    QVector<FoundLine> m_lines;
    QByteArrayList m_binary;
    QStringList m_unread;
    QString m_problem;
    bool m_isFull = false;
};

} // namespace Meanwhile::Project
