// SPDX-License-Identifier: MIT
#include "checkpoints/restoration.h"

#include "base/pathtext.h"
#include "base/safewrite.h"
#include "base/temporaryfile.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Meanwhile::Checkpoints {

using namespace Qt::StringLiterals;

namespace {

using Kind = FileRecord::Kind;

QString shown(const QByteArray &path)
{
    return pathToText(path);
}

std::pair<quint64, quint64> inodeOf(const FileStamp &stamp)
{
    return {stamp.device, stamp.inode};
}

} // namespace

Restoration::Restoration(const ProjectFolder &folder, Project::ObjectStore &objects, Project::GitModule &git,
    const Manifest &target, const Manifest &now)
    : m_folder(folder)
    , m_objects(objects)
    , m_git(git)
    , m_target(target)
    , m_now(now)
{
    for (auto record = now.records.cbegin(); record != now.records.cend(); ++record) {
        if (record->kind == Kind::File)
            m_links.insert(inodeOf(record->stamp), record.key());
    }
}

Restored Restoration::run(const IsCancelled &isCancelled, const QByteArrayList &blocked)
{
    for (const QByteArray &path : blocked)
        skip(path, tr("Something that was not chosen is in its place, so it was left alone."));
    clearTheWay();
    makeFolders();
    writeAll(isCancelled);
    removeAll(isCancelled);
    removeFolders();
    setFolderModes();
    return std::move(m_done);
}

bool Restoration::mayGoOn(const IsCancelled &isCancelled)
{
    if (!m_done.stoppedBy && isCancelled())
        m_done.stoppedBy = Error{ErrorKind::Cancelled, tr("Stopped before all files were restored."), {}};
    return !m_done.stoppedBy;
}

const FileRecord *Restoration::known(const QByteArray &path) const
{
    const auto record = m_now.records.constFind(path);
    return record == m_now.records.cend() || m_gone.contains(path) ? nullptr : &*record;
}

// The same file as in the record, as far as its stamp tells.
bool Restoration::isStill(const Descriptor &parent, const QByteArray &name, const FileRecord &record) const
{
    struct stat info {};
    if (fstatat(parent.get(), name.constData(), &info, AT_SYMLINK_NOFOLLOW) != 0)
        return false;
    const FileStamp now = FileStamp::of(info);
    return m_touched.contains(inodeOf(record.stamp)) ? inodeOf(now) == inodeOf(record.stamp)
                                                     : now == record.stamp;
}

// Hard links are written in place and stay one file, unless they are to be different.
bool Restoration::mustPartFromItsLinks(const QByteArray &path, const FileRecord &wanted) const
{
    const FileRecord *record = known(path);
    if (!record)
        return false;
    const QList<QByteArray> links = m_links.values(inodeOf(record->stamp));
    return std::any_of(links.cbegin(), links.cend(), [&](const QByteArray &link) {
        const auto other = m_target.records.constFind(link);
        return other == m_target.records.cend() || other->kind != Kind::File ||
               other->object != wanted.object || other->mode != wanted.mode;
    });
}

void Restoration::skip(const QByteArray &path, const QString &why)
{
    m_done.skipped += Restored::Skipped{path, why};
}

void Restoration::skip(const QByteArray &path, const Error &error)
{
    skip(path, whyNotRestored(error));
}

// Beside the path.
QString Restoration::whyNotRestored(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::Conflict:
        return tr("It has just changed, so it was left alone.");
    case ErrorKind::DiskFull:
        return tr("The disk is full. Free some space, then restore again.");
    case ErrorKind::PermissionDenied:
        return tr("Permission denied. Change the permissions, then restore again.");
    default:
        return tr("It could not be restored: %1").arg(error.detail.isEmpty() ? error.message : error.detail);
    }
}

