// SPDX-License-Identifier: MIT
#include "checkpoints/diskcheckpointstore.h"

#include "base/filelock.h"
#include "base/pathtext.h"
#include "base/safewrite.h"
#include "base/statepaths.h"
#include "checkpoints/checkpointrecords.h"
#include "checkpoints/chosenfiles.h"
#include "checkpoints/contentreader.h"
#include "checkpoints/objectfolder.h"
#include "checkpoints/restoration.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>

#include <cerrno>

namespace Meanwhile::Checkpoints {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxDiffedBytes = 2'000'000;
constexpr qsizetype kSniffBytes = 8'000; // as git does
constexpr auto kCacheName = "cache";

// In words of what was to be done, not of the file of ours that failed.
tl::unexpected<Error> storeFailure(Error error)
{
    if (error.kind == ErrorKind::DiskFull) {
        error.message = QCoreApplication::translate("Meanwhile::Checkpoints",
            "The copy of the files could not be saved, because the disk is full. Free some space, then try "
            "again.");
    } else if (error.kind != ErrorKind::Cancelled && error.kind != ErrorKind::Unsupported) {
        const QString text = QCoreApplication::translate("Meanwhile::Checkpoints",
            "The folder for copies of files could not be used: %1. Check the disk and the permissions there, "
            "then try again.");
        error.message = text.arg(error.detail);
    }
    return failure(std::move(error));
}

bool isBinary(const QByteArray &content)
{
    return content.first(qMin(content.size(), kSniffBytes)).contains('\0');
}

qsizetype writesNeeded(const Manifest &manifest)
{
    qsizetype count = 1; // the manifest itself
    for (const FileRecord &record : manifest.records)
        count += record.object.isEmpty() && record.kind != FileRecord::Kind::Folder ? 1 : 0;
    return count;
}

FileStamp stampOf(const QString &path)
{
    return FileStamp::at(QFile::encodeName(path)).value_or(FileStamp{});
}

/// Keeps nothing: only says what the store would call it, as git does.
class ObjectNames final : public Project::ObjectStore {
public:
    Result<QByteArray> write(const QByteArray &content) override { return PackWriter::nameOf(content); }
    bool has(const QByteArray &) override { return false; }
    Result<QByteArray> read(const QByteArray &) override { return failure(ErrorKind::NotFound, {}); }
};

} // namespace

// All that is open during one call; the lock goes with it.
struct DiskCheckpointStore::Stock {
    Descriptor folder;
    Descriptor lock;
    ProjectFolder project;
    ObjectFolder objects;
    CheckpointRecords records;
    QSet<QByteArray> privateNames; ///< below the project
};

DiskCheckpointStore::DiskCheckpointStore(const QString &projectFolder, QString stateFolder,
    std::shared_ptr<Project::GitModule> git, ScanLimits limits, Project::PrivatePlaces privatePlaces)
    : m_projectPath(canonicalPath(projectFolder))
    , m_statePath(std::move(stateFolder))
    , m_git(std::move(git))
    , m_limits(limits)
    , m_private(std::move(privatePlaces))
{
    const QByteArray name =
        QCryptographicHash::hash(QFile::encodeName(m_projectPath), QCryptographicHash::Sha1);
    m_storePath = m_statePath + u"/checkpoints/"_s + QString::fromLatin1(name.toHex());
}

Result<DiskCheckpointStore::Stock> DiskCheckpointStore::open()
{
    Result<ProjectFolder> project = ProjectFolder::open(m_projectPath);
    if (!project)
        return failure(project.error());
    // Copies of what a person may have kept to themselves.
    for (const QString &folder : {m_statePath + u"/checkpoints"_s, m_storePath, m_storePath + u"/objects"_s,
             m_storePath + u"/records"_s}) {
        if (!makePrivateFolder(folder))
            return storeFailure({ErrorKind::Io, {}, folder});
    }
    Descriptor folder = openFolder(QFile::encodeName(m_storePath));
    if (!folder.isValid())
        return storeFailure(errorFromErrno(errno, m_storePath));
    // Another instance has the same project open: it is done soon.
    Descriptor lock = lockedFile(folder, "lock");
    if (!lock.isValid())
        return storeFailure(errorFromErrno(errno, m_storePath));
    Result<ObjectFolder> objects = ObjectFolder::open(m_storePath + u"/objects"_s, *m_git);
    if (!objects)
        return failure(objects.error());
    Result<CheckpointRecords> records = CheckpointRecords::open(m_storePath + u"/records"_s);
    if (!records)
        return storeFailure(records.error());
    Stock stock{std::move(folder), std::move(lock), *std::move(project), *std::move(objects),
        *std::move(records), privateBelow(m_private, m_projectPath)};
    loadCache(stock);
    return stock;
}

