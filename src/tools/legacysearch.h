// SPDX-License-Identifier: MIT
#pragma once

#include "tools/ripgrep.h"

namespace Meanwhile::Tools {

/// Searches the files among others that are text, but neither in UTF-8 nor in UTF-16: they are told by their
/// bytes, made UTF-8 and searched as that. At most 50 MB of them are.
///
/// Used by one thread, off the GUI thread.
class LegacySearch {
public:
    LegacySearch(const SearchPattern &pattern, const Descriptor &folder, CancelFlag cancelled,
        QDeadlineTimer deadline);

    Ripgrep::End search(const QByteArrayList &files);

    /// The files that are such texts and were searched.
    const QByteArrayList &searched() const { return m_searched; }
    const QVector<FoundLine> &lines() const { return m_lines; }
    /// Files for which there was no room, or that could not be read.
    const QStringList &unread() const { return m_unread; }

private:
    struct Part {
        QByteArray path;
        qint64 linesBefore = 0; ///< of the text that all of them are joined to
    };

    QByteArrayList suspects(const QByteArrayList &files, Ripgrep::End &end);
    QByteArray decoded(const QByteArray &path);

    SearchPattern m_pattern;
    const Descriptor &m_folder;
    CancelFlag m_cancelled;
    QDeadlineTimer m_deadline;
    qint64 m_bytes = 0;
    QByteArrayList m_searched;
    QVector<FoundLine> m_lines;
    QStringList m_unread;
};

} // namespace Meanwhile::Tools