// Where a folder is to be, a file or link goes; where a file is to be, the files of a folder, and then it.
void Restoration::clearTheWay()
{
    QByteArrayList folders;
    const auto isBelowOne = [&folders](const QByteArray &path) {
        return std::any_of(folders.cbegin(), folders.cend(),
            [&path](const QByteArray &folder) { return path.startsWith(folder + '/'); });
    };
    for (auto record = m_now.records.cbegin(); record != m_now.records.cend(); ++record) {
        const QByteArray &path = record.key();
        const bool isFolder = record->kind == Kind::Folder;
        const auto wanted = m_target.records.constFind(path);
        const bool isInTheWay =
            wanted != m_target.records.cend() && (wanted->kind == Kind::Folder) != isFolder;
        if (!isInTheWay && !isBelowOne(path))
            continue;
        if (isFolder)
            folders += path;
        else
            removeFile(path);
    }
    for (auto folder = folders.crbegin(); folder != folders.crend(); ++folder) {
        const auto [parentPath, name] = splitPath(*folder);
        const Descriptor parent = m_folder.folder(parentPath);
        // Not empty: something that no checkpoint holds is in it. What is to be in its place is then skipped.
        if (parent.isValid() && unlinkat(parent.get(), name.constData(), AT_REMOVEDIR) == 0)
            m_gone += *folder;
    }
}

void Restoration::makeFolders()
{
    for (auto wanted = m_target.records.cbegin(); wanted != m_target.records.cend(); ++wanted) {
        if (wanted->kind != Kind::Folder || known(wanted.key()))
            continue;
        const auto [parentPath, name] = splitPath(wanted.key());
        const Descriptor parent = m_folder.folder(parentPath);
        if (!parent.isValid() || (mkdirat(parent.get(), name.constData(), 0700) != 0 && errno != EEXIST))
            skip(wanted.key(), errorFromErrno(errno, shown(wanted.key())));
    }
}

void Restoration::writeAll(const IsCancelled &isCancelled)
{
    for (auto wanted = m_target.records.cbegin(); wanted != m_target.records.cend(); ++wanted) {
        const FileRecord *record = known(wanted.key());
        if (wanted->kind == Kind::Folder || (record && isSame(*wanted, *record)))
            continue;
        if (!mayGoOn(isCancelled))
            return;
        restore(wanted.key(), *wanted);
    }
}

void Restoration::restore(const QByteArray &path, const FileRecord &wanted)
{
    const FileRecord *record = known(path);
    if (record && record->kind == Kind::Folder)
        return skip(path, tr("A folder with files that no copy holds is there, so it was left alone."));
    if (m_now.isLeftOut(path))
        return skip(path,
            tr("It could not be kept as it is now, so it was left alone. Move it away, then restore again."));
    // A link is not a file to be written into.
    if (record && (record->kind != wanted.kind || mustPartFromItsLinks(path, wanted)) && !removeFile(path))
        return;
    Result<void> written;
    if (wanted.kind == Kind::Link) {
        const Result<QByteArray> target = m_objects.read(wanted.object);
        written = target ? writeLink(path, *target) : failure(target.error());
    } else {
        written = writeFile(path, wanted);
    }
    if (written) {
        m_done.written += path;
        return;
    }
    if (written.error().kind == ErrorKind::DiskFull) {
        m_done.stoppedBy =
            Error{ErrorKind::DiskFull, whyNotRestored(written.error()), written.error().detail};
    }
    skip(path, written.error());
}

Result<void> Restoration::writeFile(const QByteArray &path, const FileRecord &wanted)
{
    const Result<QByteArray> content = m_objects.read(wanted.object);
    if (!content)
        return failure(content.error());
    const auto [parentPath, name] = splitPath(path);
    const Descriptor parent = m_folder.folder(parentPath);
    if (!parent.isValid())
        return failure(errorFromErrno(errno, shown(path)));
    const FileRecord *record = known(path);
    ExpectedFile expected = NoFile{};
    if (record && m_touched.contains(inodeOf(record->stamp)))
        expected = AnyFile{};
    else if (record)
        expected = FileVersion{record->stamp, {}};
    if (record)
        m_touched += inodeOf(record->stamp);
    const Result<FileStamp> written = SafeWrite(parent.get(), name, expected, wanted.mode).write(*content);
    return written ? Result<void>() : failure(written.error());
}

