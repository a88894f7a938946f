// SPDX-License-Identifier: MIT
#include "checkpoints/projectscan.h"

#include "base/pathtext.h"
#include "base/temporaryfile.h"
#include "project/gitsettings.h"

#include <QCryptographicHash>
#include <QFile>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>

namespace Meanwhile::Checkpoints {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMaxDepth = 200;

std::optional<FileRecord::Kind> kindOf(mode_t mode)
{
    if (S_ISREG(mode))
        return FileRecord::Kind::File;
    if (S_ISLNK(mode))
        return FileRecord::Kind::Link;
    if (S_ISDIR(mode))
        return FileRecord::Kind::Folder;
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

bool ProjectScan::isPrivate(const QByteArray &path, const struct stat &info) const
{
    return m_private.contains(path) || m_privatePlaces.holdFile(info);
}

Result<Manifest> ProjectScan::run()
{
    const Descriptor root = m_folder.folder({});
    if (!root.isValid())
        return failure(errorFromErrno(errno, m_folder.path()));
    m_found.rulesAround = rulesAround();
    walk(root, {}, m_found.rulesAround == m_previous.rulesAround, 0);
    if (m_isCancelled())
        return failure(ErrorKind::Cancelled, u"Stopped before all files were looked at."_s);
    return std::move(m_found);
}

void ProjectScan::walk(const Descriptor &folder, const QByteArray &path, bool isTrusted, int depth)
{
    const std::optional<QVector<Entry>> entries = ProjectFolder::entries(folder);
    if (!entries)
        return leaveOut(path, LeftOut::Why::Unreadable);
    const bool hasSame = isTrusted && hasSameRules(path, *entries);
    for (const Entry &entry : *entries) {
        if (m_isOver || m_isCancelled())
            return;
        if (entry.name == ".git" || entry.name.startsWith(TemporaryFile::kPrefix))
            continue;
        visit(folder, joinedPath(path, entry.name), entry, hasSame, depth);
    }
}

void ProjectScan::visit(
    const Descriptor &folder, const QByteArray &path, const Entry &entry, bool isTrusted, int depth)
{
    const std::optional<FileRecord::Kind> kind = kindOf(entry.info.st_mode);
    if (!kind)
        return leaveOut(path, LeftOut::Why::Special);
    if (isPrivate(path, entry.info))
        return leaveOut(path, LeftOut::Why::Private);
    if (!m_always.contains(path) && isIgnored(path, *kind, isTrusted))
        return;
    if (m_found.records.size() >= m_limits.maxFiles) {
        // Nothing is known of the rest, so all of the project counts as left out.
        m_isOver = true;
        return leaveOut({}, LeftOut::Why::TooMany);
    }
    if (*kind == FileRecord::Kind::File)
        return addFile(path, entry.info);
    const FileStamp stamp = FileStamp::of(entry.info);
    if (*kind == FileRecord::Kind::Folder && stamp.device == m_passedOver.device &&
        stamp.inode == m_passedOver.inode)
        return;
    addOther(path, *kind, entry.info);
    if (*kind == FileRecord::Kind::Link)
        return;
    const Descriptor below(
        openat(folder.get(), entry.name.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!below.isValid() || depth >= kMaxDepth)
        return leaveOut(path, LeftOut::Why::Unreadable);
    walk(below, path, isTrusted, depth + 1);
}

void ProjectScan::addFile(const QByteArray &path, const struct stat &info)
{
    if (info.st_size > m_limits.maxFileBytes)
        return leaveOut(path, LeftOut::Why::TooLarge);
    if (m_bytes + info.st_size > m_limits.maxTotalBytes)
        return leaveOut(path, LeftOut::Why::NoRoom);
    m_bytes += info.st_size;
    addOther(path, FileRecord::Kind::File, info);
}

void ProjectScan::addOther(const QByteArray &path, FileRecord::Kind kind, const struct stat &info)
{
    FileRecord record{kind, quint32(info.st_mode & 07777), {}, false, {}};
    // A folder's stamp moves with everything in it, and says nothing.
    if (kind != FileRecord::Kind::Folder) {
        record.stamp = FileStamp::of(info);
        const auto known = m_previous.records.constFind(path);
        if (known != m_previous.records.cend() && known->isSettled && known->kind == kind &&
            known->stamp == record.stamp) {
            record.object = known->object;
            record.isSettled = true;
        }
    }
    m_found.records.insert(path, record);
}

bool ProjectScan::isIgnored(const QByteArray &path, FileRecord::Kind kind, bool isTrusted)
{
    if (isTrusted) {
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
            return known != m_previous.records.cend() && known->stamp == FileStamp::of(entry.info) &&
                   known->isSettled;
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
        struct stat info {};
        const bool isThere = ::stat(path.constData(), &info) == 0;
        const FileStamp stamp = isThere ? FileStamp::of(info) : FileStamp{};
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
