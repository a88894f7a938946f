// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "tools/gitmodule.h"

#include <QSet>
#include <QString>

#include <memory>

namespace Meanwhile::Checkpoints {

/// The contents of checkpoints on disk: writes them so that they outlast a power cut, and clears away.
///
/// Few objects are synced one by one; of many, the file system is synced once. Until then a mark stands
/// beside them: when it is found at the start, the program or the computer ended in between, and what no
/// checkpoint names may be damaged. Used by one thread, under the store's lock.
class ObjectFolder {
public:
    /// Errors: Unsupported: there is no git module.
    static Result<ObjectFolder> open(const QString &folder, Tools::GitModule &git);

    /// To be called before the first write of a run, and after the last.
    Result<void> begin(qsizetype expectedWrites);
    Result<void> end();
    bool wasInterrupted() const;
    Result<void> clearMark();

    Tools::ObjectStore &store() const { return m_isBulk ? *m_quick : *m_synced; }

    qint64 sizeOf(const QByteArray &name) const; ///< on disk
    /// Removes all but these, and leftovers; the bytes freed.
    qint64 removeAllBut(const QSet<QByteArray> &names) const;

private:
    QString pathOf(const QByteArray &name) const;
    QString mark() const { return m_path + QStringLiteral("/unsynced"); }

    QString m_path;
    std::unique_ptr<Tools::ObjectStore> m_synced;
    std::unique_ptr<Tools::ObjectStore> m_quick;
    bool m_isBulk = false;
};

} // namespace Meanwhile::Checkpoints
