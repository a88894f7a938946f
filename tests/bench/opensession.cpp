// SPDX-License-Identifier: MIT
// Opens a stored session of 20,000 messages to its last screen, and appends to it and to one of 20:
// bench_opensession FOLDER. Prints "NAME MILLISECONDS" lines; "floor" is SQLite reading the same rows.
#include "models/transcriptmodel.h"
#include "store/sessionstore.h"
#include "support/knowntools.h"
#include "ui/transcript/transcriptview.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFutureWatcher>
#include <QSqlDatabase>
#include <QSqlQuery>

#include <cstdio>
#include <ctime>

using namespace Meanwhile;
using namespace Meanwhile::Conversation;
using namespace Qt::StringLiterals;

namespace {

constexpr int kMany = 20'000;
constexpr int kFew = 20;
constexpr int kRounds = 5;
constexpr int kAppends = 300;

double milliseconds(const QElapsedTimer &clock)
{
    return double(clock.nsecsElapsed()) / 1e6;
}

void print(const char *name, double value)
{
    std::printf("%s %.3f\n", name, value);
    std::fflush(stdout);
}

/// As a day's work is made of: words, a call, its result, an answer.
Message messageAt(int n)
{
    Message message;
    message.id = u"m%1"_s.arg(n);
    message.time = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC).addSecs(n);
    message.role = n % 2 == 0 ? Role::User : Role::Assistant;
    message.stopReason = n % 4 == 1 ? StopReason::ToolUse : StopReason::EndTurn;
    const QString words = u"Some **words** about `file%1.cpp` and what is wrong in it. "_s.arg(n);
    const QString call = u"c%1"_s.arg(n - n % 4);
    switch (n % 4) {
    case 0:
        message.content = {TextBlock{words}};
        break;
    case 1:
        message.content = {
            TextBlock{words}, ToolCallBlock{call, u"bash"_s, R"({"command":"make test"})", {}}};
        break;
    case 2:
        message.content = {ToolResultBlock{call, u"line of output\n"_s.repeated(20), false, {}}};
        break;
    default:
        message.content = {TextBlock{words.repeated(4)}};
    }
    return message;
}

void waitUntilStored(Store::SessionJournal &journal)
{
    QEventLoop loop;
    journal.whenBacklogAtMost(0, [&loop] { loop.quit(); });
    loop.exec();
}

void fill(const QString &path, const QString &session, int count)
{
    Store::SessionStore store(path);
    const auto journal = store.journalFor(session, u"/p"_s);
    for (int n = 0; n < count; ++n)
        journal->messageAdded(messageAt(n));
    waitUntilStored(*journal);
}

Store::StoredSession load(Store::SessionStore &store, const QString &session)
{
    QEventLoop loop;
    QFutureWatcher<Result<Store::StoredSession>> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    watcher.setFuture(store.load(session));
    loop.exec();
    return watcher.result().value_or(Store::StoredSession());
}

double floorOf(const QString &path, const QString &session)
{
    QElapsedTimer clock;
    clock.start();
    qsizetype chars = 0;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"floor"_s);
        database.setDatabaseName(path);
        database.open();
        QSqlQuery query(database);
        query.setForwardOnly(true);
        query.prepare(u"SELECT body FROM message WHERE session = ? ORDER BY position"_s);
        query.addBindValue(session);
        query.exec();
        while (query.next())
            chars += query.value(0).toString().size();
    }
    QSqlDatabase::removeDatabase(u"floor"_s);
    return chars > 0 ? milliseconds(clock) : 0;
}

void show(Ui::TranscriptView &view, Models::TranscriptModel &model, const Store::StoredSession &session)
{
    model.load(session.history);
    view.resize(760, 800);
    view.setModel(&model);
    view.show();
    view.jumpToLatest();
    QCoreApplication::sendPostedEvents();
    QApplication::processEvents();
    view.grab();
}

/// As when it is chosen in the sidebar: the store is open.
void open(Store::SessionStore &store, const Ui::Theme &theme)
{
    const std::clock_t cpu = std::clock();
    QElapsedTimer clock;
    clock.start();
    const Store::StoredSession session = load(store, u"many"_s);
    const double loaded = milliseconds(clock);
    Models::TranscriptModel model{Testing::knownTools()};
    Ui::TranscriptView view(theme);
    show(view, model, session);
    print("open", milliseconds(clock));
    print("loaded", loaded);
    print("cpu", double(std::clock() - cpu) * 1'000 / CLOCKS_PER_SEC); // which other programs do not stretch
}

/// One session on its screen, to which messages are added.
struct Opened {
    Opened(Store::SessionStore &store, const QString &id, const Ui::Theme &theme)
        : view(theme)
    {
        const Store::StoredSession session = load(store, id);
        next = int(session.nextPosition);
        journal = store.journalFor(id, u"/p"_s, next);
        show(view, model, session);
    }
    double append()
    {
        QElapsedTimer clock;
        clock.start();
        journal->messageAdded(messageAt(next++ | 3));
        model.handle(Agent::ResponseStarted{next});
        model.handle(Agent::TextStreamed{u"Some words and **more**.\n"_s});
        model.handle(Agent::ResponseEnded{next, StopReason::EndTurn, true, {}});
        QApplication::processEvents();
        view.repaint();
        waitUntilStored(*journal);
        return milliseconds(clock);
    }

    Models::TranscriptModel model{Testing::knownTools()};
    Ui::TranscriptView view;
    std::unique_ptr<Store::SessionJournal> journal;
    int next = 0;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const QString path = QDir(app.arguments().value(1)).filePath(u"meanwhile.db"_s);
    fill(path, u"many"_s, kMany);
    fill(path, u"few"_s, kFew);
    const Ui::Theme theme(app);
    Store::SessionStore store(path);
    load(store, u"few"_s);
    for (int i = 0; i < kRounds; ++i) {
        print("floor", floorOf(path, u"many"_s));
        open(store, theme);
    }
    Opened few(store, u"few"_s, theme);
    Opened many(store, u"many"_s, theme);
    for (int i = 0; i < kAppends; ++i) {
        print("few", few.append());
        print("many", many.append());
    }
    return 0;
}
