// SPDX-License-Identifier: MIT
#include "models/transcriptmodel.h"
#include "support/fakeclock.h"
#include "support/knowntools.h"
#include "support/testregistry.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Agent;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Conversation::CallEnd;
using Conversation::Message;
using Conversation::StopReason;
using Models::TranscriptModel;
using Models::TranscriptRow;
using CallState = TranscriptRow::CallState;
using Tasks::Task;
using Tasks::TaskState;

namespace {

Task makeTask(const QString &id, const QString &command, TaskState state, bool foreground = false)
{
    Task task;
    task.id = id;
    task.spec.command = command;
    task.spec.foreground = foreground;
    task.state = state;
    return task;
}

Task ended(Task task, int exitCode, std::chrono::milliseconds elapsed)
{
    task.state = TaskState::Exited;
    task.exitCode = exitCode;
    task.elapsed = elapsed;
    return task;
}

Tools::ToolOutcome outcome(const QString &text)
{
    Tools::ToolOutcome result;
    result.text = text;
    return result;
}

struct Transcript {
    Testing::FakeClock clock;
    TranscriptModel model{Testing::knownTools(), clock};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    template <typename... Events>
    explicit Transcript(const Events &...events)
    {
        (model.handle(events), ...);
    }
    const TranscriptRow &row(int row) const { return model.row(row); }
    const TranscriptRow &last() const { return model.row(model.rowCount() - 1); }
    QString kinds() const
    {
        QString kinds;
        for (int i = 0; i < model.rowCount(); ++i)
            kinds += u"PAtCDNEQ"_s.at(int(row(i).kind));
        return kinds;
    }
    void start(const QString &tool, const QByteArray &input, const QString &id = u"c1"_s)
    {
        model.handle(ToolCallAnnounced{id, tool});
        model.handle(ToolCallMade{id, tool, input});
        model.handle(ToolCallStarted{id});
    }
    void end(const Tools::ToolOutcome &result, const QString &id = u"c1"_s)
    {
        model.handle(ToolCallEnded{id, {}, result});
    }
};

} // namespace

/// What rows say is what was stored of them, and follows what the tasks do.
class TranscriptFactsTest : public QObject {
    Q_OBJECT

private slots:
    void aRestoreLeavesTheRowOfRunningTasks()
    {
        Transcript t(TurnStarted{}, ResponseStarted{1}, TextStreamed{u"x"_s},
            TurnEnded{StopReason::EndTurn, TurnEnded::How::Done, 1});
        Message record;
        record.role = Conversation::Role::Record;
        record.content = {Conversation::RestoreBlock{u"m1"_s, 2, 0, u"undo"_s}};
        t.model.handle(MessageAdded{record});
        QCOMPARE(t.row(t.model.rowCount() - 2).kind, TranscriptRow::Kind::Restored);
        QVERIFY(t.last().text.startsWith(u"Waiting for 1 task."_s));
    }

    void aTaskThatThePersonStartsBetweenTurnsHasARow()
    {
        Transcript t(TurnStarted{}, ResponseStarted{1}, TextStreamed{u"x"_s},
            TurnEnded{StopReason::EndTurn, TurnEnded::How::Done, 0});
        const int rows = t.model.rowCount();
        const Task task = makeTask(u"3f9a1c2e"_s, u"npm test"_s, TaskState::Running);
        t.model.handleTask(task);
        QCOMPARE(t.model.rowCount(), rows + 1);
        QCOMPARE(t.last().text, u"1 task keeps running."_s);
        t.model.showRunningTasks(); // as once it is opened again
        QCOMPARE(t.model.rowCount(), rows + 1);
        QCOMPARE(t.last().text, u"1 task keeps running."_s);
        t.model.handleTask(ended(task, 0, 2s));
        QCOMPARE(t.model.rowCount(), rows);
    }

