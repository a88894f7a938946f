// SPDX-License-Identifier: MIT
#pragma once

#include "project/ripgrep.h"

#include <span>

namespace Meanwhile::Project {

/// Searches the files among others that are text, but neither in UTF-8 nor in UTF-16: they are told by their
/// bytes, made UTF-8 and searched as that. At most 50 MB of them are.
///
/// Used by one thread, off the GUI thread.
class LegacySearch {
public:
    LegacySearch(const SearchPattern &pattern, const Descriptor &folder, CancelFlag cancelled,
        QDeadlineTimer deadline, const QString &project);

    Ripgrep::End search(QByteArrayList files);

    /// The files that are such texts and were searched.
    const QByteArrayList &searched() const { return m_searched; }
    const QVector<FoundLine> &lines() const { return m_lines; }
    /// Files for which there was no room, or that could not be read.
    const QStringList &unread() const { return m_unread; }
    /// Why they could not be searched, worded for the model; else empty.
    const QString &problem() const { return m_problem; }

private:
    struct Part {
        QByteArray path;
        qsizetype at = 0; ///< in the text that all of them are joined to, in bytes
        qint64 linesBefore = 0;
    };

    bool mayGoOn() const;
    bool isSuspect(const QByteArray &path);
    Descriptor opened(const QByteArray &path) const;
    QByteArray decoded(const QByteArray &path);
    Ripgrep::End searchParts(const QByteArray &whole, std::span<const Part> parts);
    void take(const QVector<FoundLine> &lines, std::span<const Part> parts);

    SearchPattern m_pattern;
    const Descriptor &m_folder;
    CancelFlag m_cancelled;
    QDeadlineTimer m_deadline;
    QString m_project;
    qint64 m_bytes = 0;
    QByteArrayList m_searched;
    QVector<FoundLine> m_lines;
    QStringList m_unread;
    QString m_problem;
    QByteArray m_piece; ///< of a file, while it is looked at
};

} // namespace Meanwhile::Project