Result<void> Restoration::writeLink(const QByteArray &path, const QByteArray &target)
{
    const auto [parentPath, name] = splitPath(path);
    const Descriptor parent = m_folder.folder(parentPath);
    if (!parent.isValid())
        return failure(errorFromErrno(errno, shown(path)));
    const FileRecord *record = known(path);
    if (!record)
        return symlinkat(target.constData(), parent.get(), name.constData()) == 0
                   ? Result<void>()
                   : failure(errorFromErrno(errno, shown(path)));
    const QByteArray fresh = TemporaryFile::kPrefix + QByteArray::number(record->stamp.inode, 16) + "-link";
    if (!isStill(parent, name, *record))
        return failure(ErrorKind::Conflict, {});
    if (symlinkat(target.constData(), parent.get(), fresh.constData()) != 0)
        return failure(errorFromErrno(errno, shown(path)));
    if (renameat(parent.get(), fresh.constData(), parent.get(), name.constData()) == 0)
        return {};
    const int code = errno;
    unlinkat(parent.get(), fresh.constData(), 0);
    return failure(errorFromErrno(code, shown(path)));
}

bool Restoration::removeFile(const QByteArray &path)
{
    const auto [parentPath, name] = splitPath(path);
    const Descriptor parent = m_folder.folder(parentPath);
    const FileRecord *record = known(path);
    if (!parent.isValid() || !record)
        return false;
    if (!isStill(parent, name, *record)) {
        skip(path, Error{ErrorKind::Conflict, {}, {}});
        return false;
    }
    if (unlinkat(parent.get(), name.constData(), 0) != 0) {
        skip(path, errorFromErrno(errno, shown(path)));
        return false;
    }
    m_touched += inodeOf(record->stamp);
    m_gone += path;
    return true;
}

// After the writing, so that the .gitignore of that time decides what was out of sight then.
void Restoration::removeAll(const IsCancelled &isCancelled)
{
    const std::unique_ptr<Project::IgnoreRules> rules = m_git.ignoreRules(m_folder.path());
    for (auto record = m_now.records.cbegin(); record != m_now.records.cend(); ++record) {
        const QByteArray &path = record.key();
        if (record->kind == Kind::Folder || m_target.records.contains(path))
            continue;
        if (!mayGoOn(isCancelled))
            return;
        if (!m_gone.contains(path) && (m_target.isLeftOut(path) || rules->isIgnored(path, false)))
            continue;
        if (m_gone.contains(path) || removeFile(path))
            m_done.removed += path;
    }
}

void Restoration::removeFolders()
{
    if (m_done.stoppedBy)
        return;
    // Backwards: what is in a folder comes after it.
    for (auto record = m_now.records.cend(); record != m_now.records.cbegin();) {
        --record;
        if (record->kind != Kind::Folder || m_target.records.contains(record.key()))
            continue;
        const auto [parentPath, name] = splitPath(record.key());
        const Descriptor parent = m_folder.folder(parentPath);
        // Only where nothing is left in it.
        if (parent.isValid())
            unlinkat(parent.get(), name.constData(), AT_REMOVEDIR);
    }
}

void Restoration::setFolderModes()
{
    for (auto wanted = m_target.records.cbegin(); wanted != m_target.records.cend(); ++wanted) {
        const FileRecord *record = known(wanted.key());
        if (wanted->kind != Kind::Folder || (record && record->mode == wanted->mode))
            continue;
        const Descriptor folder = m_folder.folder(wanted.key());
        if (folder.isValid() && fchmod(folder.get(), wanted->mode) != 0)
            skip(wanted.key(), errorFromErrno(errno, shown(wanted.key())));
    }
}

} // namespace Meanwhile::Checkpoints