    void saysHowACallEndedWhateverItsWords_data()
    {
        QTest::addColumn<CallEnd>("end");
        QTest::addColumn<CallState>("state");
        QTest::addColumn<QString>("line");
        QTest::newRow("answered") << CallEnd::Answered << CallState::Done << u"✓ Ran: 2 lines"_s;
        QTest::newRow("failed") << CallEnd::Failed << CallState::Failed << u"✕ Run: 2 lines"_s;
        QTest::newRow("refused") << CallEnd::Refused << CallState::Refused << u"✕ Run: 2 lines"_s;
        QTest::newRow("denied") << CallEnd::Denied << CallState::Denied << u"■ Run: denied"_s;
        QTest::newRow("stopped") << CallEnd::Stopped << CallState::Stopped << u"■ Run: stopped"_s;
        QTest::newRow("interrupted") << CallEnd::Interrupted << CallState::Interrupted
                                     << u"■ Run: interrupted"_s;
        QTest::newRow("not begun") << CallEnd::NotBegun << CallState::NotBegun << u"■ Run: not run"_s;
    }

    void saysHowACallEndedWhateverItsWords()
    {
        QFETCH(const CallEnd, end);
        QFETCH(const CallState, state);
        QFETCH(const QString, line);
        for (const QString &words : {u"The person pressed Stop"_s, u"The person denied this call."_s,
                 u"Interrupted: the program ended"_s, u"Reworded."_s}) {
            Conversation::ToolResultBlock result{u"c1"_s, words, end != CallEnd::Answered, {}};
            result.end = end;
            result.summary = u"2 lines"_s;
            Message call;
            call.role = Conversation::Role::Assistant;
            call.content = {Conversation::ToolCallBlock{u"c1"_s, u"bash"_s, "{\"command\":\"ls\"}", {}}};
            Message results;
            results.content = {result};
            Conversation::History history;
            history.append(call);
            history.append(results);
            Transcript t;
            t.model.load(history);
            QCOMPARE(t.row(0).callState, state);
            QCOMPARE(u"%1 %2: %3"_s.arg(t.row(0).shape, t.row(0).verb, t.row(0).summary), line);
            const bool isToldToTheModelAlone = end == CallEnd::Denied || end == CallEnd::Stopped ||
                                               end == CallEnd::Interrupted || end == CallEnd::NotBegun;
            QCOMPARE(t.row(0).output, isToldToTheModelAlone ? QString() : words);
        }
    }

    void showsWhatBecameOfCallsThatWereLeftOpen()
    {
        Message call;
        call.role = Conversation::Role::Assistant;
        for (const auto *id : {u"c1", u"c2"})
            call.content.append(
                Conversation::ToolCallBlock{QString::fromUtf16(id), u"bash"_s, "{\"command\":\"make\"}", {}});
        Conversation::History history;
        history.append(call);
        Conversation::ToolResultBlock interrupted{u"c1"_s, u"…"_s, true, {}};
        interrupted.end = CallEnd::Interrupted;
        interrupted.taskId = u"00000001"_s;
        interrupted.continues = true;
        Conversation::ToolResultBlock notBegun{u"c2"_s, u"…"_s, true, {}};
        notBegun.end = CallEnd::NotBegun;
        Transcript t;
        t.model.load(history, {interrupted, notBegun});
        QCOMPARE(t.row(0).summary, u"interrupted"_s);
        t.model.handleTask(makeTask(u"00000001"_s, u"make"_s, TaskState::Running));
        QCOMPARE(t.row(0).shape, u"◐"_s);
        QCOMPARE(t.row(1).summary, u"not run"_s);
    }

