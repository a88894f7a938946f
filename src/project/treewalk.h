// SPDX-License-Identifier: MIT
#pragma once

#include "project/folderlisting.h"

namespace Meanwhile::Project {

/// Decides at each step of a TreeWalk. Paths are relative to the start, as the system has them; the start's
/// is empty.
class TreeVisitor {
public:
    enum class Next {
        Enter, ///< what a folder holds comes next; the same as Skip for anything else
        Skip,
        Stop, ///< nothing more is visited, but every folder that was entered is still left
    };

    virtual ~TreeVisitor() = default;

    /// A folder was opened and listed; false passes it over, and it is not left.
    virtual bool enter(const Descriptor &folder, const QByteArray &path, const QVector<FolderEntry> &entries);
    virtual Next visit(const Descriptor &folder, const QByteArray &path, const FolderEntry &entry) = 0;
    /// After all in an entered folder was visited, or the walk was stopped.
    virtual void leave(const QByteArray &path);
    /// A folder that cannot be opened or listed, or that lies deeper than kMaxDepth. It is not left.
    virtual void unreadable(const QByteArray &path) = 0;
};

/// Visits an open folder and what is below it, in the order of names. Links are not followed, and each folder
/// is opened from the one above it, so that nothing leads out of the start, whoever swaps folders meanwhile.
///
/// Used by one thread, which it keeps busy with the disk.
class TreeWalk {
public:
    /// Below this, folders count as unreadable: one descriptor is open for each level.
    static constexpr int kMaxDepth = 200;

    /// More than `maxEntries` of one folder are not listed; whoever counts them stops at that many.
    TreeWalk(TreeVisitor &visitor, Detail detail, qsizetype maxEntries)
        : m_visitor(visitor)
        , m_detail(detail)
        , m_maxEntries(maxEntries)
    {
    }

    void run(const Descriptor &start);

private:
    void walk(const Descriptor &folder, const QByteArray &path, int depth);
    void walkBelow(const Descriptor &folder, const QByteArray &path, const QByteArray &name, int depth);

    TreeVisitor &m_visitor;
    Detail m_detail;
    qsizetype m_maxEntries;
    bool m_isStopped = false;
};

} // namespace Meanwhile::Project
