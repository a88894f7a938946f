// SPDX-License-Identifier: MIT
#include "project/filewalk.h"

#include "base/pathtext.h"
#include "project/resolvedpath.h"

#include <QDir>

#include <algorithm>

namespace Meanwhile::Project {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxNamed = 20;

} // namespace

QString joined(const QString &start, const QString &path)
{
    if (start.isEmpty() || start == u"." || start == u"./")
        return path;
    return start.endsWith(u'/') ? start + path : start + u'/' + path;
}

FileWalk::FileWalk(std::shared_ptr<const ProjectFiles> files, std::shared_ptr<GitModule> git,
    const QString &start, const Reach &reach, CancelFlag cancelled, QDeadlineTimer deadline)
    : m_files(std::move(files))
    , m_git(std::move(git))
    , m_start(start.isEmpty() ? u"."_s : start)
    , m_reach(reach)
    , m_cancelled(std::move(cancelled))
    , m_deadline(deadline)
{
}

Result<void> FileWalk::run(bool isDeep, const Visit &visit, const Leave &leave)
{
    m_isDeep = isDeep;
    m_visit = visit;
    m_leave = leave;
    Result<OpenedFile> folder = m_files->open(m_start, m_reach);
    if (!folder)
        return failure(folder.error());
    if (!folder->isFolder)
        return failure(ErrorKind::InvalidArgument, u"%1 is a file, not a folder."_s.arg(m_start));
    m_folder = std::move(folder->descriptor);
    openRules();
    m_closed = m_files->closedBelow(m_start, m_reach);
    // One more than may be visited, so that the end of what may be is noticed.
    TreeWalk(*this, Detail::Kind, kMaxEntries + 1).run(m_folder);
    m_leftOut.unreadRules = m_rules->problems();
    return {};
}

// Rules of the folders above count too, up to the project's; outside it, those of the start alone.
void FileWalk::openRules()
{
    const QString project = m_files->folder();
    const QString start = QDir::cleanPath(m_files->absolute(m_start));
    if (start != project && !start.startsWith(project + u'/')) {
        m_rules = m_git->ignoreRules(start);
        return;
    }
    m_rulesPrefix = pathFromText(start.mid(project.size() + 1)).value_or(QByteArray());
    m_rules = m_git->ignoreRules(project);
    // Whoever names an ignored folder wants to see what is in it.
    if (!m_rulesPrefix.isEmpty() && m_rules->isIgnored(m_rulesPrefix, true)) {
        m_rules = m_git->ignoreRules(start);
        m_rulesPrefix.clear();
    }
}

bool FileWalk::isIgnored(const QByteArray &path, const FolderEntry &entry)
{
    return m_rules->isIgnored(
        m_rulesPrefix.isEmpty() ? path : m_rulesPrefix + '/' + path, entry.kind == FolderEntry::Kind::Folder);
}

bool FileWalk::mayContinue()
{
    if (m_entries < kMaxEntries && !m_cancelled->load() && !m_deadline.hasExpired())
        return true;
    m_leftOut.isRestUnknown = true;
    return false;
}

bool FileWalk::enter(const Descriptor &folder, const QByteArray &path, const QVector<FolderEntry> &)
{
    if (!path.isEmpty() && !m_closed.isEmpty() && m_closed.contains(pathOfOpened(folder.get()))) {
        m_leftOut.closed += path;
        leaveOut(path);
        return false;
    }
    m_isWhole += true;
    return true;
}

TreeVisitor::Next FileWalk::visit(const Descriptor &folder, const QByteArray &path, const FolderEntry &entry)
{
    if (!mayContinue()) {
        std::fill(m_isWhole.begin(), m_isWhole.end(), false);
        return Next::Stop;
    }
    ++m_entries;
    const bool isFolder = entry.kind == FolderEntry::Kind::Folder;
    if (entry.name == ".git") {
        m_isWhole.last() = false;
        return Next::Skip;
    }
    if (isIgnored(path, entry)) {
        ++m_leftOut.ignored;
        if (m_isWhole.size() == 1 && m_leftOut.someIgnored.size() < kMaxNamed)
            m_leftOut.someIgnored += isFolder ? path + '/' : path;
        m_isWhole.last() = false;
        return Next::Skip;
    }
    if (entry.kind == FolderEntry::Kind::Other)
        m_leftOut.special += path;
    m_leftOut.links += entry.kind == FolderEntry::Kind::Link ? 1 : 0;
    m_visit(folder, path, entry);
    if (isFolder && !m_isDeep)
        m_isWhole.last() = false;
    return m_isDeep ? Next::Enter : Next::Skip;
}

void FileWalk::leave(const QByteArray &path)
{
    const bool isWhole = m_isWhole.takeLast();
    if (!isWhole && !m_isWhole.isEmpty())
        m_isWhole.last() = false;
    m_leave(path, isWhole);
}

void FileWalk::unreadable(const QByteArray &path)
{
    m_leftOut.unreadable += path;
    leaveOut(path);
}

void FileWalk::leaveOut(const QByteArray &folder)
{
    if (!m_isWhole.isEmpty())
        m_isWhole.last() = false;
    m_leave(folder, false);
}

} // namespace Meanwhile::Project