    void ofATaskThatIsInAnotherSessionItClaimsNothing()
    {
        Message call;
        call.role = Conversation::Role::Assistant;
        call.content = {
            Conversation::ToolCallBlock{u"c1"_s, u"background_run"_s, "{\"command\":\"make\"}", {}}};
        Conversation::ToolResultBlock started{u"c1"_s, u"Background task 00000001 started."_s, false, {}};
        started.summary = u"task 00000001"_s;
        started.taskId = u"00000001"_s;
        started.continues = true;
        Message results;
        results.content = {started};
        Conversation::History history;
        history.append(call);
        history.append(results);
        Transcript t;
        t.model.load(history);
        QCOMPARE(t.row(0).shape, u"?"_s);
        QCOMPARE(t.row(0).verb, u"Task 0000"_s);
        QCOMPARE(t.row(0).summary, u"not a task of this session"_s);
        QVERIFY(!t.row(0).hasTask);
        t.model.handleTask(makeTask(u"00000001"_s, u"make"_s, TaskState::Running));
        QCOMPARE(t.row(0).shape, u"◐"_s);
        QVERIFY(t.row(0).hasTask);
    }

    // What the model is told of it is no output of the command.
    void aCommandThatGoesOnShowsWhatItPrintedOnceItHasEnded()
    {
        Transcript t(ResponseStarted{1});
        t.start(u"bash"_s, R"({"command":"make"})");
        Tools::ToolOutcome result = outcome(u"It goes on as a task. Do not poll."_s);
        result.taskId = u"00000001"_s;
        result.continues = true;
        Task task = makeTask(u"00000001"_s, u"make"_s, TaskState::Running);
        t.model.handleTask(task);
        t.end(result);
        QCOMPARE(t.row(0).output, QString());
        QVERIFY(!t.row(0).elapsed.isEmpty());
        QCOMPARE(t.row(0).summary, u"running"_s);
        task = ended(task, 0, 30s);
        task.digest = u"all is built"_s;
        t.model.handleTask(task);
        QCOMPARE(t.row(0).output, u"all is built"_s);
        QCOMPARE(t.row(0).verb, u"Ran"_s);
        QCOMPARE(Models::summaryText(t.row(0)), u"done 0:30"_s);
    }

    void aWriteThatChangedNothingShowsNothingGreen()
    {
        Transcript t(ToolCallMade{u"c1"_s, u"write_file"_s, R"({"path":"f","content":"same"})"});
        Tools::ToolOutcome outcome;
        outcome.text = u"f already holds exactly this (1 line, 4 B); it was left as it is."_s;
        outcome.summary = u"no change"_s;
        outcome.diff = u"--- f\n+++ f\n"_s;
        t.model.handle(ToolCallEnded{u"c1"_s, {}, outcome});
        QCOMPARE(t.row(0).verb, u"Wrote"_s);
        QCOMPARE(Models::summaryText(t.row(0)), u"no change"_s);
        QCOMPARE(t.row(0).diff, QString());
    }

    void queuedWordsSayWhetherAnybodySendsThem()
    {
        Transcript t(TurnStarted{}, MessageQueued{u"q1"_s, u"later"_s});
        QVERIFY(!t.row(0).isHeld);
        TurnEnded stopped;
        stopped.how = TurnEnded::How::StoppedByPerson;
        t.model.handle(stopped);
        QVERIFY(t.last().isHeld);
        QCOMPARE(Models::plainText(t.last()), u"You, held until you send it: later"_s);
        t.model.handle(TurnStarted{});
        QVERIFY(!t.last().isHeld);
        Transcript reopened(MessageQueued{u"q1"_s, u"later"_s});
        QVERIFY(reopened.row(0).isHeld);
    }

    // A command that is like the one of a call is no reason to tie them.
    void tiesNoTaskThatTheCallDidNotStart()
    {
        Transcript t(ResponseStarted{1});
        t.start(u"bash"_s, "{\"command\":\"make\"}");
        t.model.handleTask(makeTask(u"0000000a"_s, u"make"_s, TaskState::Running, true));
        t.end(outcome(u"It is not task 0000000a."_s));
        QCOMPARE(t.row(0).taskId, QString());
    }

