// SPDX-License-Identifier: MIT
#pragma once

#include "checkpoints/manifest.h"
#include "checkpoints/projectfolder.h"
#include "project/gitmodule.h"
#include "project/privateplaces.h"
#include "project/treewalk.h"

#include <QSet>

#include <functional>

namespace Meanwhile::Checkpoints {

/// Asked often; true ends the work early, with ErrorKind::Cancelled.
using IsCancelled = std::function<bool()>;

struct ScanLimits {
    qint64 maxFileBytes = 10'000'000;
    qint64 maxTotalBytes = 1'000'000'000;
    qsizetype maxFiles = 100'000;
};

/// Lists a project's files with their stamps and reads none of them: left out are .git at any depth, what
/// .gitignore names, our own temporary files, private places and the folder where checkpoints are kept. Links
/// are not followed.
///
/// Used by one thread, off the GUI thread.
class ProjectScan : private Project::TreeVisitor {
public:
    /// `previous`: what is unchanged keeps its object, and its name is not asked about again unless a
    /// .gitignore above it changed.
    ProjectScan(const ProjectFolder &folder, Project::GitModule &git, const ScanLimits &limits,
        const Manifest &previous, IsCancelled isCancelled);

    /// These are recorded even when they are ignored.
    void include(const QSet<QByteArray> &paths) { m_always = paths; }
    /// The folder with this device and inode is passed over.
    void passOver(const FileStamp &folder) { m_passedOver = folder; }

    /// These, and other names of what is in private places, are left out. `names` as privateBelow() has them.
    void keepOut(const QSet<QByteArray> &names, const Project::PrivatePlaces &places);

    /// Errors: of the project folder itself; Cancelled.
    Result<Manifest> run();

private:
    using Entry = Project::FolderEntry;

    bool enter(const Descriptor &folder, const QByteArray &path, const QVector<Entry> &entries) override;
    Next visit(const Descriptor &folder, const QByteArray &path, const Entry &entry) override;
    void leave(const QByteArray &path) override;
    void unreadable(const QByteArray &path) override;

    void addFile(const QByteArray &path, const Entry &entry);
    void add(const QByteArray &path, FileRecord::Kind kind, const Entry &entry);
    void leaveOut(const QByteArray &path, LeftOut::Why why) { m_found.leftOut += LeftOut{path, why}; }
    bool isIgnored(const QByteArray &path, FileRecord::Kind kind);
    bool hasSameRules(const QByteArray &path, const QVector<Entry> &entries) const;
    bool isPrivate(const QByteArray &path, const Entry &entry) const;
    QByteArray rulesAround() const;

    const ProjectFolder &m_folder;
    Project::GitModule &m_git;
    ScanLimits m_limits;
    const Manifest &m_previous;
    IsCancelled m_isCancelled;
    QSet<QByteArray> m_always;
    FileStamp m_passedOver;
    QSet<QByteArray> m_private;
    Project::PrivatePlaces m_privatePlaces;

    Manifest m_found;
    std::unique_ptr<Project::IgnoreRules> m_rules;
    bool m_hasRules = false;
    /// Of each folder from the start to here: the rules that decide in it are those of `previous`.
    QVector<bool> m_hasSameRules;
    bool m_isOver = false;
    qint64 m_bytes = 0;
};

/// The private places that lie below the project folder, whether or not they exist, relative to it.
QSet<QByteArray> privateBelow(const Project::PrivatePlaces &places, const QString &projectFolder);
/// True for one of these and for what lies below it.
bool isAtOrBelowOne(const QSet<QByteArray> &names, const QByteArray &path);

/// Those of these paths, relative to the project, that a scan would list.
QStringList notIgnored(Project::GitModule &git, const QString &projectFolder, const QStringList &paths);

} // namespace Meanwhile::Checkpoints
