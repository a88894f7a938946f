// SPDX-License-Identifier: MIT
#include "app/program.h"
#include "app/session.h"
#include "models/transcriptmodel.h"
#include "support/loopbackserver.h"
#include "support/samplepicture.h"
#include "support/testregistry.h"
#include "tasks/taskmanager.h"

#include <QThreadPool>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using Kind = Models::TranscriptRow::Kind;
using CallState = Models::TranscriptRow::CallState;
using Models::TranscriptRow;

namespace {

/// A session with everything but widgets: real commands, a database, a model that is scripted.
class ShownSession {
public:
    explicit ShownSession(const LoopbackServer &server)
        : m_address(server.url().toString())
    {
        m_run = std::make_unique<Run>(*this, std::nullopt);
    }
    ~ShownSession()
    {
        const auto stopped = tasks().stopAll(Tasks::StoppedBy::Quit);
        [[maybe_unused]] const bool ended = Testing::waitFor([&] { return stopped.isFinished(); });
        m_run.reset();
        QThreadPool::globalInstance()->waitForDone(); // the last writes into the folders
    }

    /// Ends the program and starts it anew; what runs goes on.
    void restart()
    {
        const QString id = m_run->session.id();
        m_run.reset();
        std::optional<Store::StoredSession> stored;
        {
            App::Program program(environment(), qEnvironmentVariable("MEANWHILE_BIN_DIR"));
            const auto loaded = program.store.load(id);
            QTRY_VERIFY_WITH_TIMEOUT(loaded.isFinished(), 10'000);
            QVERIFY(loaded.result());
            stored = *loaded.result();
        }
        m_run = std::make_unique<Run>(*this, stored);
        QTRY_VERIFY_WITH_TIMEOUT(!tasks().isSearching(), 10'000);
    }

    Agent::AgentController &controller() { return m_run->session.controller(); }
    Tasks::TaskManager &tasks() { return m_run->session.tasks(); }
    QString project() const { return m_project.path(); }
    QString path(const QString &name) const { return m_project.filePath(name); }
    void say(const QString &words) { controller().submit(words); }
    bool isAtRest() { return controller().isAtRest() && !tasks().isAnyUnended(); }

    QVector<TranscriptRow> rows() const
    {
        QVector<TranscriptRow> all;
        for (int i = 0; i < m_run->transcript.rowCount(); ++i)
            all += m_run->transcript.row(i);
        return all;
    }
    QVector<TranscriptRow> rows(Kind kind) const
    {
        QVector<TranscriptRow> some = rows();
        some.removeIf([kind](const TranscriptRow &row) { return row.kind != kind; });
        return some;
    }
    TranscriptRow callOf(const QString &subject) const
    {
        for (const TranscriptRow &row : rows(Kind::ToolCall)) {
            if (row.subject.contains(subject))
                return row;
        }
        return {};
    }

private:
    /// As the window shows a session, see App::OpenSession.
    struct Run {
        Run(const ShownSession &owner, const std::optional<Store::StoredSession> &stored)
            : program(owner.environment(), qEnvironmentVariable("MEANWHILE_BIN_DIR"))
            , client(owner.access().makeClient(program.transport, std::chrono::milliseconds(0)))
            , session(program, *client, owner.start(stored))
            , transcript(session.tools().presentations(), program.clock)
        {
            Agent::AgentController &controller = session.controller();
            transcript.load(controller.history(), controller.earlierResults());
            for (const Agent::MessageQueued &words : controller.queued())
                transcript.handle(words);
            const QVector<Tasks::Task> known = session.tasks().tasks();
            for (const Tasks::Task &task : known)
                transcript.handleTask(task);
            transcript.showRunningTasks();
            const auto show = [this](const Tasks::Task &task) { transcript.handleTask(task); };
            QObject::connect(&controller, &Agent::AgentController::happened, &transcript,
                [this](const Agent::AgentEvent &event) { transcript.handle(event); });
            for (const auto signal : {&Tasks::TaskManager::added, &Tasks::TaskManager::changed})
                QObject::connect(&session.tasks(), signal, &transcript, show);
            QObject::connect(&controller, &Agent::AgentController::taskEnded, &transcript, show);
        }

        App::Program program;
        std::unique_ptr<Llm::LlmClient> client;
        App::Session session;
        Models::TranscriptModel transcript;
    };

    QProcessEnvironment environment() const
    {
        QProcessEnvironment environment;
        environment.insert(u"MEANWHILE_HOME"_s, m_home.path());
        environment.insert(u"MEANWHILE_MAX_TRIES"_s, u"1"_s);
        environment.insert(u"PATH"_s, qEnvironmentVariable("PATH"));
        return environment;
    }
    App::ProviderAccess access() const
    {
        App::ProviderAccess access;
        access.protocol = u"anthropic"_s;
        access.baseUrl = m_address;
        access.model = u"scripted"_s;
        return access;
    }
    App::Session::Start start(const std::optional<Store::StoredSession> &stored) const
    {
        App::Session::Start start;
        start.folder = m_project.path();
        start.mode = Permissions::Mode::Auto;
        start.model = u"scripted"_s;
        start.resumed = stored;
        return start;
    }

    QString m_address;
    QTemporaryDir m_home;
    QTemporaryDir m_project;
    std::unique_ptr<Run> m_run;
};

ScriptedAnswer refusal(int status, const QByteArray &type)
{
    ScriptedAnswer answer;
    answer.status = status;
    answer.contentType = "application/json";
    answer.pieces = {R"({"type":"error","error":{"type":")" + type + R"(","message":"no"}})"};
    return answer;
}

/// Its calls are not run, as it ends at the limit of its length.
ScriptedAnswer cutOff(ScriptedAnswer answer)
{
    for (QByteArray &piece : answer.pieces)
        piece.replace("\"tool_use\"}", "\"max_tokens\"}");
    return answer;
}

/// It breaks in the middle of a call.
ScriptedAnswer broken(ScriptedAnswer answer)
{
    answer.pieces.resize(answer.pieces.size() - 3);
    answer.closeEarly = true;
    return answer;
}

QByteArray bash(const QByteArray &command)
{
    return R"({"command":")" + command + R"("})";
}

/// What a person sees of a row, a line each.
QString described(const TranscriptRow &row)
{
    QStringList parts{u"kind %1"_s.arg(int(row.kind)), row.id, row.text, row.verb, row.subject, row.shape,
        row.summary, row.elapsed, row.isHeld ? u"held"_s : QString(), u"tone %1"_s.arg(int(row.tone)),
        row.input, row.output, row.diff, row.taskId, row.taskIds.join(u' '),
        u"state %1"_s.arg(int(row.callState)), u"remedy %1"_s.arg(int(row.remedy)),
        u"images %1"_s.arg(row.images.size()), row.waitsForTask ? u"waits"_s : QString(),
        row.streaming ? u"streams"_s : QString()};
    parts.removeAll(QString());
    return parts.join(u" | "_s);
}

QStringList described(const QVector<TranscriptRow> &rows)
{
    QStringList lines;
    for (const TranscriptRow &row : rows)
        lines += described(row);
    return lines;
}

} // namespace

/// A session that is opened again shows, row by row, what it showed when it was closed.
class ReopenedRowsTest : public QObject {
    Q_OBJECT

private slots:
    void aSessionOfEveryKindOfRowIsTheSameAfterARestart();
    void aTaskThatStillRunsIsToldOfAfterARestart();
    void aStoppedCommandEndsAndItsRowSaysSo();
    void aTaskOfThePersonIsNeverTiedToACall();
    void aCallThatTheProgramLeftSaysWhatBecameOfIt();
    void aCallThatWaitedForAnAnswerWasNotRun();

private:
    static void rest(ShownSession &session) { QTRY_VERIFY_WITH_TIMEOUT(session.isAtRest(), 30'000); }
    static void compareAfterRestart(ShownSession &session);
};

void ReopenedRowsTest::compareAfterRestart(ShownSession &session)
{
    const QStringList live = described(session.rows());
    session.restart();
    const QStringList reopened = described(session.rows());
    for (qsizetype i = 0; i < std::max(live.size(), reopened.size()); ++i)
        QCOMPARE(reopened.value(i), live.value(i));
}

void ReopenedRowsTest::aSessionOfEveryKindOfRowIsTheSameAfterARestart()
{
    LoopbackServer server;
    ShownSession session(server);
    server.setFallback([](const ReceivedRequest &) { return anthropicAnswer("Fine."); });
    const QTemporaryDir outside;
    const QByteArray elsewhere = (outside.path() + u"/outside.txt"_s).toUtf8();
    QFile file(session.path(u"a.txt"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (int i = 1; i <= 20; ++i)
        file.write("line " + QByteArray::number(i) + "\n");
    file.close();
    QFile picture(session.path(u"p.png"_s));
    QVERIFY(picture.open(QIODevice::WriteOnly) && picture.write(samplePicture(8, 8)) > 0);
    picture.close();

    server.enqueue(anthropicAnswer("I begin.",
        {{"c1", "bash", bash("echo one; echo two")}, {"c2", "bash", bash("echo bad; exit 3")},
            {"c3", "bash", bash("kill -9 $$")}, {"c4", "read_file", R"({"path":"a.txt"})"},
            {"c5", "list_files", R"({"pattern":"*"})"}, {"c6", "search_files", R"({"pattern":"line 1"})"},
            {"c7", "edit_file", R"({"path":"a.txt","old_text":"line 10\n","new_text":"ten\nand more\n"})"},
            {"c8", "write_file", R"({"path":"new.txt","content":"one\ntwo\n"})"},
            {"c9", "edit_file", R"({"path":"gone.txt","old_text":"x","new_text":"y"})"},
            {"c10", "read_file", R"({"path":"p.png"})"}, {"c11", "read_file", R"({"path":"/etc/hostname"})"},
            {"c12", "write_file", R"({"path":")" + elsewhere + R"(","content":"no\n"})"},
            {"c13", "background_run", bash("echo background")},
            {"c14", "bash",
                R"({"command":"while [ ! -e go ]; do sleep 0.05; done; echo late","timeout_s":1})"},
            {"c15", "check_background", "{}"}, {"c16", "no_such_tool", "{}"}}));
    session.say(u"do everything"_s);
    for (const auto *id : {u"c11", u"c12"}) {
        const auto isAsked = [&] {
            const QVector<TranscriptRow> calls = session.rows(Kind::ToolCall);
            return std::any_of(calls.begin(), calls.end(), [&](const TranscriptRow &row) {
                return row.id == QString::fromUtf16(id) && row.callState == CallState::Asking;
            });
        };
        QTRY_VERIFY_WITH_TIMEOUT(isAsked(), 20'000);
        session.controller().answerApproval(QString::fromUtf16(id), Agent::ApprovalAnswer::Deny);
    }
    QTRY_VERIFY_WITH_TIMEOUT(!session.controller().isWorking(), 20'000);
    QFile go(session.path(u"go"_s));
    QVERIFY(go.open(QIODevice::WriteOnly));
    rest(session);

    // What fails, breaks off, is cut off and is called with ids that were there before.
    server.enqueue(refusal(401, "authentication_error"));
    session.say(u"a wrong key"_s);
    rest(session);
    server.enqueue(refusal(500, "api_error"));
    session.say(u"a server in trouble"_s);
    rest(session);
    server.enqueue(broken(anthropicAnswer("Half an answer", {{"c1", "bash", bash("never")}})));
    session.say(u"break off"_s);
    rest(session);
    server.enqueue(broken(anthropicAnswer({}, {{"c1", "bash", bash("never")}})));
    session.controller().retry();
    rest(session);
    server.enqueue(cutOff(anthropicAnswer("Cut.", {{"c1", "bash", bash("echo never")}})));
    server.enqueue(anthropicAnswer(
        "The same ids.", {{"c1", "bash", bash("echo first")}, {"c1", "bash", bash("echo second")}}));
    session.say(u"go on"_s);
    rest(session);

    // What the person does: runs a command themselves, asks for a summary, stops, restores.
    Tasks::TaskSpec spec;
    spec.command = u"echo mine"_s;
    spec.workingDirectory = session.project();
    session.tasks().start(spec);
    rest(session);
    session.controller().compact();
    QTRY_VERIFY(session.controller().isWorking());
    rest(session);
    session.controller().noteRestore({u"m1"_s, 2, 1, u"7"_s});
    ScriptedAnswer held = anthropicAnswer("I speak until I am stopped.");
    held.pieces = held.pieces.mid(0, 3);
    held.holdOpen = true;
    server.enqueue(held);
    session.say(u"speak"_s);
    const auto speaks = [&] {
        const QVector<TranscriptRow> answers = session.rows(Kind::Answer);
        return answers.last().text.contains(u"until"_s);
    };
    QTRY_VERIFY(speaks());
    session.controller().stop();
    server.enqueue(anthropicAnswer("I wait.", {{"c30", "bash", bash("sleep 1000")}}));
    session.say(u"wait for something"_s);
    QTRY_VERIFY(session.callOf(u"sleep 1000"_s).waitsForTask);
    session.say(u"and then that"_s);
    session.controller().stop();
    rest(session);

    QCOMPARE(session.rows(Kind::Error).size(), 4);
    QCOMPARE(session.rows(Kind::Queued).size(), 1);
    QCOMPARE(session.callOf(u"kill -9"_s).summary.section(u' ', 0, 1), u"signal 9"_s);
    QCOMPARE(session.callOf(u"hostname"_s).callState, CallState::Denied);
    QCOMPARE(session.callOf(u"outside.txt"_s).callState, CallState::Denied);
    for (const TranscriptRow &row : session.rows(Kind::ToolCall))
        QVERIFY2(row.callState != CallState::Writing, qPrintable(described(row)));
    compareAfterRestart(session);
}

void ReopenedRowsTest::aTaskThatStillRunsIsToldOfAfterARestart()
{
    LoopbackServer server;
    server.setFallback([](const ReceivedRequest &) { return anthropicAnswer("Fine."); });
    ShownSession session(server);
    server.enqueue(anthropicAnswer(
        "I begin.", {{"c1", "background_run", bash("while [ ! -e go ]; do sleep 0.05; done")}}));
    session.say(u"go"_s);
    const auto waits = [&] { return session.rows().last().text.startsWith(u"Waiting for 1 task."_s); };
    QTRY_VERIFY_WITH_TIMEOUT(waits(), 10'000);
    session.restart();
    QCOMPARE(session.rows().last().text, u"1 task keeps running."_s); // it wakes nobody now
    QFile go(session.path(u"go"_s));
    QVERIFY(go.open(QIODevice::WriteOnly));
    QTRY_VERIFY_WITH_TIMEOUT(!session.tasks().isAnyUnended(), 10'000);
    QCOMPARE(session.rows().last().text, u"Fine."_s);
}

void ReopenedRowsTest::aStoppedCommandEndsAndItsRowSaysSo()
{
    LoopbackServer server;
    server.setFallback([](const ReceivedRequest &) { return anthropicAnswer("Fine."); });
    ShownSession session(server);
    server.enqueue(
        anthropicAnswer("Two.", {{"c1", "background_run", bash("while [ ! -e go ]; do sleep 0.05; done")},
                                    {"c2", "bash", bash("sh -c 'echo $$ > pid; exec sleep 1000' & wait")}}));
    session.say(u"go"_s);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(session.path(u"pid"_s)), 10'000);
    QTRY_VERIFY(session.callOf(u"sleep 1000"_s).waitsForTask);
    session.controller().stop();
    QVERIFY(!session.controller().isWorking());
    QCOMPARE(session.rows().last().text, u"1 task keeps running."_s);
    const auto isEnded = [&] { return session.tasks().liveCount() == 1; };
    QTRY_VERIFY_WITH_TIMEOUT(isEnded(), 10'000);
    const TranscriptRow row = session.callOf(u"sleep 1000"_s);
    QCOMPARE(row.callState, CallState::Stopped);
    QCOMPARE(row.shape, u"■"_s);
    QVERIFY2(row.summary.startsWith(u"stopped"_s), qPrintable(row.summary));
    QFile pid(session.path(u"pid"_s));
    QVERIFY(pid.open(QIODevice::ReadOnly));
    QVERIFY(!QFile::exists(u"/proc/%1"_s.arg(QString::fromUtf8(pid.readAll().trimmed()))));
    QCOMPARE(session.rows().last().text, u"1 task keeps running."_s);

    QFile go(session.path(u"go"_s));
    QVERIFY(go.open(QIODevice::WriteOnly));
    rest(session);
    for (const TranscriptRow &one : session.rows(Kind::Notice))
        QVERIFY2(!one.text.contains(u"keeps"_s), qPrintable(one.text));
    compareAfterRestart(session);
}

void ReopenedRowsTest::aTaskOfThePersonIsNeverTiedToACall()
{
    LoopbackServer server;
    server.setFallback([](const ReceivedRequest &) { return anthropicAnswer("Fine."); });
    ShownSession session(server);
    server.enqueue(anthropicAnswer(
        "I wait.", {{"c1", "bash", bash("while [ ! -e go ]; do sleep 0.05; done; echo the agent")}}));
    session.say(u"go"_s);
    QTRY_VERIFY(session.callOf(u"the agent"_s).waitsForTask);
    const QString ofCall = session.callOf(u"the agent"_s).taskId;
    Tasks::TaskSpec spec;
    spec.command = u"echo the person"_s;
    spec.workingDirectory = session.project();
    const QString ofPerson = session.tasks().start(spec);
    QTRY_VERIFY(session.tasks().task(ofPerson)->hasEnded());
    QCOMPARE(session.callOf(u"the agent"_s).taskId, ofCall);
    QVERIFY(session.callOf(u"the agent"_s).waitsForTask); // it can still be stopped and continued
    QFile go(session.path(u"go"_s));
    QVERIFY(go.open(QIODevice::WriteOnly));
    rest(session);
    QCOMPARE(session.callOf(u"the agent"_s).taskId, ofCall);
    compareAfterRestart(session);
}

void ReopenedRowsTest::aCallThatTheProgramLeftSaysWhatBecameOfIt()
{
    LoopbackServer server;
    server.setFallback([](const ReceivedRequest &) { return anthropicAnswer("Fine."); });
    ShownSession session(server);
    server.enqueue(anthropicAnswer(
        "Three.", {{"c1", "bash", bash("echo quick")},
                      {"c2", "bash", bash("while [ ! -e go ]; do sleep 0.05; done; echo slow")},
                      {"c3", "bash", bash("echo later")}}));
    session.say(u"go"_s);
    QTRY_VERIFY(session.callOf(u"slow"_s).waitsForTask);
    session.restart();
    QCOMPARE(session.callOf(u"quick"_s).callState, CallState::Done);
    QVERIFY(!session.callOf(u"slow"_s).taskId.isEmpty());
    QTRY_COMPARE(session.callOf(u"slow"_s).shape, u"◐"_s);
    QVERIFY(session.callOf(u"slow"_s).verb.startsWith(u"Task "_s)); // nothing waits for it
    QCOMPARE(session.callOf(u"slow"_s).output, QString());
    QCOMPARE(session.callOf(u"later"_s).callState, CallState::NotBegun);
    QFile go(session.path(u"go"_s));
    QVERIFY(go.open(QIODevice::WriteOnly));
    QTRY_COMPARE_WITH_TIMEOUT(session.callOf(u"slow"_s).shape, u"✓"_s, 10'000);
    QCOMPARE(session.callOf(u"slow"_s).verb, u"Ran"_s);
    QVERIFY(session.callOf(u"slow"_s).output.contains(u"slow"_s));
    // It ended while it was looked at.
    QCOMPARE(session.controller().pendingWork().endedHere, 1);
}

void ReopenedRowsTest::aCallThatWaitedForAnAnswerWasNotRun()
{
    LoopbackServer server;
    server.setFallback([](const ReceivedRequest &) { return anthropicAnswer("Fine."); });
    ShownSession session(server);
    const QTemporaryDir outside;
    const QString path = outside.path() + u"/outside.txt"_s;
    server.enqueue(anthropicAnswer(
        "May I?", {{"c1", "write_file", R"({"path":")" + path.toUtf8() + R"(","content":"no\n"})"},
                      {"c2", "bash", bash("echo later")}}));
    session.say(u"go"_s);
    QTRY_COMPARE(session.callOf(u"outside.txt"_s).callState, CallState::Asking);
    session.restart();
    QVERIFY(!QFile::exists(path));
    for (const QString &subject : {u"outside.txt"_s, u"later"_s}) {
        const TranscriptRow row = session.callOf(subject);
        QCOMPARE(row.callState, CallState::NotBegun);
        QCOMPARE(row.shape, u"■"_s);
        QCOMPARE(row.summary, u"not run"_s);
    }
    session.controller().resumeTurn();
    rest(session);
    QCOMPARE(
        server.requests().last().body.count("Not run: the program ended before this call was started"), 2);
    compareAfterRestart(session);
}

MEANWHILE_TEST(ReopenedRowsTest)
#include "tst_reopenedrows.moc"
