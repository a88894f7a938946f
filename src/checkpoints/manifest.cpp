// SPDX-License-Identifier: MIT
#include "checkpoints/manifest.h"

#include <QDataStream>
#include <QIODevice>

#include <algorithm>

namespace Meanwhile::Checkpoints {

namespace {

constexpr quint32 kMagic = 0x6d776370; // "mwcp"
constexpr quint8 kVersion = 1;
constexpr qsizetype kObjectNameDigits = 40;

enum class Content : quint8 { Files, FilesWithStamps };

QDataStream &operator<<(QDataStream &out, const FileStamp &stamp)
{
    return out << stamp.device << stamp.inode << stamp.sizeBytes << stamp.modifiedNs << stamp.changedNs;
}

QDataStream &operator>>(QDataStream &in, FileStamp &stamp)
{
    return in >> stamp.device >> stamp.inode >> stamp.sizeBytes >> stamp.modifiedNs >> stamp.changedNs;
}

QByteArray written(const Manifest &manifest, Content content)
{
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out.setVersion(QDataStream::Qt_6_4);
    out << kMagic << kVersion << quint8(content) << quint32(manifest.records.size());
    for (auto record = manifest.records.cbegin(); record != manifest.records.cend(); ++record) {
        out << record.key() << quint8(record->kind) << record->mode << QByteArray::fromHex(record->object);
        if (content == Content::FilesWithStamps)
            out << record->stamp << record->isSettled;
        else
            out << record->stamp.sizeBytes;
    }
    out << quint32(manifest.leftOut.size());
    for (const LeftOut &left : manifest.leftOut)
        out << left.path << quint8(left.why);
    if (content == Content::FilesWithStamps)
        out << manifest.rulesAround;
    return bytes;
}

bool read(QDataStream &in, Content content, Manifest &manifest)
{
    in.setVersion(QDataStream::Qt_6_4);
    quint32 magic = 0;
    quint8 version = 0;
    quint8 kindOfContent = 0;
    quint32 count = 0;
    in >> magic >> version >> kindOfContent >> count;
    if (magic != kMagic || version != kVersion || kindOfContent != quint8(content))
        return false;
    for (quint32 i = 0; i < count && in.status() == QDataStream::Ok; ++i) {
        QByteArray path;
        quint8 kind = 0;
        FileRecord record;
        in >> path >> kind >> record.mode >> record.object;
        if (content == Content::FilesWithStamps)
            in >> record.stamp >> record.isSettled;
        else
            in >> record.stamp.sizeBytes;
        record.object = record.object.toHex();
        record.kind = FileRecord::Kind(kind);
        const bool isSound = kind <= quint8(FileRecord::Kind::Folder) && !path.isEmpty() &&
                             (record.object.isEmpty() || record.object.size() == kObjectNameDigits);
        if (!isSound)
            return false;
        manifest.records.insert(manifest.records.cend(), path, record);
    }
    in >> count;
    for (quint32 i = 0; i < count && in.status() == QDataStream::Ok; ++i) {
        LeftOut left;
        quint8 why = 0;
        in >> left.path >> why;
        left.why = LeftOut::Why(qMin(why, quint8(LeftOut::Why::Private)));
        manifest.leftOut += left;
    }
    if (content == Content::FilesWithStamps)
        in >> manifest.rulesAround;
    return in.status() == QDataStream::Ok && in.atEnd();
}

} // namespace

QByteArray Manifest::toBytes() const
{
    return written(*this, Content::Files);
}

Result<Manifest> Manifest::fromBytes(const QByteArray &bytes)
{
    Manifest manifest;
    QDataStream in(bytes);
    if (!read(in, Content::Files, manifest))
        return failure(
            ErrorKind::Io, QStringLiteral("This checkpoint is damaged and cannot be used. Choose another."));
    return manifest;
}

QByteArray Manifest::toCacheBytes() const
{
    return written(*this, Content::FilesWithStamps);
}

Manifest Manifest::fromCacheBytes(const QByteArray &bytes)
{
    Manifest manifest;
    QDataStream in(bytes);
    return read(in, Content::FilesWithStamps, manifest) ? manifest : Manifest{};
}

bool Manifest::isLeftOut(const QByteArray &path) const
{
    return std::any_of(leftOut.cbegin(), leftOut.cend(), [&path](const LeftOut &left) {
        return left.path.isEmpty() || path == left.path || path.startsWith(left.path + '/');
    });
}

std::pair<QByteArray, QByteArray> splitPath(const QByteArray &path)
{
    const qsizetype slash = path.lastIndexOf('/');
    return slash < 0 ? std::pair(QByteArray(), path) : std::pair(path.first(slash), path.sliced(slash + 1));
}

} // namespace Meanwhile::Checkpoints
