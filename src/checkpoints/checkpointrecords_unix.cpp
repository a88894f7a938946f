// SPDX-License-Identifier: MIT
#include "checkpoints/checkpointrecords.h"

#include "base/jsontext.h"
#include "base/safewrite.h"
#include "base/temporaryfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <cerrno>
#include <fcntl.h>

namespace Meanwhile::Checkpoints {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kIdDigits = 13; // milliseconds since 1970

bool isId(const QString &text)
{
    static const QRegularExpression digits(u"^[0-9]{13}$"_s);
    return digits.match(text).hasMatch();
}

QByteArray fileName(const QString &id)
{
    return (id + u".json"_s).toLatin1();
}

QByteArray toJson(const Checkpoint &checkpoint)
{
    return compactJson({{u"taken_at"_s, checkpoint.takenAt.toUTC().toString(Qt::ISODateWithMs)},
        {u"label"_s, checkpoint.label}, {u"manifest"_s, QString::fromLatin1(checkpoint.manifest)},
        {u"files"_s, checkpoint.files}, {u"bytes"_s, checkpoint.bytes}, {u"left_out"_s, checkpoint.leftOut},
        {u"late"_s, checkpoint.isLate}});
}

} // namespace

Result<CheckpointRecords> CheckpointRecords::open(const QString &folder)
{
    Descriptor opened = openFolder(QFile::encodeName(folder));
    if (!opened.isValid())
        return failure(errorFromErrno(errno, folder));
    return CheckpointRecords(folder, std::move(opened));
}

Result<Checkpoint> CheckpointRecords::add(Checkpoint checkpoint, Durability durability) const
{
    const QStringList known = ids();
    const qint64 newest = known.isEmpty() ? 0 : known.last().toLongLong();
    // The wall clock may go back, the order of checkpoints may not.
    checkpoint.id = u"%1"_s.arg(
        qMax(checkpoint.takenAt.toMSecsSinceEpoch(), newest + 1), int(kIdDigits), 10, QChar(u'0'));
    const Result<void> written = write(fileName(checkpoint.id), toJson(checkpoint), durability);
    if (!written)
        return failure(written.error());
    return checkpoint;
}

Result<void> CheckpointRecords::write(
    const QByteArray &name, const QByteArray &bytes, Durability durability) const
{
    if (durability == Durability::PowerLoss) {
        const Result<FileStamp> written = SafeWrite(m_folder.get(), name, NoFile{}, 0600).write(bytes);
        return written ? Result<void>() : failure(written.error());
    }
    TemporaryFile fresh(m_folder.get(), 0600);
    const int code = fresh.error() != 0 ? fresh.error() : writeFully(fresh.fd(), bytes);
    if (code != 0)
        return failure(errorFromErrno(code, m_path));
    if (renameat(m_folder.get(), fresh.name().constData(), m_folder.get(), name.constData()) != 0)
        return failure(errorFromErrno(errno, m_path));
    fresh.keep();
    return {};
}

QStringList CheckpointRecords::ids() const
{
    QStringList found;
    for (const QString &name : QDir(m_path).entryList({u"*.json"_s}, QDir::Files, QDir::Name)) {
        const QString id = name.chopped(5);
        if (isId(id))
            found += id;
    }
    return found;
}

std::optional<Checkpoint> CheckpointRecords::read(const QString &id) const
{
    QFile file(m_path + u'/' + QString::fromLatin1(fileName(id)));
    if (!isId(id) || !file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QJsonObject object = QJsonDocument::fromJson(file.readAll()).object();
    Checkpoint checkpoint{id,
        QDateTime::fromString(object.value(u"taken_at"_s).toString(), Qt::ISODateWithMs),
        object.value(u"label"_s).toString(), object.value(u"manifest"_s).toString().toLatin1(),
        object.value(u"files"_s).toInteger(), object.value(u"bytes"_s).toInteger(),
        object.value(u"left_out"_s).toInteger(), object.value(u"late"_s).toBool()};
    return checkpoint.manifest.isEmpty() ? std::nullopt : std::optional(checkpoint);
}

QVector<Checkpoint> CheckpointRecords::all() const
{
    QVector<Checkpoint> found;
    const QStringList known = ids();
    for (auto id = known.crbegin(); id != known.crend(); ++id) {
        if (const std::optional<Checkpoint> checkpoint = read(*id))
            found += *checkpoint;
    }
    return found;
}

Result<Checkpoint> CheckpointRecords::find(const QString &id) const
{
    if (const std::optional<Checkpoint> checkpoint = read(id))
        return *checkpoint;
    return failure(ErrorKind::NotFound,
        QCoreApplication::translate(
            "Meanwhile::Checkpoints", "This copy of the files is no longer kept. Choose a newer one."),
        u"checkpoint "_s + id);
}

Result<void> CheckpointRecords::remove(const QString &id) const
{
    if (unlinkat(m_folder.get(), fileName(id).constData(), 0) != 0 && errno != ENOENT)
        return failure(errorFromErrno(errno, u"Checkpoint "_s + id));
    return {};
}

Result<void> CheckpointRecords::sync() const
{
    if (fsync(m_folder.get()) != 0)
        return failure(errorFromErrno(errno, m_path));
    return {};
}

} // namespace Meanwhile::Checkpoints
