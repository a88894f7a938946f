// SPDX-License-Identifier: MIT
#pragma once

#include "project/objectstore.h"

#include <QByteArrayList>
#include <QSet>
#include <QVector>

namespace Meanwhile::Checkpoints {

/// Gathers contents into packs of many each, in git's own format and without deltas: a file for each content
/// costs more time and room than the content does. Each pack is on the disk, and whole, once it has a name
/// there.
///
/// Not libgit2's indexer: it writes through a mapping, which a full disk ends with a signal.
/// Used by one thread, off the GUI thread; at most kMostBytes and what they were read from in memory.
class PackWriter final : public Project::ObjectStore {
public:
    static constexpr qsizetype kMostBytes = 32 * 1024 * 1024;

    /// `folder`: open, for the packs. `known`: what is there already and is read from; null: nothing is.
    PackWriter(int folderFd, Project::ObjectStore *known)
        : m_folder(folderFd)
        , m_known(known)
    {
    }

    Result<QByteArray> write(const QByteArray &content) override;
    Result<QByteArray> read(const QByteArray &name) override;
    bool has(const QByteArray &name) override;
    /// Everything so far is on the disk.
    Result<void> flush();

    /// The packs that flush() made, without their endings.
    const QByteArrayList &made() const { return m_made; }

    /// The name that git gives a content.
    static QByteArray nameOf(const QByteArray &content);

private:
    struct Entry {
        QByteArray name; ///< 20 bytes
        quint32 check = 0;
        quint32 offset = 0;
    };

    static QByteArray indexOf(QVector<Entry> entries, const QByteArray &packHash);

    int m_folder;
    Project::ObjectStore *m_known;
    QByteArray m_pack; ///< that is being gathered: room for its head, then its objects
    QVector<Entry> m_entries;
    QSet<QByteArray> m_names; ///< of the entries
    QByteArrayList m_made;
};

} // namespace Meanwhile::Checkpoints
