// SPDX-License-Identifier: MIT
#include "e2e/printrun.h"
#include "store/database.h"
#include "support/seededids.h"
#include "support/testregistry.h"
#include "tasks/processidentity.h"
#include "tasks/tasklog.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QRegularExpression>
#include <QTimer>
#include <QtTest>

#include <algorithm>
#include <csignal>

using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

constexpr int kTurns = 40;
constexpr int kTasks = 5;
constexpr int kTurnsPerTask = 7;
/// So many times in an ordinary run; MEANWHILE_CRASHES says otherwise, and MEANWHILE_SEED=N plays that one
/// alone.
constexpr int kCrashes = 40;
/// A turn takes about three; the program is killed somewhere in the turn after the one that is drawn.
constexpr int kMostMs = 6;
constexpr double kAdoptedWithinMs = 2'000;

QByteArray object(const QJsonObject &fields)
{
    return QJsonDocument(fields).toJson(QJsonDocument::Compact);
}

/// The day of a scripted model: tasks that take a while and end each in its way, edits, and a word now and
/// then. It goes on where it was, whoever asks.
class ScriptedDay {
public:
    ScriptedAnswer next()
    {
        const int turn = m_turn++;
        const QByteArray id = "call_" + QByteArray::number(turn);
        if (turn >= kTurns)
            return anthropicAnswer("Done.");
        if (turn % kTurnsPerTask == 1 && turn / kTurnsPerTask < kTasks) {
            const int task = turn / kTurnsPerTask;
            return anthropicAnswer({}, {{id, "background_run", object({{u"command"_s, command(task)}})}});
        }
        if (turn % 3 == 0) {
            return anthropicAnswer({}, {{id, "write_file",
                                           object({{u"path"_s, u"file%1.txt"_s.arg(turn)},
                                               {u"content"_s, u"turn %1\n"_s.arg(turn)}})}});
        }
        return anthropicAnswer(
            "Turn.", {{id, "bash", object({{u"command"_s, u"echo turn %1"_s.arg(turn)}})}});
    }

    static QString command(int task)
    {
        return u"echo task%1 >> ran.txt; sleep 0.%2; exit %3"_s.arg(task).arg(1 + task % 3).arg(10 + task);
    }

private:
    int m_turn = 0;
};

QJsonArray messagesOf(const ReceivedRequest &request)
{
    return QJsonDocument::fromJson(request.body).object().value(u"messages"_s).toArray();
}

/// Every text in a message that people and programs said, not the model.
QString saidIn(const QJsonObject &message)
{
    if (message.value(u"role"_s) != u"user"_s)
        return {};
    return QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact));
}

/// What is wrong with the calls and results of these messages; empty: nothing.
QString unpairedIn(const QJsonArray &messages)
{
    QSet<QString> open;
    for (const QJsonValue &value : messages) {
        const QJsonObject message = value.toObject();
        const QJsonArray blocks = message.value(u"content"_s).toArray();
        QSet<QString> answered;
        QSet<QString> made;
        for (const QJsonValue &block : blocks) {
            const QString type = block.toObject().value(u"type"_s).toString();
            if (type == u"tool_use"_s)
                made.insert(block.toObject().value(u"id"_s).toString());
            if (type == u"tool_result"_s)
                answered.insert(block.toObject().value(u"tool_use_id"_s).toString());
        }
        if (answered != open)
            return u"%1 were open, %2 are answered"_s.arg(
                open.values().join(u' '), answered.values().join(u' '));
        open = made;
    }
    return {};
}

