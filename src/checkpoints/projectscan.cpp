// SPDX-License-Identifier: MIT
#include "checkpoints/projectscan.h"

#include "base/pathtext.h"
#include "base/temporaryfile.h"
#include "project/gitsettings.h"

#include <QCryptographicHash>
#include <QFile>

#include <algorithm>
#include <cerrno>
#include <limits>

namespace Meanwhile::Checkpoints {

using namespace Qt::StringLiterals;

namespace {

std::optional<FileRecord::Kind> recordKind(Project::FolderEntry::Kind kind)
{
    switch (kind) {
    case Project::FolderEntry::Kind::File:
        return FileRecord::Kind::File;
    case Project::FolderEntry::Kind::Link:
        return FileRecord::Kind::Link;
    case Project::FolderEntry::Kind::Folder:
        return FileRecord::Kind::Folder;
    case Project::FolderEntry::Kind::Other:
        break;
    }
    return std::nullopt;
}

} // namespace

ProjectScan::ProjectScan(const ProjectFolder &folder, Project::GitModule &git, const ScanLimits &limits,
    const Manifest &previous, IsCancelled isCancelled)
    : m_folder(folder)
    , m_git(git)
    , m_limits(limits)
    , m_previous(previous)
    , m_isCancelled(std::move(isCancelled))
{
}

void ProjectScan::keepOut(const QSet<QByteArray> &names, const Project::PrivatePlaces &places)
{
    m_private = names;
    m_privatePlaces = places;
}

bool ProjectScan::isPrivate(const QByteArray &path, const Entry &entry) const
{
    return m_private.contains(path) ||
           (entry.kind == Entry::Kind::File && m_privatePlaces.holdFile(entry.stamp, entry.linkCount));
}

Result<Manifest> ProjectScan::run()
{
    const Descriptor root = m_folder.folder({});
    if (!root.isValid())
        return failure(errorFromErrno(errno, m_folder.path()));
    m_found.rulesAround = rulesAround();
    m_hasSameRules = {m_found.rulesAround == m_previous.rulesAround};
    Project::TreeWalk(*this, Project::Detail::Status, std::numeric_limits<qsizetype>::max()).run(root);
    if (m_isCancelled())
        return failure(ErrorKind::Cancelled, u"Stopped before all files were looked at."_s);
    return std::move(m_found);
}

bool ProjectScan::enter(const Descriptor &, const QByteArray &path, const QVector<Entry> &entries)
{
    m_hasSameRules += m_hasSameRules.last() && hasSameRules(path, entries);
    return true;
}

Project::TreeVisitor::Next ProjectScan::visit(const Descriptor &, const QByteArray &path, const Entry &entry)
{
    if (m_isOver || m_isCancelled())
        return Next::Stop;
    if (entry.name == ".git" || entry.name.startsWith(TemporaryFile::kPrefix))
        return Next::Skip;
    const std::optional<FileRecord::Kind> kind = recordKind(entry.kind);
    if (!kind || isPrivate(path, entry)) {
        leaveOut(path, kind ? LeftOut::Why::Private : LeftOut::Why::Special);
        return Next::Skip;
    }
    if (!m_always.contains(path) && isIgnored(path, *kind))
        return Next::Skip;
    if (m_found.records.size() >= m_limits.maxFiles) {
        // Nothing is known of the rest, so all of the project counts as left out.
        m_isOver = true;
        leaveOut({}, LeftOut::Why::TooMany);
        return Next::Stop;
    }
    if (*kind == FileRecord::Kind::File)
        addFile(path, entry);
    else if (*kind == FileRecord::Kind::Folder && entry.stamp.isSameFile(m_passedOver))
        return Next::Skip;
    else
        add(path, *kind, entry);
    return Next::Enter;
}

void ProjectScan::leave(const QByteArray &)
{
    m_hasSameRules.removeLast();
}

void ProjectScan::unreadable(const QByteArray &path)
{
    leaveOut(path, LeftOut::Why::Unreadable);
}

void ProjectScan::addFile(const QByteArray &path, const Entry &entry)
{
    if (entry.stamp.sizeBytes > m_limits.maxFileBytes)
        return leaveOut(path, LeftOut::Why::TooLarge);
    if (m_bytes + entry.stamp.sizeBytes > m_limits.maxTotalBytes)
        return leaveOut(path, LeftOut::Why::NoRoom);
    m_bytes += entry.stamp.sizeBytes;
    add(path, FileRecord::Kind::File, entry);
}

void ProjectScan::add(const QByteArray &path, FileRecord::Kind kind, const Entry &entry)
{
    FileRecord record{kind, entry.permissions, {}, false, {}};
    // A folder's stamp moves with everything in it, and says nothing.
    if (kind != FileRecord::Kind::Folder) {
        record.stamp = entry.stamp;
        const auto known = m_previous.records.constFind(path);
        if (known != m_previous.records.cend() && known->isSettled && known->kind == kind &&
            known->stamp == record.stamp) {
            record.object = known->object;
            record.isSettled = true;
        }
    }
    m_found.records.insert(path, record);
}

bool ProjectScan::isIgnored(const QByteArray &path, FileRecord::Kind kind)
{
    if (m_hasSameRules.last()) {
        const auto known = m_previous.records.constFind(path);
        if (known != m_previous.records.cend() && known->kind == kind)
            return false;
    }
    if (!m_hasRules) {
        m_rules = m_git.ignoreRules(m_folder.path());
        m_hasRules = true;
    }
    return m_rules->isIgnored(path, kind == FileRecord::Kind::Folder);
}

// Of this folder alone.
bool ProjectScan::hasSameRules(const QByteArray &path, const QVector<Entry> &entries) const
{
    const QByteArray name = ".gitignore";
    const auto known = m_previous.records.constFind(joinedPath(path, name));
    for (const Entry &entry : entries) {
        if (entry.name == name)
            return known != m_previous.records.cend() && known->stamp == entry.stamp && known->isSettled;
    }
    return known == m_previous.records.cend();
}

// What decides about ignoring and is no file of the project: rules of the folders above it, those of the
// repository and of the person, git's settings that name them, and the index, as what it holds is not
// ignored.
QByteArray ProjectScan::rulesAround() const
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    QByteArray folder = realPath(m_folder.path());
    const auto add = [&hash](const QByteArray &path) {
        const FileStamp stamp = FileStamp::at(path).value_or(FileStamp{});
        hash.addData(QByteArray::number(stamp.inode) + ' ' + QByteArray::number(stamp.changedNs) + '\n');
    };
    const std::optional<Project::RepositoryPlace> place = Project::RepositoryPlace::around(folder);
    const Project::GitSettings settings = Project::GitSettings::read(place);
    std::for_each(settings.files.cbegin(), settings.files.cend(), add);
    add(settings.excludesFile);
    if (place) {
        add(place->commonFolder + "/info/exclude");
        add(place->gitFolder + "/index");
    }
    for (qsizetype slash = folder.lastIndexOf('/'); slash > 0; slash = folder.lastIndexOf('/')) {
        folder.truncate(slash);
        add(folder + "/.gitignore");
    }
    return hash.result();
}