void DiskCheckpointStore::loadCache(const Stock &stock)
{
    const auto file = Project::entryIn(stock.folder, kCacheName);
    if (file && file->stamp == m_cacheStamp)
        return;
    QFile reader(m_storePath + u'/' + QString::fromLatin1(kCacheName));
    m_cache = reader.open(QIODevice::ReadOnly) ? Manifest::fromCacheBytes(reader.readAll()) : Manifest{};
    m_cacheStamp = file ? file->stamp : FileStamp{};
}

void DiskCheckpointStore::saveCache(const Stock &stock, const Manifest &manifest)
{
    if (manifest == m_cache)
        return;
    const Result<FileStamp> written =
        SafeWrite(stock.folder.get(), kCacheName, AnyFile{}, 0600).write(manifest.toCacheBytes());
    // Without it the next checkpoint reads more than it needs to, which is all.
    m_cache = written ? manifest : Manifest{};
    m_cacheStamp = written.value_or(FileStamp{});
}

Result<Manifest> DiskCheckpointStore::scan(
    const Stock &stock, const QSet<QByteArray> &always, const IsCancelled &isCancelled)
{
    ProjectScan scan(stock.project, *m_git, m_limits, m_cache, isCancelled);
    scan.include(always);
    scan.passOver(stampOf(m_statePath));
    scan.keepOut(stock.privateNames, m_private);
    return scan.run();
}

Result<Manifest> DiskCheckpointStore::look(const Stock &stock, const IsCancelled &isCancelled)
{
    Result<Manifest> found = scan(stock, {}, isCancelled);
    if (!found)
        return found;
    ObjectNames names;
    const Result<void> done =
        ContentReader(stock.project, names, m_limits.maxFileBytes).read(*found, isCancelled);
    return done ? found : failure(done.error());
}

Result<Manifest> DiskCheckpointStore::read(
    Stock &stock, const QSet<QByteArray> &always, const IsCancelled &isCancelled, TakeWatch *watch)
{
    Result<Manifest> found = scan(stock, always, isCancelled);
    if (!found)
        return found;
    const qsizetype writes = writesNeeded(*found);
    stock.objects.begin(writes);
    ContentReader reader(stock.project, stock.objects.store(), m_limits.maxFileBytes);
    if (watch)
        reader.setProgress([watch, writes](qsizetype done) { watch->show(done, writes - 1); });
    if (const Result<void> done = reader.read(*found, isCancelled); !done) {
        // What was read so far need not be written again next time.
        if (done.error().kind == ErrorKind::Cancelled && stock.objects.end()) {
            erase_if(found->records, [](const auto &record) {
                return record.value().object.isEmpty() && record.value().kind != FileRecord::Kind::Folder;
            });
            saveCache(stock, *found);
        }
        return storeFailure(done.error());
    }
    return found;
}

Result<Checkpoint> DiskCheckpointStore::record(Stock &stock, const QString &label, Durability durability,
    const Manifest &manifest, const TakeWatch *watch)
{
    const Result<QByteArray> object = stock.objects.store().write(manifest.toBytes());
    if (!object)
        return storeFailure(object.error());
    if (const Result<void> ended = stock.objects.end(); !ended)
        return storeFailure(ended.error());
    Checkpoint checkpoint{{}, QDateTime::currentDateTimeUtc(), label, *object, 0, 0, manifest.leftOut.size()};
    for (const FileRecord &file : manifest.records) {
        checkpoint.files += file.kind == FileRecord::Kind::Folder ? 0 : 1;
        checkpoint.bytes += file.stamp.sizeBytes;
    }
    checkpoint.isLate = watch && watch->isLate;
    Result<Checkpoint> added = stock.records.add(checkpoint, durability);
    return added ? added : storeFailure(added.error());
}

