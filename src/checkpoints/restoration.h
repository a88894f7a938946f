// SPDX-License-Identifier: MIT
#pragma once

#include "checkpoints/checkpoint.h"
#include "checkpoints/projectfolder.h"
#include "checkpoints/projectscan.h"
#include "project/gitmodule.h"
#include "project/objectstore.h"

#include <QCoreApplication>
#include <QMultiHash>
#include <QSet>

namespace Meanwhile::Checkpoints {

/// Makes a project's files those of an earlier manifest, and touches only what differs.
///
/// A file is changed or removed only when `now` holds it, so that it can be brought back; what was left out
/// of either manifest, and what the restored .gitignore ignores, stays as it is. Used by one thread, off the
/// GUI thread, once.
class Restoration {
    Q_DECLARE_TR_FUNCTIONS(Meanwhile::Checkpoints::Restoration)

public:
    Restoration(const ProjectFolder &folder, Project::ObjectStore &objects, Project::GitModule &git,
        const Manifest &target, const Manifest &now);

    /// All but `undo` of the answer is filled in. `blocked` cannot be restored.
    Restored run(const IsCancelled &isCancelled, const QByteArrayList &blocked = {});

private:
    bool mayGoOn(const IsCancelled &isCancelled);
    void clearTheWay();
    void makeFolders();
    void writeAll(const IsCancelled &isCancelled);
    void removeAll(const IsCancelled &isCancelled);
    void removeFolders();
    void setFolderModes();

    void restore(const QByteArray &path, const FileRecord &wanted);
    Result<void> writeFile(const QByteArray &path, const FileRecord &wanted);
    Result<void> writeLink(const QByteArray &path, const QByteArray &target);
    bool removeFile(const QByteArray &path);
    const FileRecord *known(const QByteArray &path) const;
    bool isStill(const Descriptor &parent, const QByteArray &name, const FileRecord &record) const;
    bool mustPartFromItsLinks(const QByteArray &path, const FileRecord &wanted) const;
    void skip(const QByteArray &path, const QString &why);
    void skip(const QByteArray &path, const Error &error);
    static QString whyNotRestored(const Error &error);

    const ProjectFolder &m_folder;
    Project::ObjectStore &m_objects;
    Project::GitModule &m_git;
    const Manifest &m_target;
    const Manifest &m_now;
    QSet<QByteArray> m_gone; ///< removed, to make room for something else
    using Inode = std::pair<quint64, quint64>;
    QMultiHash<Inode, QByteArray> m_links; ///< the paths of files that have several in the project
    QSet<Inode> m_touched;                 ///< by this; their stamps moved
    Restored m_done;
};

} // namespace Meanwhile::Checkpoints
