// SPDX-License-Identifier: MIT
#include "store/sessionstore.h"

#include "base/logging.h"
#include "conversation/messagejson.h"
#include "store/database.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMutex>
#include <QPromise>
#include <QTimer>

#include <optional>
#include <vector>

namespace Meanwhile::Store {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds kGatherFor{1};

QString iso(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

// The first line of the person's first words.
QString titleFrom(const Conversation::Message &message)
{
    const QString line = Conversation::plainText(message).section(u'\n', 0, 0).trimmed().left(80);
    return line.isEmpty() ? u""_s : line; // a null string would be stored as NULL
}

} // namespace

// Lives on the writer thread and is only called there.
class SessionStore::Writer : public QObject {
public:
    Writer(QString path, SessionStore *store)
        : m_path(std::move(path))
        , m_store(store)
    {
    }

    using Work = std::function<Result<void>(Database &)>;

    /// On the store's thread. What is added within kGatherFor, or while the disk is busy, is written together, and
    /// after what made it: that has a command to start or a request to send, which somebody waits for.
    void add(Work work)
    {
        const QMutexLocker lock(&m_mutex);
        m_waiting.push_back(std::move(work));
        if (m_waiting.size() > 1)
            return;
        QTimer::singleShot(kGatherFor, Qt::PreciseTimer, m_store,
            [this] { QMetaObject::invokeMethod(this, [this] { writeWaiting(); }); });
    }

    void writeWaiting()
    {
        std::vector<Work> all;
        {
            const QMutexLocker lock(&m_mutex);
            all.swap(m_waiting);
        }
        if (all.empty() || !ready())
            return;
        if (all.size() > 1 && write(all))
            return;
        // One that fails must not take the others with it.
        for (const Work &work : all)
            report(write({work}));
    }

    Result<StoredSession> read(const QString &where, const QVariantList &values)
    {
        if (!ready())
            return failure(*m_openError);
        Result<QSqlQuery> session = m_database->run(
            u"SELECT id, project FROM session WHERE "_s + where + u" ORDER BY updated_at DESC LIMIT 1"_s,
            values);
        if (!session)
            return failure(session.error());
        if (!session->next()) {
            return failure(
                ErrorKind::NotFound, QCoreApplication::translate("Meanwhile::Store",
                                         "There is no earlier conversation to go on with. Start one first."));
        }
        StoredSession stored{session->value(0).toString(), session->value(1).toString(), {}};
        Result<QSqlQuery> rows =
            m_database->run(u"SELECT body FROM message WHERE session = ? ORDER BY position"_s, {stored.id});
        if (!rows)
            return failure(rows.error());
        while (rows->next()) {
            Result<Conversation::Message> message = Conversation::messageFromJson(
                QJsonDocument::fromJson(rows->value(0).toString().toUtf8()).object());
            if (!message)
                return failure(message.error());
            stored.history.append(std::move(*message));
        }
        return stored;
    }

private:
    Result<void> write(const std::vector<Work> &all)
    {
        return m_database->transaction([&]() -> Result<void> {
            for (const Work &work : all) {
                if (Result<void> done = work(*m_database); !done)
                    return done;
            }
            return {};
        });
    }

    bool ready()
    {
        if (m_database)
            return true;
        if (m_openError)
            return false;
        Result<Database> opened = Database::open(m_path);
        if (opened) {
            m_database.emplace(std::move(*opened));
            return true;
        }
        m_openError = opened.error();
        report(failure(opened.error()));
        return false;
    }

    void report(const Result<void> &done)
    {
        // The same trouble again says nothing new.
        if (done || std::exchange(m_reported, done.error()) == done.error())
            return;
        qCWarning(lcStore) << done.error().message << done.error().detail;
        emit m_store->failed(done.error());
    }

    QMutex m_mutex;
    std::vector<Work> m_waiting; // guarded by m_mutex
    QString m_path;
    SessionStore *m_store;
    std::optional<Database> m_database;
    std::optional<Error> m_openError;
    Error m_reported;
};

class SessionStore::Sink final : public SessionSink {
public:
    Sink(SessionStore &store, QString session, QString project, qint64 messages)
        : m_store(store)
        , m_session(std::move(session))
        , m_project(std::move(project))
        , m_next(messages)
    {
    }