QSet<QByteArray> privateBelow(const Project::PrivatePlaces &places, const QString &projectFolder)
{
    const qsizetype prefix = projectFolder.size() + (projectFolder.endsWith(u'/') ? 0 : 1);
    QSet<QByteArray> names;
    for (const QString &place : places.namesBelow(projectFolder))
        names += pathFromText(place.sliced(qMin(prefix, place.size()))).value_or(QByteArray());
    names.remove({}); // the project itself, which the person has opened
    return names;
}

bool isAtOrBelowOne(const QSet<QByteArray> &names, const QByteArray &path)
{
    for (qsizetype slash = path.indexOf('/'); slash >= 0 && !names.isEmpty();
         slash = path.indexOf('/', slash + 1)) {
        if (names.contains(path.first(slash)))
            return true;
    }
    return names.contains(path);
}

QStringList notIgnored(Project::GitModule &git, const QString &projectFolder, const QStringList &paths)
{
    const std::unique_ptr<Project::IgnoreRules> rules = git.ignoreRules(projectFolder);
    const auto isListed = [&rules](const QString &text) {
        const QByteArray path = pathFromText(text).value_or(QByteArray());
        // A folder comes before what it holds: below an ignored one the rules are not asked.
        for (qsizetype slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            const QByteArray folder = path.first(slash);
            if (folder == ".git" || folder.endsWith("/.git") || rules->isIgnored(folder, true))
                return false;
        }
        return !rules->isIgnored(path, false);
    };
    QStringList listed;
    std::copy_if(paths.cbegin(), paths.cend(), std::back_inserter(listed), isListed);
    return listed;
}

} // namespace Meanwhile::Checkpoints
