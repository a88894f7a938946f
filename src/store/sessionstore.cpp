// SPDX-License-Identifier: MIT
#include "store/sessionstore.h"

#include "store/sessionowner.h"
#include "store/sessionrows.h"
#include "store/sqlitejournal.h"
#include "tasks/processidentity.h"

#include <QCoreApplication>
#include <QPromise>

namespace Meanwhile::Store {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostHits = 50;

Tasks::ProcessIdentity thisProcess()
{
    static const Tasks::ProcessIdentity kIdentity =
        Tasks::identityOf(QCoreApplication::applicationPid()).value_or(Tasks::ProcessIdentity());
    return kIdentity;
}

Result<StoredSession> open(StoreWriter &writer, const std::function<Result<QString>(Database &)> &find)
{
    Result<QString> id = writer.read<QString>(find);
    if (!id)
        return failure(id.error());
    // Before all of it is read, which can take a while.
    const Result<void> mayOpen =
        writer.read<void>([&](Database &database) { return checkOwner(database, *id, thisProcess()); });
    if (!mayOpen && mayOpen.error().kind == ErrorKind::Conflict && !writer.readOnlyReason())
        return failure(mayOpen.error());
    Result<StoredSession> session =
        writer.read<StoredSession>([&](Database &database) { return readSession(database, *id); });
    if (!session)
        return session;
    const Result<void> claimed =
        writer.writeNow([&](Database &database) { return claimSession(database, *id, thisProcess()); });
    // A file that cannot be written can be read by as many as like.
    if (!claimed && claimed.error().kind == ErrorKind::Conflict && claimed.error() != writer.readOnlyReason())
        return failure(claimed.error());
    return session;
}

} // namespace

SessionStore::SessionStore(const QString &path, QObject *parent)
    : QObject(parent)
    , m_writer(new StoreWriter(path, this))
    , m_journals(std::make_shared<SqliteJournal::All>())
{
    m_thread.setObjectName(u"store"_s);
    m_writer->moveToThread(&m_thread);
    connect(m_writer, &StoreWriter::failed, this, &SessionStore::failed);
    connect(m_writer, &StoreWriter::vanished, this, [this] {
        std::vector<StoreWriter::Work> all;
        for (SqliteJournal *journal : *m_journals)
            all.push_back(journal->rewriting());
        m_writer->replaceAll(std::move(all));
    });
    connect(&m_thread, &QThread::finished, m_writer, &QObject::deleteLater);
    m_thread.start();
}

SessionStore::~SessionStore()
{
    // Behind everything that was asked for before.
    QMetaObject::invokeMethod(m_writer, [this] {
        m_writer->writeWaiting();
        m_thread.quit();
    });
    m_thread.wait();
}

std::unique_ptr<SessionJournal> SessionStore::journalFor(
    const QString &sessionId, const QString &project, qint64 nextPosition)
{
    return std::make_unique<SqliteJournal>(
        *m_writer, SqliteJournal::Of{sessionId, project, nextPosition, ownerText(thisProcess())}, m_journals);
}

QFuture<Result<void>> SessionStore::save()
{
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    QMetaObject::invokeMethod(m_writer, [writer = m_writer, promise] {
        writer->settle([promise](const Result<void> &settled) {
            promise->addResult(settled);
            promise->finish();
        });
    });
    return promise->future();
}

template <typename T>
QFuture<Result<T>> SessionStore::later(std::function<Result<T>(StoreWriter &)> work)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    QFuture<Result<T>> future = promise->future();
    QMetaObject::invokeMethod(m_writer, [writer = m_writer, promise, work = std::move(work)] {
        promise->addResult(work(*writer));
        promise->finish();
    });
    return future;
}

QFuture<Result<void>> SessionStore::change(std::function<Result<void>(Database &)> work)
{
    return later<void>([work = std::move(work)](StoreWriter &writer) { return writer.writeNow(work); });
}

QFuture<Result<StoredSession>> SessionStore::load(const QString &sessionId)
{
    return later<StoredSession>([sessionId](StoreWriter &writer) {
        return open(writer, [&](Database &) { return Result<QString>(sessionId); });
    });
}

QFuture<Result<StoredSession>> SessionStore::loadNewest(const QString &project)
{
    return later<StoredSession>([project](StoreWriter &writer) {
        return open(writer, [&](Database &database) { return newestSession(database, project); });
    });
}

QFuture<Result<QVector<SessionSummary>>> SessionStore::list()
{
    return later<QVector<SessionSummary>>(
        [](StoreWriter &writer) { return writer.read<QVector<SessionSummary>>(listSessions); });
}

QFuture<Result<QVector<SessionHit>>> SessionStore::search(const QString &text)
{
    return later<QVector<SessionHit>>([text](StoreWriter &writer) {
        return writer.read<QVector<SessionHit>>(
            [&](Database &database) { return searchSessions(database, text, kMostHits); });
    });
}

QFuture<Result<TaskRecords>> SessionStore::taskRecords()
{
    return later<TaskRecords>(
        [](StoreWriter &writer) { return writer.read<TaskRecords>(Store::taskRecords); });
}

QFuture<Result<void>> SessionStore::addFound(const StoredSession &session)
{
    return change([session](Database &database) { return Store::addFound(database, session); });
}

QFuture<Result<void>> SessionStore::rename(const QString &sessionId, const QString &title)
{
    return change(
        [sessionId, title](Database &database) { return renameSession(database, sessionId, title); });
}

QFuture<Result<void>> SessionStore::moveProject(const QString &sessionId, const QString &folder)
{
    return change(
        [sessionId, folder](Database &database) { return Store::moveProject(database, sessionId, folder); });
}

QFuture<Result<void>> SessionStore::setArchived(const QString &sessionId, bool archived)
{
    return change([sessionId, archived](
                      Database &database) { return Store::setArchived(database, sessionId, archived); });
}

QFuture<Result<void>> SessionStore::setDeleted(const QString &sessionId, bool deleted)
{
    return change(
        [sessionId, deleted](Database &database) { return Store::setDeleted(database, sessionId, deleted); });
}

QFuture<Result<QStringList>> SessionStore::deletedSessions(const QDateTime &before)
{
    return later<QStringList>([before](StoreWriter &writer) {
        return writer.read<QStringList>(
            [&](Database &database) { return Store::deletedSessions(database, before); });
    });
}

QFuture<Result<void>> SessionStore::purge(const QDateTime &deletedBefore)
{
    return change([deletedBefore](Database &database) { return purgeDeleted(database, deletedBefore); });
}

QFuture<Result<QString>> SessionStore::fork(
    const QString &sessionId, const QString &throughMessage, const QString &newId)
{
    return later<QString>([sessionId, throughMessage, newId](StoreWriter &writer) -> Result<QString> {
        const Result<void> done = writer.writeNow(
            [&](Database &database) { return forkSession(database, sessionId, throughMessage, newId); });
        return done ? Result<QString>(newId) : failure(done.error());
    });
}

} // namespace Meanwhile::Store