    void tiesATaskThatIsFoundDuringACallToItsOwn()
    {
        Transcript t(ResponseStarted{1});
        t.start(u"bash"_s, "{\"command\":\"make\"}");
        Task found = makeTask(u"0000000a"_s, u"make"_s, TaskState::Running, true);
        for (const QString &call : {QString(), u"c0"_s}) { // nobody's, and an earlier call's
            found.spec.callId = call;
            t.model.handleTask(found);
            QCOMPARE(t.row(0).taskId, QString());
        }
        Task own = makeTask(u"0000000b"_s, u"make"_s, TaskState::Running, true);
        own.spec.callId = u"c1"_s;
        t.model.handleTask(own);
        QCOMPARE(t.row(0).taskId, own.id);
    }

    void keepsTheTiesOfRowsAboveACallThatIsNeverMade()
    {
        Transcript t(ResponseStarted{1});
        t.start(u"bash"_s, "{\"command\":\"one\"}");
        t.end(outcome(u"1"_s));
        t.model.handle(ResponseStarted{2});
        t.model.handle(TextStreamed{u"a"_s});
        t.model.handle(ToolCallAnnounced{u"c2"_s, u"bash"_s});
        t.model.handle(MessageQueued{u"q"_s, u"next"_s});
        t.model.handle(ResponseEnded{2, StopReason::Other, false, {}});
        QCOMPARE(t.kinds(), u"CAQ"_s);
        t.model.handle(ToolCallEnded{u"c1"_s, {}, outcome(u"again"_s)});
        QCOMPARE(t.row(0).output, u"again"_s);
        t.model.handle(QueuedMessageRemoved{u"q"_s});
        QCOMPARE(t.kinds(), u"CA"_s);
    }

    void aTaskThatServesIsNotWaitedFor()
    {
        Transcript t(TurnStarted{}, ResponseStarted{1});
        t.model.handle(TurnEnded{StopReason::EndTurn, TurnEnded::How::Done, 0, 1});
        QCOMPARE(t.last().text, u"1 task keeps running."_s);
        t.model.handle(TurnStarted{});
        t.model.handle(TurnEnded{StopReason::EndTurn, TurnEnded::How::Done, 1, 1});
        QCOMPARE(t.last().text, u"Waiting for 1 task. The result will arrive automatically."_s);
    }

    void countsTheTasksThatAreLeft()
    {
        Transcript t(TurnStarted{}, ResponseStarted{1});
        Task waited = makeTask(u"00000001"_s, u"make"_s, TaskState::Running, true);
        waited.spec.callId = u"c1"_s;
        const Task server = makeTask(u"00000002"_s, u"serve"_s, TaskState::Running);
        const Task tests = makeTask(u"00000003"_s, u"test"_s, TaskState::Running);
        t.start(u"bash"_s, "{\"command\":\"make\"}");
        for (const Task &task : {waited, server, tests})
            t.model.handleTask(task);
        Tools::ToolOutcome stopped = Tools::ToolOutcome::error(u"…"_s, CallEnd::Stopped);
        stopped.taskId = waited.id;
        t.end(stopped);
        t.model.handle(TurnEnded{StopReason::Other, TurnEnded::How::StoppedByPerson, 2});
        QCOMPARE(t.last().text, u"2 tasks keep running."_s);
        t.model.handleTask(ended(waited, 0, 1s)); // nobody counted on it
        QCOMPARE(t.last().text, u"2 tasks keep running."_s);
        t.model.handleTask(ended(tests, 1, 2s));
        t.model.handleTask(ended(tests, 1, 2s));
        QCOMPARE(t.last().text, u"1 task keeps running."_s);
        t.model.handleTask(makeTask(u"00000004"_s, u"mine"_s, TaskState::Starting));
        QCOMPARE(t.last().text, u"2 tasks keep running."_s);
        t.model.handleTask(ended(makeTask(u"00000004"_s, u"mine"_s, TaskState::Running), 0, 1s));
        t.model.handleTask(ended(server, 0, 9s));
        QCOMPARE(t.kinds(), u"CN"_s);
        QCOMPARE(t.last().text, u"Stopped."_s);
    }
};

MEANWHILE_TEST(TranscriptFactsTest)
#include "tst_transcriptfacts.moc"
