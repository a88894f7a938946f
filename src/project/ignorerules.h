// SPDX-License-Identifier: MIT
#pragma once

#include "project/gitplugin.h"
#include "project/gitsettings.h"
#include "project/ignorefile.h"
#include "project/rulefile.h"

#include <QStringList>

#include <memory>
#include <vector>

namespace Meanwhile::Project {

/// Which files of a project git leaves out: what .gitignore and its relatives name and no index holds.
///
/// Rules from above the project count, unless they ignore the project itself: then it is its own root. A
/// repository below, a submodule for example, has its own rules and its own index. A project that is in no
/// repository is treated as one with an empty index.
/// One object a listing, so that it sees the files as they are; used by one thread, off the GUI thread.
/// Quick when asked in the order of a walk; never waits for a pipe or device in a rule file's place.
class IgnoreRules {
public:
    /// `git` may be null: then nothing counts as tracked. Otherwise it must outlive this.
    IgnoreRules(const QString &project, const GitPlugin *git);
    ~IgnoreRules();

    /// `path` is relative to the project, as the system has it. A folder that is ignored but for tracked
    /// files in it is not ignored; the rest of what it holds is.
    bool isIgnored(const QByteArray &path, bool isFolder);

    /// The rule files that are there and could not be read, each with the reason.
    const QStringList &problems() const { return m_problems; }

private:
    struct Repository;
    struct Level;

    void openAround(const std::optional<RepositoryPlace> &place);
    std::shared_ptr<Repository> repositoryAt(const std::optional<RepositoryPlace> &place, bool countsFromTop);
    void enter(const QByteArray &folder);
    void push(const QByteArray &folder, std::shared_ptr<Repository> repository, bool isExcluded, bool isTop);
    std::optional<bool> verdict(const QByteArray &path, bool isFolder) const;
    bool isTracked(const QByteArray &path, bool isFolder) const;
    bool isShutOut() const;
    IgnoreFile readRules(const QByteArray &file, RuleFile::Links links, bool ignoresCase);

    QByteArray m_project;
    const GitPlugin *m_git;
    std::vector<Level> m_levels; ///< the folders from the top to the one last asked about
    size_t m_fixedLevels = 0;    ///< down to the project
    QStringList m_problems;
};

} // namespace Meanwhile::Project