Result<Checkpoint> DiskCheckpointStore::take(const QString &label, Durability durability,
    const IsCancelled &isCancelled, const Taken &taken, TakeWatch *watch)
{
    Result<Stock> stock = open();
    if (!stock)
        return failure(stock.error());
    const Result<Manifest> manifest = read(*stock, {}, isCancelled, watch);
    if (!manifest)
        return failure(manifest.error());
    const Result<Checkpoint> checkpoint = record(*stock, label, durability, *manifest, watch);
    if (checkpoint) {
        taken(*checkpoint);
        saveCache(*stock, *manifest);
    }
    return checkpoint;
}

Result<QVector<Checkpoint>> DiskCheckpointStore::list()
{
    const Result<Stock> stock = open();
    if (!stock)
        return failure(stock.error());
    return stock->records.all();
}

Result<Manifest> DiskCheckpointStore::manifestOf(const Stock &stock, const QString &id) const
{
    const Result<Checkpoint> checkpoint = stock.records.find(id);
    if (!checkpoint)
        return failure(checkpoint.error());
    const Result<QByteArray> bytes = stock.objects.store().read(checkpoint->manifest);
    Result<Manifest> manifest = bytes ? Manifest::fromBytes(*bytes) : failure(bytes.error());
    // It may be from before a place became private.
    if (manifest)
        erase_if(manifest->records,
            [&stock](const auto &record) { return isAtOrBelowOne(stock.privateNames, record.key()); });
    return manifest;
}

Result<FileChanges> DiskCheckpointStore::changes(
    const QString &from, const QString &to, const IsCancelled &isCancelled, qint64 sinceNs)
{
    const Result<Stock> stock = open();
    if (!stock)
        return failure(stock.error());
    const Result<Checkpoint> checkpoint = stock->records.find(from);
    const Result<Manifest> before = manifestOf(*stock, from);
    if (!before)
        return failure(before.error());
    const Result<Manifest> after = to.isEmpty() ? look(*stock, isCancelled) : manifestOf(*stock, to);
    if (!after)
        return failure(after.error());
    FileChanges changes = changesBetween(*before, *after);
    if (to.isEmpty() && sinceNs > 0 && checkpoint)
        addWritten(changes, *before, *after, {sinceNs, checkpoint->takenAt.toMSecsSinceEpoch() * 1'000'000});
    return changes;
}

Result<QByteArray> DiskCheckpointStore::contentOf(
    const Stock &stock, const QString &id, const QByteArray &path) const
{
    Manifest manifest;
    if (id.isEmpty()) {
        // Of this one file: its content is put into the store like any other's.
        const auto [parentPath, name] = splitPath(path);
        const Descriptor parent = stock.project.folder(parentPath);
        const auto entry = parent.isValid() ? Project::entryIn(parent, name) : std::nullopt;
        if (isAtOrBelowOne(stock.privateNames, path) || !entry)
            return QByteArray();
        const bool isLink = entry->kind == Project::FolderEntry::Kind::Link;
        const auto kind = isLink ? FileRecord::Kind::Link : FileRecord::Kind::File;
        manifest.records.insert(path, {kind, 0, entry->stamp, false, {}});
        ContentReader reader(stock.project, stock.objects.store(), m_limits.maxFileBytes);
        if (const Result<void> done = reader.read(manifest, [] { return false; }); !done)
            return failure(done.error());
    } else {
        const Result<Manifest> kept = manifestOf(stock, id);
        if (!kept)
            return failure(kept.error());
        manifest = *kept;
    }
    const QByteArray object = manifest.records.value(path).object;
    return object.isEmpty() ? QByteArray() : stock.objects.store().read(object);
}

Result<QString> DiskCheckpointStore::diff(const QString &from, const QString &to, const QByteArray &path)
{
    const Result<Stock> stock = open();
    if (!stock)
        return failure(stock.error());
    const Result<QByteArray> before = contentOf(*stock, from, path);
    if (!before)
        return failure(before.error());
    const Result<QByteArray> after = contentOf(*stock, to, path);
    if (!after)
        return failure(after.error());
    if (isBinary(*before) || isBinary(*after) || before->size() + after->size() > kMaxDiffedBytes)
        return QString();
    return m_git->diff(pathToText(path), *before, *after);
}

