// SPDX-License-Identifier: MIT
#include "tools/filewalk.h"

#include "base/pathtext.h"
#include "tools/resolvedpath.h"

#include <QDir>
#include <QFile>

#include <fcntl.h>

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

QString joined(const QString &start, const QString &path)
{
    if (start.isEmpty() || start == u"." || start == u"./")
        return path;
    return start.endsWith(u'/') ? start + path : start + u'/' + path;
}

FileWalk::FileWalk(const FileToolParts &parts, const QString &start, const Reach &reach, CancelFlag cancelled,
    std::chrono::milliseconds maxTime)
    : m_parts(parts)
    , m_start(start.isEmpty() ? u"."_s : start)
    , m_reach(reach)
    , m_cancelled(std::move(cancelled))
    , m_maxTime(maxTime)
{
}

Result<void> FileWalk::run(bool isDeep, const Wants &wants, const Visit &visit)
{
    m_elapsed.start();
    m_isDeep = isDeep;
    m_wants = wants;
    m_visit = visit;
    const Result<OpenedFile> folder = m_parts.files->open(m_start, m_reach);
    if (!folder)
        return failure(folder.error());
    if (!folder->isFolder)
        return failure(ErrorKind::InvalidArgument, u"%1 is a file, not a folder."_s.arg(m_start));
    openRules();
    m_closed = m_parts.files->closedBelow(m_start, m_reach);
    walk(folder->descriptor, {}, 0);
    return {};
}

// Rules of the folders above count too, up to the project's; outside it, those of the start alone.
void FileWalk::openRules()
{
    const QString project = m_parts.files->folder();
    const QString start = QDir::cleanPath(m_parts.files->absolute(m_start));
    if (start != project && !start.startsWith(project + u'/')) {
        m_rules = m_parts.git->ignoreRules(start);
        return;
    }
    m_rulesPrefix = QFile::encodeName(start.mid(project.size() + 1));
    m_rules = m_parts.git->ignoreRules(project);
    // Whoever names an ignored folder wants to see what is in it.
    if (!m_rulesPrefix.isEmpty() && m_rules->isIgnored(m_rulesPrefix, true)) {
        m_rules = m_parts.git->ignoreRules(start);
        m_rulesPrefix.clear();
    }
}

bool FileWalk::isIgnored(const QByteArray &path, const FolderEntry &entry)
{
    if (entry.name == ".git")
        return true;
    return m_rules->isIgnored(
        m_rulesPrefix.isEmpty() ? path : m_rulesPrefix + '/' + path, entry.kind == FolderEntry::Kind::Folder);
}

bool FileWalk::mayGoOn()
{
    if (m_entries < kMaxEntries && !m_cancelled->load() && !m_elapsed.hasExpired(m_maxTime.count()))
        return true;
    m_isComplete = false;
    return false;
}

void FileWalk::walk(const Descriptor &folder, const QString &path, int depth)
{
    for (const FolderEntry &entry : listFolder(folder, kMaxEntries - m_entries)) {
        if (!mayGoOn())
            return;
        ++m_entries;
        const QString name = pathToText(entry.name);
        const QString entryPath = path.isEmpty() ? name : path + u'/' + name;
        const bool goesBelow = m_isDeep && entry.kind == FolderEntry::Kind::Folder && depth < kMaxDepth;
        const bool isWanted = m_wants(entryPath, entry);
        if ((!isWanted && !goesBelow) || isIgnored(pathFromText(entryPath).value_or(QByteArray()), entry))
            continue;
        if (isWanted)
            m_visit(entryPath, entry);
        if (!goesBelow)
            continue;
        const Descriptor below(
            openat(folder.get(), entry.name.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (below.isValid() && (m_closed.isEmpty() || !m_closed.contains(pathOfOpened(below.get()))))
            walk(below, entryPath, depth + 1);
    }
}

} // namespace Meanwhile::Tools
