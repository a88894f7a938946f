// SPDX-License-Identifier: MIT
#include "store/sqlitejournal.h"

#include "conversation/messagejson.h"
#include "store/rowtime.h"
#include "store/sessionrows.h"
#include "store/taskjson.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace Meanwhile::Store {

using namespace Qt::StringLiterals;
using namespace Conversation;

namespace {

QString jsonText(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

// The first line of the person's first words.
QString titleFrom(const Message &message)
{
    const QString line =
        message.role == Role::User ? plainText(message).section(u'\n', 0, 0).trimmed().left(80) : QString();
    return line.isEmpty() ? u""_s : line; // a null string would be stored as NULL
}

// What a person would look for: their words and the model's, not what tools said.
QString wordsOf(const Message &message)
{
    return message.role == Role::Record ? QString() : foldedForSearch(plainText(message));
}

} // namespace

SqliteJournal::SqliteJournal(StoreWriter &writer, Of of, std::shared_ptr<All> all)
    : m_writer(writer)
    , m_of(std::move(of))
    , m_all(std::move(all))
{
    m_all->push_back(this);
}

SqliteJournal::~SqliteJournal()
{
    m_progress->then = {};
    m_all->erase(std::remove(m_all->begin(), m_all->end(), this), m_all->end());
}

void SqliteJournal::whenBacklogAtMost(int count, std::function<void()> then)
{
    m_progress->awaited = count;
    m_progress->then = std::move(then);
    if (m_progress->unstored > count)
        return;
    m_writer.callBack([progress = m_progress] {
        if (progress->then)
            std::exchange(progress->then, {})();
    });
}

void SqliteJournal::messageAdded(const Message &message)
{
    ++m_progress->unstored;
    const auto stored = [progress = m_progress] {
        if (--progress->unstored <= progress->awaited && progress->then)
            std::exchange(progress->then, {})();
    };
    write(messageWork(m_of, m_of.nextPosition++, message), stored);
}

StoreWriter::Work SqliteJournal::rewriting()
{
    if (!m_memory)
        return [](Database &) { return Result<void>(); };
    const StoredSession session = m_memory();
    Of of = m_of;
    m_of.nextPosition = session.history.size();
    return [of, session](Database &db) -> Result<void> {
        Result<void> done = db.write(u"DELETE FROM session WHERE id = ?"_s, {of.session});
        qint64 position = 0;
        for (const Message &message : session.history.messages()) {
            if (done)
                done = messageWork(of, position++, message)(db);
        }
        return done && position > 0 ? storeRest(db, session) : done;
    };
}

StoreWriter::Work SqliteJournal::messageWork(const Of &of, qint64 position, const Message &message)
{
    return [of, position, message](Database &db) -> Result<void> {
        const QString at = rowTime(message.time);
        Result<void> done =
            db.write(u"INSERT INTO session (id, project, title, created_at, updated_at, "
                     u"owner, mark) VALUES (?, ?, ?, ?, ?, ?, ?) ON "
                     u"CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at, owner = "
                     u"excluded.owner, mark = excluded.mark, title = CASE WHEN title = '' AND is_named = "
                     u"0 THEN excluded.title ELSE title END"_s,
                {of.session, of.project, titleFrom(message), at, at, of.owner, nameOf(of.mark)});
        if (done) {
            done = db.write(u"INSERT INTO message (session, position, id, body) VALUES (?, ?, ?, ?)"_s,
                {of.session, position, message.id, jsonText(toJson(message))});
        }
        if (const QString words = wordsOf(message); done && !words.isEmpty()) {
            done = db.write(u"INSERT INTO words (session, position, text) VALUES (?, ?, ?)"_s,
                {of.session, position, words});
        }
        for (const ContentBlock &block : message.content) {
            if (const auto *result = std::get_if<ToolResultBlock>(&block); done && result) {
                done = db.write(
                    u"UPDATE call SET state = 'finished', result = NULL WHERE session = ? AND id = ?"_s,
                    {of.session, result->callId});
            }
            const QVector<NewsId> carried = newsToldBy(block);
            for (const NewsId &id : carried) {
                if (done) {
                    done = db.write(
                        u"UPDATE outbox SET message = ? WHERE session = ? AND task = ? AND kind = ? AND n = ?"_s,
                        {message.id, of.session, id.taskId, id.kind, id.number});
                }
            }
        }
        return done;
    };
}

void SqliteJournal::wordsQueued(const QueuedWords &words)
{
    write([session = m_of.session, words](Database &db) { return storeQueued(db, session, words); });
}

void SqliteJournal::queuedWordsRemoved(const QString &id)
{
    write([session = m_of.session, id](Database &db) {
        return db.write(u"DELETE FROM queued WHERE session = ? AND id = ?"_s, {session, id});
    });
}

// A session without messages has no row; the mark is stored with the first message.
void SqliteJournal::markChanged(SessionMark mark)
{
    m_of.mark = mark;
    write([session = m_of.session, mark](Database &db) {
        return db.write(u"UPDATE session SET mark = ? WHERE id = ?"_s, {nameOf(mark), session});
    });
}

void SqliteJournal::taskChanged(const Tasks::Task &task)
{
    write([session = m_of.session, task](Database &db) { return storeTask(db, session, task); });
}

void SqliteJournal::newsKept(const Tasks::News &news)
{
    write([session = m_of.session, news](Database &db) {
        return db.write(
            u"INSERT OR IGNORE INTO outbox (session, task, kind, n, body, wake, failed) VALUES (?, ?, ?, ?, ?, ?, ?)"_s,
            {session, news.id.taskId, news.id.kind, news.id.number, news.text, nameOf(news.wake),
                news.failed});
    });
}

void SqliteJournal::newsDropped(const QVector<NewsId> &ids)
{
    write([session = m_of.session, ids](Database &db) {
        Result<void> done;
        for (const NewsId &id : ids) {
            if (done) {
                done = db.write(u"DELETE FROM outbox WHERE session = ? AND task = ? AND kind = ? AND n = ?"_s,
                    {session, id.taskId, id.kind, id.number});
            }
        }
        return done;
    });
}

void SqliteJournal::requestAccepted(qint64 number, const QVector<NewsId> &ids)
{
    write([session = m_of.session, number, ids, at = rowTime(QDateTime::currentDateTimeUtc())](
              Database &db) -> Result<void> {
        Result<void> done;
        for (const NewsId &id : ids) {
            if (done) {
                done =
                    db.write(u"UPDATE outbox SET request = ?, accepted_at = ? WHERE session = ? AND task = ? "
                             u"AND kind = ? AND n = ?"_s,
                        {number, at, session, id.taskId, id.kind, id.number});
            }
        }
        return done;
    });
}

void SqliteJournal::callStarted(const QString &callId)
{
    write([session = m_of.session, callId](Database &db) {
        return db.write(
            u"INSERT INTO call (session, id, state) VALUES (?, ?, 'started') ON CONFLICT (session, id) DO "
            u"UPDATE SET state = 'started'"_s,
            {session, callId});
    });
}

void SqliteJournal::callEnded(const ToolResultBlock &result)
{
    Message kept;
    kept.content = {result};
    write([session = m_of.session, id = result.callId, kept](Database &db) {
        return db.write(
            u"INSERT INTO call (session, id, state, result) VALUES (?, ?, 'finished', ?) ON CONFLICT "
            u"(session, id) DO UPDATE SET state = 'finished', result = excluded.result"_s,
            {session, id, jsonText(toJson(kept))});
    });
}

} // namespace Meanwhile::Store
