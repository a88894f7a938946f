// SPDX-License-Identifier: MIT
#pragma once

#include "project/cancelflag.h"
#include "project/gitmodule.h"
#include "project/projectfiles.h"
#include "project/treewalk.h"

#include <QDeadlineTimer>

#include <functional>

namespace Meanwhile::Project {

/// Walks a folder of the project and what is below it: leaves out .git and what git ignores, follows no
/// links, and ends early when it takes too long, meets too much, or is cancelled.
///
/// Used by one thread, off the GUI thread.
class FileWalk : private TreeVisitor {
public:
    static constexpr qsizetype kMaxEntries = 200'000;

    /// What was not looked at. Paths are relative to the start.
    struct LeftOut {
        qsizetype ignored = 0;      ///< files and folders
        QByteArrayList someIgnored; ///< of those directly in the start, the first few
        QByteArrayList unreadable;  ///< folders
        QByteArrayList special;     ///< pipes, devices and sockets
        QByteArrayList closed;      ///< what belongs to no project
        qsizetype links = 0;
        QStringList unreadRules;    ///< IgnoreRules::problems()
        bool isRestUnknown = false; ///< it ended early
    };

    /// `start` is the path as the model gave it; empty for the project folder.
    FileWalk(std::shared_ptr<const ProjectFiles> files, std::shared_ptr<GitModule> git, const QString &start,
        const Reach &reach, CancelFlag cancelled, QDeadlineTimer deadline);

    /// Paths are relative to the start, as the system has them.
    using Visit =
        std::function<void(const Descriptor &folder, const QByteArray &path, const FolderEntry &entry)>;
    /// After all in a folder was visited. `isWhole`: nothing in or below it was left out but links and what
    /// is no file. The start comes last, with an empty path.
    using Leave = std::function<void(const QByteArray &path, bool isWhole)>;
    /// Visits what no rule ignores. `isDeep` false: only what is directly in the start.
    /// Errors: of the start itself.
    Result<void> run(
        bool isDeep, const Visit &visit, const Leave &leave = [](const QByteArray &, bool) {});
    /// The start itself, after run().
    const Descriptor &folder() const { return m_folder; }

    const LeftOut &leftOut() const { return m_leftOut; }

private:
    bool enter(
        const Descriptor &folder, const QByteArray &path, const QVector<FolderEntry> &entries) override;
    Next visit(const Descriptor &folder, const QByteArray &path, const FolderEntry &entry) override;
    void leave(const QByteArray &path) override;
    void unreadable(const QByteArray &path) override;

    void leaveOut(const QByteArray &folder);
    bool isIgnored(const QByteArray &path, const FolderEntry &entry);
    bool mayContinue();
    void openRules();

    std::shared_ptr<const ProjectFiles> m_files;
    std::shared_ptr<GitModule> m_git;
    QString m_start;
    Reach m_reach;
    CancelFlag m_cancelled;
    QDeadlineTimer m_deadline;
    Visit m_visit;
    Leave m_leave;
    Descriptor m_folder;
    std::unique_ptr<IgnoreRules> m_rules;
    QByteArray m_rulesPrefix; ///< from where the rules begin to the start
    QStringList m_closed;     ///< resolved; belongs to no project
    LeftOut m_leftOut;
    QVector<bool> m_isWhole; ///< of each folder that was entered and not left yet
    qsizetype m_entries = 0;
    bool m_isDeep = true;
};

/// `path` below `start`, as the model may give it back.
QString joined(const QString &start, const QString &path);

} // namespace Meanwhile::Project
