// SPDX-License-Identifier: MIT
#pragma once

#include "base/descriptor.h"
#include "base/result.h"
#include "checkpoints/packwriter.h"
#include "project/gitmodule.h"

#include <QHash>
#include <QSet>
#include <QString>

#include <memory>
#include <optional>

namespace Meanwhile::Checkpoints {

/// The contents of checkpoints on disk: writes them so that they outlast a power cut, and clears away.
///
/// Few objects are files of their own, synced one by one; many are gathered in packs, each on the disk before
/// it counts. Used by one thread, under the store's lock; the git module must outlive it.
class ObjectFolder {
public:
    /// Errors: Unsupported: there is no git module.
    static Result<ObjectFolder> open(const QString &folder, Project::GitModule &git);

    /// To be called before the first write of a run, and after the last.
    void begin(qsizetype expectedWrites);
    Result<void> end();

    Project::ObjectStore &store() const;

    qint64 sizeOf(const QByteArray &name); ///< on disk; of one in a pack, what they have there on average
    /// Removes all but these, and leftovers; the bytes freed. A pack of which half or more is not needed is
    /// written again, and so are small ones when there are many.
    qint64 removeAllBut(const QSet<QByteArray> &names);

private:
    struct Pack {
        QString path; ///< without its ending
        QByteArrayList names;
        qint64 bytes = 0;
    };

    QVector<Pack> packs() const;
    qint64 removeLooseBut(const QSet<QByteArray> &names) const;
    void removeStrayPackFiles() const;
    std::optional<QByteArrayList> repack(const QVector<Pack> &old, const QSet<QByteArray> &names) const;
    QString pathOf(const QByteArray &name) const;
    QString packFolder() const { return m_path + QStringLiteral("/pack"); }

    QString m_path;
    Project::GitModule *m_git = nullptr;
    std::optional<QHash<QByteArray, qint64>> m_packedSizes;
    Descriptor m_packs;
    std::unique_ptr<Project::ObjectStore> m_objects;
    std::unique_ptr<PackWriter> m_writer; ///< while many are written
};

} // namespace Meanwhile::Checkpoints