Result<Restored> DiskCheckpointStore::restore(
    const QString &id, const QString &undoLabel, const IsCancelled &isCancelled, const QByteArrayList &only)
{
    Result<Stock> stock = open();
    if (!stock)
        return failure(stock.error());
    const Result<Manifest> target = manifestOf(*stock, id);
    if (!target)
        return failure(target.error());
    // What is to be restored may be ignored by now; it is kept all the same, so that it can be brought back.
    const QList<QByteArray> paths = target->records.keys();
    const Result<Manifest> now = read(*stock, QSet<QByteArray>(paths.cbegin(), paths.cend()), isCancelled);
    if (!now)
        return failure(now.error());
    const Result<Checkpoint> undo = record(*stock, undoLabel, Durability::PowerLoss, *now);
    if (!undo)
        return failure(undo.error());
    const ChosenFiles chosen = only.isEmpty() ? ChosenFiles{*target, {}} : chosenFiles(*target, *now, only);
    Restoration restoration(stock->project, stock->objects.store(), *m_git, chosen.target, *now);
    Restored restored = restoration.run(isCancelled, chosen.blocked);
    restored.undo = *undo;
    return restored;
}

Result<void> DiskCheckpointStore::forget(const QString &id)
{
    const Result<Stock> stock = open();
    return stock ? stock->records.remove(id) : failure(stock.error());
}

Result<Pruned> DiskCheckpointStore::prune(const PrunePolicy &policy, const IsCancelled &isCancelled)
{
    Result<Stock> stock = open();
    if (!stock)
        return failure(stock.error());
    const QVector<Checkpoint> all = stock->records.all();
    QHash<QByteArray, int> uses;
    for (const FileRecord &record : std::as_const(m_cache.records))
        uses[record.object] += 1;
    for (const Checkpoint &checkpoint : all) {
        if (isCancelled())
            return failure(ErrorKind::Cancelled, u"Stopped."_s);
        for (const QByteArray &name : objectsOf(*stock, {checkpoint}))
            ++uses[name];
    }
    uses.remove({}); // of folders
    qint64 total = 0;
    for (auto name = uses.keyBegin(); name != uses.keyEnd(); ++name)
        total += stock->objects.sizeOf(*name);
    Pruned pruned;
    const QDateTime oldest =
        QDateTime::currentDateTimeUtc().addSecs(-std::chrono::seconds(policy.maxAge).count());
    for (qsizetype i = all.size() - 1; i >= policy.keepAtLeast; --i) {
        const Checkpoint &checkpoint = all.at(i);
        const bool isTooMuch = checkpoint.takenAt < oldest || total > policy.maxBytes;
        if (!isTooMuch || policy.keep.contains(checkpoint.id))
            continue;
        const QSet<QByteArray> names = objectsOf(*stock, {checkpoint});
        if (const Result<void> removed = stock->records.remove(checkpoint.id); !removed)
            return storeFailure(removed.error());
        ++pruned.checkpoints;
        for (const QByteArray &name : names) {
            if (--uses[name] == 0) {
                total -= stock->objects.sizeOf(name);
                uses.remove(name);
            }
        }
    }
    // First the names, then what they stand for: what is listed can be restored.
    if (const Result<void> synced = stock->records.sync(); !synced)
        return storeFailure(synced.error());
    const QList<QByteArray> used = uses.keys();
    pruned.bytes = stock->objects.removeAllBut(QSet<QByteArray>(used.cbegin(), used.cend()));
    return pruned;
}

// What the manifests name, and they themselves.
QSet<QByteArray> DiskCheckpointStore::objectsOf(const Stock &stock, const QVector<Checkpoint> &checkpoints)
{
    QSet<QByteArray> names;
    for (const Checkpoint &checkpoint : checkpoints) {
        if (names.contains(checkpoint.manifest))
            continue;
        names += checkpoint.manifest;
        const Result<QByteArray> bytes = stock.objects.store().read(checkpoint.manifest);
        const Result<Manifest> manifest = bytes ? Manifest::fromBytes(*bytes) : failure(bytes.error());
        // A damaged one can no longer be restored, and must not keep the others from being cared for.
        for (const FileRecord &record : manifest ? manifest->records : QMap<QByteArray, FileRecord>())
            names += record.object;
    }
    names.remove({}); // of folders
    return names;
}

} // namespace Meanwhile::Checkpoints
