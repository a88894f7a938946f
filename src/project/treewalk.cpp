// SPDX-License-Identifier: MIT
#include "project/treewalk.h"

#include "base/pathtext.h"

namespace Meanwhile::Project {

bool TreeVisitor::enter(const Descriptor &, const QByteArray &, const QVector<FolderEntry> &)
{
    return true;
}

void TreeVisitor::leave(const QByteArray &) {}

void TreeWalk::run(const Descriptor &start)
{
    m_isStopped = false;
    walk(start, {}, 0);
}

void TreeWalk::walk(const Descriptor &folder, const QByteArray &path, int depth)
{
    const auto entries = listFolder(folder, m_maxEntries, m_detail);
    if (!entries)
        return m_visitor.unreadable(path);
    if (!m_visitor.enter(folder, path, *entries))
        return;
    for (const FolderEntry &entry : *entries) {
        const QByteArray entryPath = joinedPath(path, entry.name);
        const TreeVisitor::Next next = m_visitor.visit(folder, entryPath, entry);
        if (next == TreeVisitor::Next::Enter && entry.kind == FolderEntry::Kind::Folder)
            walkBelow(folder, entryPath, entry.name, depth + 1);
        m_isStopped = m_isStopped || next == TreeVisitor::Next::Stop;
        if (m_isStopped)
            break;
    }
    m_visitor.leave(path);
}

void TreeWalk::walkBelow(const Descriptor &folder, const QByteArray &path, const QByteArray &name, int depth)
{
    const Descriptor below = depth <= kMaxDepth ? openFolderIn(folder, name) : Descriptor();
    if (below.isValid())
        walk(below, path, depth);
    else
        m_visitor.unreadable(path);
}

} // namespace Meanwhile::Project