    void messageAdded(const Conversation::Message &message) override
    {
        QStringList carried;
        for (const Conversation::ContentBlock &block : message.content) {
            if (const auto *news = std::get_if<Conversation::NotificationBlock>(&block))
                carried += news->taskIds;
            else if (const auto *result = std::get_if<Conversation::ToolResultBlock>(&block))
                carried += result->taskIds;
        }
        write([session = m_session, project = m_project, position = m_next++, message, carried](
                  Database &db) -> Result<void> {
            const QString now = iso(message.time);
            auto done = db.run(
                u"INSERT INTO session (id, project, title, created_at, updated_at) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at"_s,
                {session, project, titleFrom(message), now, now});
            const QString body = QString::fromUtf8(
                QJsonDocument(Conversation::toJson(message)).toJson(QJsonDocument::Compact));
            if (done)
                done = db.run(u"INSERT INTO message (session, position, id, body) VALUES (?, ?, ?, ?)"_s,
                    {session, position, message.id, body});
            for (const QString &task : carried) {
                if (done)
                    done = db.run(u"UPDATE outbox SET message = ? WHERE session = ? AND task = ?"_s,
                        {message.id, session, task});
            }
            return done ? Result<void>() : Result<void>(failure(done.error()));
        });
    }

    void taskChanged(const Tasks::Task &task) override
    {
        write([session = m_session, task](Database &db) -> Result<void> {
            const auto done =
                db.run(u"INSERT INTO task (session, id, command, state, exit_code, log_path, started_at, "
                       u"ended_at, boot_id, pid, start_ticks) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (session, id) DO UPDATE SET "
                       "state = excluded.state, "
                       "exit_code = excluded.exit_code, started_at = excluded.started_at, ended_at = "
                       "excluded.ended_at, boot_id = "
                       "excluded.boot_id, pid = excluded.pid, start_ticks = excluded.start_ticks"_s,
                    {session, task.id, task.spec.command, Tasks::nameOf(task.state),
                        task.state == Tasks::TaskState::Exited ? QVariant(task.exitCode) : QVariant(),
                        task.logPath, iso(task.startedAt), iso(task.endedAt), task.supervisor.bootId,
                        task.supervisor.pid, qint64(task.supervisor.startTicks)});
            return done ? Result<void>() : Result<void>(failure(done.error()));
        });
    }

    void notificationQueued(const Tasks::Notification &notification) override
    {
        write([session = m_session, notification](Database &db) -> Result<void> {
            const auto done = db.run(
                u"INSERT OR IGNORE INTO outbox (session, task, kind, body) VALUES (?, ?, 'ended', ?)"_s,
                {session, notification.taskId, notification.text});
            return done ? Result<void>() : Result<void>(failure(done.error()));
        });
    }

    void requestAccepted(qint64 number, const QStringList &taskIds) override
    {
        write([session = m_session, number, taskIds, at = iso(QDateTime::currentDateTimeUtc())](
                  Database &db) -> Result<void> {
            for (const QString &task : taskIds) {
                const auto done =
                    db.run(u"UPDATE outbox SET request = ?, accepted_at = ? WHERE session = ? AND task = ?"_s,
                        {number, at, session, task});
                if (!done)
                    return failure(done.error());
            }
            return {};
        });
    }

private:
    void write(Writer::Work work) { m_store.m_writer->add(std::move(work)); }

    SessionStore &m_store;
    QString m_session;
    QString m_project;
    qint64 m_next;
};

SessionStore::SessionStore(const QString &path, QObject *parent)
    : QObject(parent)
    , m_writer(new Writer(path, this))
{
    m_thread.setObjectName(u"store"_s);
    m_writer->moveToThread(&m_thread);
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

std::unique_ptr<SessionSink> SessionStore::sinkFor(
    const QString &sessionId, const QString &project, const Conversation::History &already)
{
    return std::make_unique<Sink>(*this, sessionId, project, already.size());
}

QFuture<Result<StoredSession>> SessionStore::loadWith(std::function<Result<StoredSession>(Writer &)> read)
{
    auto promise = std::make_shared<QPromise<Result<StoredSession>>>();
    promise->start();
    QFuture<Result<StoredSession>> future = promise->future();
    QMetaObject::invokeMethod(m_writer, [writer = m_writer, promise, read = std::move(read)] {
        writer->writeWaiting();
        promise->addResult(read(*writer));
        promise->finish();
    });
    return future;
}

QFuture<Result<StoredSession>> SessionStore::load(const QString &sessionId)
{
    return loadWith([sessionId](Writer &writer) { return writer.read(u"id = ?"_s, {sessionId}); });
}

QFuture<Result<StoredSession>> SessionStore::loadNewest(const QString &project)
{
    return loadWith([project](Writer &writer) { return writer.read(u"project = ?"_s, {project}); });
}

} // namespace Meanwhile::Store
