// SPDX-License-Identifier: MIT
#include "keys/filekeystore.h"

#include "base/logging.h"
#include "base/secret.h"

#include <QCoreApplication>
#include <QDir>
#include <QSaveFile>
#include <QtConcurrentRun>

#include <algorithm>

namespace Meanwhile::Keys {

using namespace Qt::StringLiterals;

static constexpr qint64 kMaxKeyBytes = 64 * 1024;
static constexpr auto kOwnerOnly = QFile::ReadOwner | QFile::WriteOwner;

static QString tr(const char *text)
{
    return QCoreApplication::translate("Meanwhile::Keys", text);
}

static auto cannot(const char *sentence, const QString &path, const QFileDevice &file)
{
    return failure(ErrorKind::Io, tr(sentence).arg(path), file.errorString());
}

static auto badName()
{
    return failure(ErrorKind::InvalidArgument, tr("This provider's key cannot be stored."));
}

static QString readKey(const QString &path)
{
    QFile file(path);
    if (path.isEmpty() || !file.exists())
        return {};
    if (!file.open(QFile::ReadOnly))
        qCWarning(lcStore) << "the key file cannot be read:" << path << file.errorString();
    QByteArray bytes = file.isOpen() ? file.read(kMaxKeyBytes) : QByteArray();
    const QString key = QString::fromUtf8(bytes).trimmed();
    overwrite(bytes);
    return key;
}

static Result<QString> writeKey(const QString &folder, const QString &path, const QString &key)
{
    static constexpr char kSentence[] = QT_TRANSLATE_NOOP(
        "Meanwhile::Keys", "The key could not be written to %1. Check the folder and the free space.");
    QDir().mkpath(folder);
    QSaveFile file(path);
    // Buffered, QSaveFile reports success on a full disk for anything below its buffer's size.
    if (!file.open(QFile::WriteOnly | QFile::Unbuffered) || !file.setPermissions(kOwnerOnly))
        return cannot(kSentence, path, file);
    QByteArray bytes = key.toUtf8();
    const bool isWritten = file.write(bytes) == bytes.size() && file.commit();
    overwrite(bytes);
    if (!isWritten)
        return cannot(kSentence, path, file);
    return path;
}

static Result<bool> removeKey(const QString &path)
{
    QFile file(path);
    if (file.exists() && !file.remove())
        return cannot(QT_TRANSLATE_NOOP(
                          "Meanwhile::Keys", "The key in %1 could not be removed. Delete that file by hand."),
            path, file);
    return true;
}

FileKeyStore::FileKeyStore(QString folder)
    : m_folder(std::move(folder))
{
    m_thread.setMaxThreadCount(1);
}

QString FileKeyStore::pathOf(const QString &account) const
{
    const auto isPlain = [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-';
    };
    if (account.isEmpty() || !std::all_of(account.cbegin(), account.cend(), isPlain))
        return {};
    return QDir(m_folder).filePath(account + u".key"_s);
}

QFuture<QString> FileKeyStore::read(const QString &account)
{
    return QtConcurrent::run(&m_thread, [path = pathOf(account)] { return readKey(path); });
}

QFuture<Result<QString>> FileKeyStore::write(const QString &account, const QString &key)
{
    return QtConcurrent::run(
        &m_thread, [folder = m_folder, path = pathOf(account), key]() -> Result<QString> {
            return path.isEmpty() ? Result<QString>(badName()) : writeKey(folder, path, key);
        });
}

QFuture<Result<bool>> FileKeyStore::remove(const QString &account)
{
    return QtConcurrent::run(&m_thread, [path = pathOf(account)]() -> Result<bool> {
        return path.isEmpty() ? Result<bool>(badName()) : removeKey(path);
    });
}

} // namespace Meanwhile::Keys
