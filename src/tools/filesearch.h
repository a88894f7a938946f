// SPDX-License-Identifier: MIT
#pragma once

#include "tools/filetool.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QStringList>

#include <chrono>

namespace Meanwhile::Tools {

/// Looks for a pattern in one file after the other, line by line, within limits that hold for all of them.
///
/// Memory is bounded for files of any size. Used by one thread, off the GUI thread.
class FileSearch {
public:
    struct Limits {
        qsizetype matches = 200;
        qsizetype chars = 0; ///< of all lines found
        qint64 bytes = 1'000'000'000;
        std::chrono::milliseconds time{10'000};
    };

    FileSearch(QRegularExpression pattern, Limits limits, CancelFlag cancelled);

    /// Adds "path:line:text" for each line of the file that matches. Binary files are passed over.
    void search(const Descriptor &file, const QString &path);

    bool mayGoOn() const;
    const QStringList &lines() const { return m_lines; }

private:
    void searchPiece(const QByteArray &piece, const QString &path);
    void add(const QString &path, qint64 line, const QString &text, qsizetype column);

    QRegularExpression m_pattern;
    Limits m_limits;
    CancelFlag m_cancelled;
    QElapsedTimer m_elapsed;
    QStringList m_lines;
    qsizetype m_chars = 0;
    qint64 m_bytes = 0;
    qint64 m_line = 1; ///< of the current piece's beginning
};

} // namespace Meanwhile::Tools
