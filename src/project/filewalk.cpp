// SPDX-License-Identifier: MIT
#include "project/filewalk.h"

#include "base/pathtext.h"
#include "project/resolvedpath.h"

#include <QDir>

#include <fcntl.h>

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
    m_leave({}, walk(m_folder, {}, 0));
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

bool FileWalk::mayGoOn()
{
    if (m_entries < kMaxEntries && !m_cancelled->load() && !m_deadline.hasExpired())
        return true;
    m_leftOut.isRestUnknown = true;
    return false;
}

// Whether nothing was left out but links and what is no file.
bool FileWalk::walk(const Descriptor &folder, const QByteArray &path, int depth)
{
    // One more than there is room for, so that the end of the room is noticed.
    const auto entries = listFolder(folder, kMaxEntries - m_entries + 1);
    if (!entries) {
        m_leftOut.unreadable += path;
        return false;
    }
    bool isWhole = true;
    for (const FolderEntry &entry : *entries) {
        if (!mayGoOn())
            return false;
        ++m_entries;
        const QByteArray name = path.isEmpty() ? entry.name : path + '/' + entry.name;
        if (entry.name == ".git" || !visitEntry(folder, name, entry, depth))
            isWhole = false;
    }
    return isWhole;
}

bool FileWalk::visitEntry(
    const Descriptor &folder, const QByteArray &path, const FolderEntry &entry, int depth)
{
    if (isIgnored(path, entry)) {
        ++m_leftOut.ignored;
        if (depth == 0 && m_leftOut.someIgnored.size() < kMaxNamed)
            m_leftOut.someIgnored += entry.kind == FolderEntry::Kind::Folder ? path + '/' : path;
        return false;
    }
    if (entry.kind == FolderEntry::Kind::Other)
        m_leftOut.special += path;
    m_leftOut.links += entry.kind == FolderEntry::Kind::Link ? 1 : 0;
    m_visit(folder, path, entry);
    if (!m_isDeep || entry.kind != FolderEntry::Kind::Folder)
        return entry.kind != FolderEntry::Kind::Folder;
    const Descriptor below(
        openat(folder.get(), entry.name.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    bool isWhole = false;
    if (below.isValid() && !m_closed.isEmpty() && m_closed.contains(pathOfOpened(below.get())))
        m_leftOut.closed += path;
    else if (below.isValid() && depth < kMaxDepth)
        isWhole = walk(below, path, depth + 1);
    else
        m_leftOut.unreadable += path;
    m_leave(path, isWhole);
    return isWhole;
}

} // namespace Meanwhile::Project
