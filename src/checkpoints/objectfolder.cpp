// SPDX-License-Identifier: MIT
#include "checkpoints/objectfolder.h"

#include "base/descriptor.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>

#include <algorithm>
#include <numeric>

namespace Meanwhile::Checkpoints {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kFewWrites = 32;
constexpr qsizetype kManyPacks = 50;
constexpr qint64 kSmallPackBytes = 8'000'000;

} // namespace

Result<ObjectFolder> ObjectFolder::open(const QString &folder, Project::GitModule &git)
{
    ObjectFolder made;
    made.m_path = folder;
    made.m_git = &git;
    made.m_objects = git.objects(folder);
    if (!made.m_objects)
        return failure(ErrorKind::Unsupported,
            QCoreApplication::translate("Meanwhile::Checkpoints",
                "Copies of files need the module libmw_git, which is missing. Please reinstall Meanwhile."));
    made.m_packs = openFolder(QFile::encodeName(made.packFolder()));
    return made;
}

Project::ObjectStore &ObjectFolder::store() const
{
    return m_writer ? *m_writer : *m_objects;
}

void ObjectFolder::begin(qsizetype expectedWrites)
{
    if (expectedWrites > kFewWrites)
        m_writer = std::make_unique<PackWriter>(m_packs.get(), m_objects.get());
}

Result<void> ObjectFolder::end()
{
    const std::unique_ptr<PackWriter> writer = std::move(m_writer);
    return writer ? writer->flush() : Result<void>();
}

QString ObjectFolder::pathOf(const QByteArray &name) const
{
    const QString digits = QString::fromLatin1(name);
    return m_path + u'/' + digits.first(2) + u'/' + digits.sliced(2);
}

qint64 ObjectFolder::sizeOf(const QByteArray &name)
{
    if (const QFileInfo loose(pathOf(name)); loose.exists())
        return loose.size();
    if (!m_packedSizes) {
        m_packedSizes.emplace();
        const QVector<Pack> all = packs();
        for (const Pack &pack : all) {
            for (const QByteArray &packed : pack.names)
                m_packedSizes->insert(packed, pack.bytes / pack.names.size());
        }
    }
    return m_packedSizes->value(name);
}

// One that cannot be read is not among them, and stays: it may be the disk that fails.
QVector<ObjectFolder::Pack> ObjectFolder::packs() const
{
    QVector<Pack> found;
    const QFileInfoList files = QDir(packFolder()).entryInfoList({u"pack-*.idx"_s}, QDir::Files);
    for (const QFileInfo &index : files) {
        const Result<QByteArrayList> names = m_git->namesInPack(index.filePath());
        const QString path = index.filePath().chopped(4);
        if (names && !names->isEmpty())
            found += Pack{path, *names, index.size() + QFileInfo(path + u".pack"_s).size()};
    }
    return found;
}

qint64 ObjectFolder::removeAllBut(const QSet<QByteArray> &names)
{
    qint64 freed = removeLooseBut(names);
    removeStrayPackFiles();
    const QVector<Pack> all = packs();
    QVector<Pack> worn;
    QVector<Pack> unneeded;
    const auto isNeeded = [&names](const QByteArray &name) { return names.contains(name); };
    for (const Pack &pack : all) {
        const auto needed = std::count_if(pack.names.cbegin(), pack.names.cend(), isNeeded);
        const bool isOneOfMany = all.size() > kManyPacks && pack.bytes < kSmallPackBytes;
        if (needed == 0)
            unneeded += pack;
        else if (needed * 2 <= pack.names.size() || isOneOfMany)
            worn += pack;
    }
    const auto bytesOf = [](const QVector<Pack> &packs) {
        return std::accumulate(packs.cbegin(), packs.cend(), qint64(0),
            [](qint64 sum, const Pack &pack) { return sum + pack.bytes; });
    };
    const std::optional<QByteArrayList> made = repack(worn, names);
    const qint64 rewritten = bytesOf(packs()) - bytesOf(all);
    // One that comes out as it was keeps its name.
    for (const Pack &pack : std::as_const(worn)) {
        if (made && !made->contains(QFileInfo(pack.path).fileName().toLatin1()))
            unneeded += pack;
    }
    // The index first: without one, the rest is a leftover.
    for (const Pack &pack : std::as_const(unneeded)) {
        if (QFile::remove(pack.path + u".idx"_s) && QFile::remove(pack.path + u".pack"_s))
            freed += pack.bytes;
    }
    m_packedSizes.reset();
    return freed - rewritten;
}

// Before the old ones go.
std::optional<QByteArrayList> ObjectFolder::repack(
    const QVector<Pack> &old, const QSet<QByteArray> &names) const
{
    PackWriter writer(m_packs.get(), nullptr);
    for (const Pack &pack : old) {
        for (const QByteArray &name : pack.names) {
            const Result<QByteArray> content =
                names.contains(name) ? m_objects->read(name) : Result<QByteArray>(QByteArray());
            if (!content || (names.contains(name) && !writer.write(*content)))
                return std::nullopt;
        }
    }
    if (!writer.flush())
        return std::nullopt;
    return writer.made();
}

// Without an index, or not yet one.
void ObjectFolder::removeStrayPackFiles() const
{
    const QFileInfoList files = QDir(packFolder()).entryInfoList(QDir::Files | QDir::Hidden);
    for (const QFileInfo &file : files) {
        const bool isWhole = file.fileName().startsWith(u"pack-"_s) &&
                             QFile::exists(file.path() + u'/' + file.completeBaseName() + u".idx"_s) &&
                             QFile::exists(file.path() + u'/' + file.completeBaseName() + u".pack"_s);
        if (!isWhole)
            QFile::remove(file.filePath());
    }
}

qint64 ObjectFolder::removeLooseBut(const QSet<QByteArray> &names) const
{
    qint64 freed = 0;
    QDirIterator files(m_path, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        const QString inside = path.sliced(m_path.size() + 1);
        const qint64 size = files.fileInfo().size();
        if (!inside.startsWith(u"pack/"_s) && !names.contains(QString(inside).remove(u'/').toLatin1()) &&
            QFile::remove(path))
            freed += size;
    }
    return freed;
}

} // namespace Meanwhile::Checkpoints