/// The tasks, "session/id", that a folder tells of; those whose supervisor never came so far are left out.
QSet<QString> taskFolders(const QString &state)
{
    QSet<QString> found;
    QDirIterator jobs(state + u"/tasks"_s, {u"job"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (jobs.hasNext())
        found.insert(QDir(state + u"/tasks"_s).relativeFilePath(QFileInfo(jobs.next()).path()));
    return found;
}

QSet<QString> rowsOf(const QString &state, const QString &sql)
{
    QSet<QString> found;
    auto database = Meanwhile::Store::Database::openReadOnly(state + u"/meanwhile.db"_s);
    auto rows = database ? database->run(sql) : Meanwhile::Result<QSqlQuery>(QSqlQuery());
    while (rows && rows->next())
        found.insert(rows->value(0).toString());
    return found;
}

/// What else happens when the program is killed.
enum class Fault { None, SupervisorsKilled, SupervisorsAskedToEnd };

/// Each supervisor that has a task gets this signal.
void signalSupervisors(const QString &state, int signal)
{
    QSet<qint64> pids;
    const QSet<QString> tasks = taskFolders(state);
    for (const QString &task : tasks) {
        const auto log = Meanwhile::Tasks::TaskLog::open(state + u"/tasks/"_s + task + u"/log"_s);
        if (!log)
            continue;
        const auto supervisor = log->supervisor();
        if (supervisor && supervisor->pid > 1 && Meanwhile::Tasks::isAlive(*supervisor))
            pids.insert(supervisor->pid);
    }
    for (const qint64 pid : std::as_const(pids))
        ::kill(pid_t(pid), signal);
}

int countOf(const QString &what, const QJsonArray &messages)
{
    int count = 0;
    for (const QJsonValue &message : messages)
        count += int(saidIn(message.toObject()).count(what));
    return count;
}

/// How often the end of this task is told, whatever it was.
int toldOf(int task, const QJsonArray &messages)
{
    static const QString ends =
        u"\\] (exited %1|lost|ended by a signal from outside) after [^:]*: echo task%2 "_s;
    const QRegularExpression end(ends.arg(10 + task).arg(task));
    int count = 0;
    for (const QJsonValue &message : messages)
        count += int(saidIn(message.toObject()).count(end));
    return count;
}

} // namespace

/// The program is killed at any moment of a day, and started again: nothing that ran is unknown, nothing is
/// told twice, and the conversation goes on.
class CrashesTest : public QObject {
    Q_OBJECT

private slots:
    void goesOnAfterBeingKilledAtAnyMoment();
    void tellsTheEndOfAnInterruptedCommand_data();
    void tellsTheEndOfAnInterruptedCommand();

private:
    void crashOnce(quint64 seed);
    void checkFoundLater(PrintRun &run, const LoopbackServer &server);
    void checkAdopted(const PrintResult &result, const QJsonArray &resumed, const QString &ranBefore);

    qsizetype m_mostLost = 0;
    double m_slowestAdoption = 0;
    int m_interrupted = 0;
    int m_toldAfterwards = 0;
    int m_lost = 0;
    int m_endedFromOutside = 0;
};

void CrashesTest::goesOnAfterBeingKilledAtAnyMoment()
{
    const int crashes = qEnvironmentVariableIsSet("MEANWHILE_CRASHES")
                            ? qEnvironmentVariableIntValue("MEANWHILE_CRASHES")
                            : kCrashes;
    const int alone = qEnvironmentVariableIntValue("MEANWHILE_SEED");
    for (int seed = alone ? alone : 1; seed <= (alone ? alone : crashes); ++seed) {
        crashOnce(quint64(seed));
        if (QTest::currentTestFailed()) {
            qInfo("seed %d", seed);
            return;
        }
    }
    qInfo("%d crashes: at most %lld messages were not on disk yet; %d calls interrupted, %d results told "
          "afterwards, %d tasks lost with their supervisor, %d ended from outside; the slowest task was "
          "adopted %.0f ms after the start",
        crashes, qint64(m_mostLost), m_interrupted, m_toldAfterwards, m_lost, m_endedFromOutside,
        m_slowestAdoption);
    // In an ordinary run other tests are at work as well.
    if (qEnvironmentVariableIsSet("MEANWHILE_CRASHES"))
        QVERIFY(m_slowestAdoption <= kAdoptedWithinMs);
}

/// Nothing could be resumed: what ran all the same is found when the program is used next.
void CrashesTest::checkFoundLater(PrintRun &run, const LoopbackServer &server)
{
    const QSet<QString> left = taskFolders(run.state());
    const QStringList folders = QDir(run.state() + u"/tasks"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &folder : folders) // as if it had been there for a while
        QProcess::execute(u"touch"_s, {u"-d"_s, u"1 hour ago"_s, run.state() + u"/tasks/"_s + folder});
    const PrintResult result = run.ask(server);
    QVERIFY2(result.exitCode == 0, result.everything());
    const QSet<QString> sessions = rowsOf(run.state(), u"SELECT id FROM session"_s);
    for (const QString &task : left)
        QVERIFY2(sessions.contains(task.section(u'/', 0, 0)), qPrintable(task));
}

/// Each task that had run by then is told of soon, as running or with its end, which others check.
void CrashesTest::checkAdopted(const PrintResult &result, const QJsonArray &resumed, const QString &ranBefore)
{
    for (int task = 0; task < kTasks; ++task) {
        if (!ranBefore.contains(u"task%1\n"_s.arg(task)) || toldOf(task, resumed) > 0)
            continue;
        double told = -1;
        const QList<QJsonObject> lines = result.lines(u"task"_s);
        for (const QJsonObject &line : lines) {
            const QString state = line.value(u"state"_s).toString();
            if (told < 0 && line.value(u"command"_s).toString() == ScriptedDay::command(task) &&
                state != u"queued"_s && state != u"starting"_s)
                told = line.value(u"t_ms"_s).toDouble();
        }
        QVERIFY2(told >= 0, qPrintable(u"task %1 was not adopted"_s.arg(task)));
        m_slowestAdoption = std::max(m_slowestAdoption, told);
    }
}

void CrashesTest::crashOnce(quint64 seed)
{
    SeededIds dice(seed);
    PrintRun run;
    run.setVariable(u"ANTHROPIC_API_KEY"_s, u"test-key"_s);
    ScriptedDay day;
    LoopbackServer server;
    server.setFallback([&](const ReceivedRequest &) { return day.next(); });

    const int turn = int(dice.next64() % kTurns);
    const int afterMs = int(dice.next64() % kMostMs);
    run.setWatcher([&](QProcess &process) {
        connect(&server, &LoopbackServer::received, &process, [&process, turn, afterMs](int index) {
            if (index == turn)
                QTimer::singleShot(afterMs, Qt::PreciseTimer, &process, &QProcess::kill);
        });
    });
    const PrintResult killed = run.ask(server);
    QCOMPARE(killed.exitCode, -1);
    const qsizetype before = server.requests().size();
    QVERIFY(before > turn);
    QFile ran(run.path(u"ran.txt"_s));
    const auto fault = Fault(seed % 3);
    if (fault != Fault::None)
        signalSupervisors(run.state(), fault == Fault::SupervisorsKilled ? SIGKILL : SIGTERM);
    const QString ranBefore = ran.open(QIODevice::ReadOnly) ? QString::fromUtf8(ran.readAll()) : QString();
    ran.close();

    run.setWatcher({});
    const PrintResult result = run.ask(server, {u"--continue"_s});
    if (result.exitCode == 2) { // not even the first words were on disk
        QVERIFY2(turn == 0 && result.errors.isEmpty(), result.everything());
        return checkFoundLater(run, server);
    }
    QVERIFY2(result.exitCode == 0, result.everything());

    // What the restarted program said first begins as what it said before it was killed.
    const QJsonArray old = messagesOf(server.requests().at(before - 1));
    const QJsonArray resumed = messagesOf(server.requests().at(before));
    qsizetype same = 0;
    while (same < old.size() && same < resumed.size() &&
           saidIn(old.at(same).toObject()) == saidIn(resumed.at(same).toObject()))
        ++same;
    m_mostLost = std::max(m_mostLost, old.size() - same);
    // An answer and what follows it may have been on the way to the disk; the message before has "Go on." in
    // it.
    QVERIFY2(old.size() - same <= 3, qPrintable(u"%1 of %2 messages"_s.arg(same).arg(old.size())));

    const QJsonArray messages = messagesOf(server.requests().last());
    const QString unpaired = unpairedIn(messages);
    QVERIFY2(unpaired.isEmpty(), qPrintable(unpaired));
    m_interrupted += countOf(u"the program ended"_s, messages);

    checkAdopted(result, resumed, ranBefore);
    const QSet<QString> unknown =
        taskFolders(run.state()) - rowsOf(run.state(), u"SELECT session || '/' || id FROM task"_s);
    QVERIFY2(unknown.isEmpty(), qPrintable(unknown.values().join(u' ')));

    const QString executed = ran.open(QIODevice::ReadOnly) ? QString::fromUtf8(ran.readAll()) : QString();
    for (int task = 0; task < kTasks; ++task) {
        const int times = int(executed.count(u"task%1\n"_s.arg(task)));
        QVERIFY2(times <= 1, qPrintable(executed));
        const int told = toldOf(task, messages);
        // One whose supervisor was ended may not have come to its first word.
        QVERIFY2(told == times || (fault != Fault::None && told == 1),
            qPrintable(u"task %1 ran %2 times and was told %3 times\n%4"_s.arg(task).arg(times).arg(told).arg(
                QString::fromUtf8(result.everything().right(3'000)))));
        m_toldAfterwards += told - toldOf(task, old);
    }
    m_lost += countOf(u"] lost after"_s, messages);
    m_endedFromOutside += countOf(u"] ended by a signal from outside"_s, messages);
    QCOMPARE(countOf(u"The person stopped it"_s, messages), 0);
}

void CrashesTest::tellsTheEndOfAnInterruptedCommand_data()
{
    QTest::addColumn<QByteArray>("tool");
    QTest::addColumn<bool>("hasEnded");
    QTest::addColumn<bool>("waits");
    QTest::newRow("a call that ended meanwhile") << QByteArray("bash") << true << true;
    QTest::newRow("a call that still runs") << QByteArray("bash") << false << true;
    QTest::newRow("a task that ended meanwhile") << QByteArray("background_run") << true << true;
    QTest::newRow("a task that still runs") << QByteArray("background_run") << false << true;
    QTest::newRow("a call that nobody waits for") << QByteArray("bash") << false << false;
}

void CrashesTest::tellsTheEndOfAnInterruptedCommand()
{
    QFETCH(QByteArray, tool);
    QFETCH(bool, hasEnded);
    QFETCH(bool, waits);
    PrintRun run;
    LoopbackServer server;
    const QString command =
        u"touch began; while [ -d . ] && [ ! -e go ]; do sleep 0.01; done; echo RES''ULT; exit 41"_s;
    server.enqueue(anthropicAnswer({}, {{"c1", tool, object({{u"command"_s, command}})}}));
    server.setFallback([](const ReceivedRequest &) { return anthropicAnswer("I see."); });
    run.setWatcher([&](QProcess &process) {
        auto *look = new QTimer(&process);
        connect(look, &QTimer::timeout, &process, [&run, &process, look] {
            if (!QFile::exists(run.path(u"began"_s)))
                return;
            look->stop(); // its row is on its way to the disk
            QTimer::singleShot(300, &process, &QProcess::kill);
        });
        look->start(10);
    });
    QStringList more;
    const PrintResult killed = run.ask(server, more);
    QVERIFY2(killed.exitCode == -1, killed.everything());
    const qsizetype before = server.requests().size();
    const auto statuses = [&run] {
        QByteArray all;
        QDirIterator files(
            run.state() + u"/tasks"_s, {u"status"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            all += file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        }
        return all;
    };
    if (hasEnded) {
        run.write(u"go"_s, {});
        QTRY_VERIFY(statuses().contains("exited 41"));
    }
    run.setWatcher({});
    connect(&server, &LoopbackServer::received, &server, [&run, before](int index) {
        if (index >= before)
            run.write(u"go"_s, {});
    });
    more += u"--continue"_s;
    if (!waits)
        more += u"--no-wait"_s;
    const PrintResult result = run.ask(server, more);
    QVERIFY2(result.exitCode == 0, result.everything());
    QCOMPARE(server.requests().size() - before, !hasEnded && waits ? 2 : 1);
    const int told = countOf(u"exited 41 after"_s, messagesOf(server.requests().last()));
    QCOMPARE(told, waits ? 1 : 0);
    QCOMPARE(countOf(u"RESULT"_s, messagesOf(server.requests().last())), told);
    run.write(u"go"_s, {});
}

MEANWHILE_TEST(CrashesTest)
#include "tst_crashes.moc"
