// SPDX-License-Identifier: MIT
// Opens stored sessions of 500 and of 5,000 tasks to the window's task panel and transcript, and tells 500
// events to each: bench_opentasks FOLDER. Prints "NAME MILLISECONDS" lines; "floorN" is SQLite reading the
// same rows and QJsonDocument parsing them.
#include "app/window/windowsessions.h"
#include "llm/demo/democlient.h"
#include "models/tasktablemodel.h"
#include "models/transcriptmodel.h"
#include "ui/taskpanel/taskpanel.h"
#include "ui/transcript/transcriptview.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFutureWatcher>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSqlDatabase>
#include <QSqlQuery>

#include <cstdio>

using namespace Meanwhile;
using namespace Qt::StringLiterals;

namespace {

constexpr int kRounds = 5;

double milliseconds(const QElapsedTimer &clock)
{
    return double(clock.nsecsElapsed()) / 1e6;
}

void print(const QString &name, double value)
{
    std::printf("%s %.3f\n", qPrintable(name), value);
    std::fflush(stdout);
}

Tasks::Task taskAt(int n, const QString &folder)
{
    Tasks::Task task;
    task.id = u"%1"_s.arg(n, 8, 16, QChar(u'0'));
    task.spec.command = u"make check-%1"_s.arg(n % 7);
    task.spec.workingDirectory = folder;
    task.state = Tasks::TaskState::Exited;
    task.exitCode = n % 9 == 0 ? 1 : 0;
    task.createdAt = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC).addSecs(n);
    task.startedAt = task.createdAt;
    task.endedAt = task.createdAt.addSecs(1);
    task.elapsed = std::chrono::seconds(1);
    task.digest = u"a line of output\n"_s.repeated(10);
    task.lastLine = u"a line of output"_s;
    task.outputBytes = task.digest.size();
    return task;
}

/// Each started by a call of its own. All ends were told.
void fill(App::Program &program, const QString &session, const QString &folder, int count)
{
    using namespace Conversation;
    const auto journal = program.store.journalFor(session, folder);
    Message words;
    words.id = u"m"_s;
    words.time = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);
    words.content = {TextBlock{u"Run all of them"_s}};
    journal->messageAdded(words);
    Message calls = words;
    calls.id = u"calls"_s;
    calls.role = Role::Assistant;
    calls.stopReason = StopReason::ToolUse;
    calls.content.clear();
    Message results = words;
    results.id = u"results"_s;
    results.content.clear();
    NewsBlock ends;
    for (int n = 0; n < count; ++n) {
        const Tasks::Task task = taskAt(n, folder);
        const QByteArray input = "{\"command\":\"" + task.spec.command.toUtf8() + "\"}";
        calls.content.append(ToolCallBlock{u"c%1"_s.arg(n), u"background_run"_s, input, {}});
        results.content.append(
            ToolResultBlock{u"c%1"_s.arg(n), u"Background task %1 started."_s.arg(task.id), false, {}});
        journal->taskChanged(task);
        journal->newsKept(Tasks::endNews(task));
        ends.news.append(NewsId::endOf(task.id));
        if (n % 2 == 0)
            journal->requestAccepted(n + 1, endsOf({task.id}));
    }
    results.content.append(ends);
    journal->messageAdded(calls);
    journal->messageAdded(results);
    QEventLoop loop;
    journal->whenBacklogAtMost(0, [&loop] { loop.quit(); });
    loop.exec();
}

double floorOf(const QString &path, const QString &session)
{
    QElapsedTimer clock;
    clock.start();
    qsizetype members = 0;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"floor"_s);
        database.setDatabaseName(path);
        database.open();
        for (const QString &sql :
            {u"SELECT body FROM message WHERE session = ?"_s, u"SELECT body FROM task WHERE session = ?"_s}) {
            QSqlQuery query(database);
            query.setForwardOnly(true);
            query.prepare(sql);
            query.addBindValue(session);
            query.exec();
            while (query.next())
                members += QJsonDocument::fromJson(query.value(0).toByteArray()).object().size();
        }
    }
    QSqlDatabase::removeDatabase(u"floor"_s);
    return members > 0 ? milliseconds(clock) : 0;
}

Ui::OpenSession resume(App::WindowSessions &sessions, const QString &session)
{
    QEventLoop loop;
    QFutureWatcher<Result<Ui::OpenSession>> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    watcher.setFuture(sessions.resume(session));
    loop.exec();
    return watcher.result().value_or(Ui::OpenSession());
}

void open(App::Program &program, const Ui::Theme &theme, const QString &session, const QString &count)
{
    Llm::DemoClient client(std::chrono::milliseconds(0));
    App::WindowSessions sessions(program);
    sessions.opened().setModel({&client, u"demo"_s});
    QElapsedTimer clock;
    clock.start();
    const Ui::OpenSession opened = resume(sessions, session);
    print(u"loaded"_s + count, milliseconds(clock));
    Ui::TaskPanel panel(theme);
    panel.resize(420, 700);
    panel.setModel(opened.taskTable);
    Ui::TranscriptView view(theme);
    view.resize(760, 800);
    view.setModel(opened.transcript);
    view.show();
    panel.show();
    QCoreApplication::sendPostedEvents();
    QApplication::processEvents();
    view.grab();
    panel.grab();
    print(u"open"_s + count, milliseconds(clock));
    clock.restart();
    constexpr int kEvents = 500;
    for (int n = 0; n < kEvents; ++n) {
        emit opened.controller->happened(Agent::RequestSent{n});
        Tasks::Task task = taskAt(n, opened.folder);
        task.lastLine = u"another"_s;
        emit opened.tasks->changed(task);
    }
    QApplication::processEvents();
    print(u"events"_s + count, milliseconds(clock));
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const QString folder = app.arguments().value(1);
    QProcessEnvironment environment;
    environment.insert(u"MEANWHILE_HOME"_s, folder);
    App::Program program(environment, QCoreApplication::applicationDirPath());
    QDir(folder).mkpath(u"project"_s);
    const Ui::Theme theme(app);
    const QString database = program.paths.state + u"/meanwhile.db"_s;
    for (const int count : {500, 5'000})
        fill(program, u"s%1"_s.arg(count), folder + u"/project"_s, count);
    for (int i = 0; i < kRounds; ++i) {
        for (const int count : {500, 5'000}) {
            const QString number = QString::number(count);
            print(u"floor"_s + number, floorOf(database, u's' + number));
            open(program, theme, u's' + number, number);
        }
    }
    return 0;
}
