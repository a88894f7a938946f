// SPDX-License-Identifier: MIT
#include "models/transcriptmodel.h"
#include "support/fakeclock.h"
#include "support/knowntools.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Agent;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Conversation::CallEnd;
using Conversation::ContentBlock;
using Conversation::Message;
using Conversation::StopReason;
using Models::Tone;
using Models::TranscriptModel;
using Models::TranscriptRow;
using Kind = TranscriptRow::Kind;
using CallState = TranscriptRow::CallState;
using Remedy = TranscriptRow::Remedy;
using Tasks::Task;
using Tasks::TaskState;

namespace {

Message said(Conversation::Role role, QVector<ContentBlock> content)
{
    Message message;
    message.id = u"m1"_s;
    message.role = role;
    message.content = std::move(content);
    message.stopReason = StopReason::EndTurn;
    return message;
}

Message person(const QString &text)
{
    return said(Conversation::Role::User, {Conversation::TextBlock{text}});
}

Message answer(QVector<ContentBlock> content)
{
    return said(Conversation::Role::Assistant, std::move(content));
}

Task makeTask(const QString &id, const QString &command, TaskState state, bool foreground = false)
{
    Task task;
    task.id = id;
    task.spec.command = command;
    task.spec.foreground = foreground;
    task.state = state;
    task.startedMonotonic = 1s;
    return task;
}

Task ended(Task task, int exitCode, std::chrono::milliseconds elapsed)
{
    task.state = TaskState::Exited;
    task.exitCode = exitCode;
    task.elapsed = elapsed;
    task.digest = u"digest of "_s + task.spec.command;
    return task;
}

Tools::ToolOutcome outcome(const QString &text, const QString &summary = {}, const QString &taskId = {})
{
    Tools::ToolOutcome result;
    result.text = text;
    result.summary = summary;
    result.taskId = taskId;
    return result;
}

/// The command goes on in the background.
Tools::ToolOutcome goesOn(Tools::ToolOutcome outcome)
{
    outcome.continues = true;
    return outcome;
}

struct Transcript {
    Testing::FakeClock clock;
    TranscriptModel model{Testing::knownTools(), clock};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
    QSignalSpy changes{&model, &QAbstractItemModel::dataChanged};

    template <typename... Events>
    explicit Transcript(const Events &...events)
    {
        (model.handle(events), ...);
    }
    int size() const { return model.rowCount(); }
    const TranscriptRow &row(int row) const { return model.row(row); }
    const TranscriptRow &last() const { return model.row(model.rowCount() - 1); }
    /// One letter a row: P(erson) A(nswer) t(hinking) C(all) D(elivered) N(otice) E(rror) Q(ueued).
    QString kinds() const
    {
        QString kinds;
        for (int i = 0; i < size(); ++i)
            kinds += u"PAtCDNEQ"_s.at(int(row(i).kind));
        return kinds;
    }
    /// A call that has been made and started.
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
    QString line(int at) const
    {
        const TranscriptRow &r = row(at);
        return u"%1 %2 | %3 | %4"_s.arg(r.shape, r.verb, r.subject, Models::summaryText(r));
    }
};

} // namespace

class TranscriptModelTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    // ---- streamed text

    void tellsWhatAWaitingCallIsAbout()
    {
        Transcript t(ToolCallAnnounced{u"c1"_s, u"bash"_s});
        QCOMPARE(t.row(0).subject, QString());
        t.changes.clear();
        t.model.handle(ToolCallMade{u"c1"_s, u"bash"_s, R"({"command":"npm test"})"});
        QCOMPARE(t.row(0).subject, u"npm test"_s);
        QCOMPARE(t.row(0).callState, CallState::Writing);
        QVERIFY(!t.changes.isEmpty());
    }

    void showsTheFirstWordsAtOnceAndGathersTheRest()
    {
        Transcript t(ResponseStarted{1}, TextStreamed{u"Hel"_s});
        QCOMPARE(t.kinds(), u"A"_s);
        QCOMPARE(t.row(0).text, u"Hel"_s);
        QVERIFY(t.row(0).streaming);
        for (int i = 0; i < 1000; ++i)
            t.model.handle(TextStreamed{u"l"_s});
        QCOMPARE(t.changes.count(), 0);
        QTRY_COMPARE(t.row(0).text.size(), 1003);
        QCOMPARE(t.changes.count(), 1);
    }

    void showsWhatIsGatheredWhenTheAnswerEnds()
    {
        Transcript t(ResponseStarted{1}, TextStreamed{u"Hel"_s}, TextStreamed{u"lo"_s},
            ResponseEnded{1, StopReason::EndTurn, true, {}});
        QCOMPARE(t.row(0).text, u"Hello"_s);
        QVERIFY(!t.row(0).streaming);
    }

    void makesNoRowOfWhiteSpaceAlone()
    {
        Transcript t(ResponseStarted{1}, TextStreamed{u"\n\n"_s});
        QCOMPARE(t.size(), 0);
        t.model.handle(TextStreamed{u"Hi"_s});
        QCOMPARE(t.row(0).text, u"\n\nHi"_s);
    }

    void keepsTextBeforeAndAfterACallApartAndInOrder()
    {
        Transcript t(ResponseStarted{1}, ThinkingStreamed{u"hm"_s}, TextStreamed{u"one"_s},
            ToolCallAnnounced{u"c1"_s, u"bash"_s}, TextStreamed{u"two"_s});
        QCOMPARE(t.kinds(), u"tACA"_s);
        QVERIFY(!t.row(0).streaming);
        QVERIFY(!t.row(1).streaming);
        QVERIFY(t.row(3).streaming);
    }

    void takesTheFinishedMessageForTheTruth()
    {
        Transcript t(ResponseStarted{1}, TextStreamed{u"one"_s}, ToolCallAnnounced{u"c1"_s, u"bash"_s},
            MessageAdded{answer({Conversation::ThinkingBlock{u"why"_s, {}},
                Conversation::TextBlock{u"one!"_s}, Conversation::ToolCallBlock{u"c1"_s, u"bash"_s, "{}", {}},
                Conversation::TextBlock{u"two"_s}})});
        QCOMPARE(t.kinds(), u"tACA"_s);
        QCOMPARE(t.row(1).text, u"one!"_s);
        QCOMPARE(t.row(1).id, u"m1"_s);
        // The call's row moved by one when the thinking came before it, and is still found.
        t.model.handle(ToolCallMade{u"c1"_s, u"bash"_s, "{\"command\":\"ls\"}"});
        QCOMPARE(t.row(2).subject, u"ls"_s);
    }

    void showsOfABrokenAnswerWhatIsKeptOfIt()
    {
        Message partial = answer({Conversation::TextBlock{u"onetwo"_s}});
        partial.completeness = Conversation::Completeness::Broken;
        Transcript t(ResponseStarted{1}, TextStreamed{u"one"_s}, ToolCallAnnounced{u"c1"_s, u"bash"_s},
            TextStreamed{u"two"_s}, ResponseEnded{1, StopReason::Other, false, {}}, MessageAdded{partial},
            Failed{{ErrorKind::Network, u"The connection broke."_s, {}}});
        QCOMPARE(t.kinds(), u"ANE"_s); // the call was never made
        QCOMPARE(t.row(0).text, u"onetwo"_s);
    }

    // ---- tool lines

    void namesWhatATaskRunsWhenItIsKnown()
    {
        Transcript t(ResponseStarted{1});
        t.start(u"check_background"_s, "{\"task_id\":\"3f9a1c2e\"}");
        t.model.handleTask(makeTask(u"3f9a1c2e"_s, u"npm install"_s, TaskState::Running));
        QCOMPARE(t.row(0).subject, u"3f9a npm install"_s);
    }

    void tellsHowACallFailed()
    {
        Transcript t(ResponseStarted{1});
        t.start(u"read_file"_s, "{\"path\":\"a.txt\"}");
        t.end(Tools::ToolOutcome::error(u"a.txt does not exist.\nTry another."_s));
        QCOMPARE(t.line(0), u"✕ Read | a.txt | a.txt does not exist."_s);
        QCOMPARE(t.row(0).tone, Tone::Failed);
        QCOMPARE(t.row(0).callState, CallState::Failed);
    }

    void asksAndRemembersThatItWasDenied()
    {
        Tools::Intent intent;
        intent.preview = u"--- a\n+++ a\n+x\n"_s;
        Transcript t(ResponseStarted{1}, ToolCallAnnounced{u"c1"_s, u"write_file"_s},
            ToolCallMade{u"c1"_s, u"write_file"_s, "{\"path\":\"a\"}"},
            ApprovalAsked{u"c1"_s, u"write_file"_s, intent, {}});
        QCOMPARE(t.line(0), u"◆ Write | a | waiting for approval"_s);
        QCOMPARE(t.row(0).diff, intent.preview);
        t.model.handle(ApprovalSettled{u"c1"_s, false});
        t.end(Tools::ToolOutcome::error(u"Anything that is said to the model."_s, CallEnd::Denied));
        QCOMPARE(t.line(0), u"■ Write | a | denied"_s);
        QCOMPARE(t.row(0).output, QString());
        QCOMPARE(t.row(0).callState, CallState::Denied);
    }

    void saysWhenAStopEndedTheQuestion()
    {
        Transcript t(ResponseStarted{1}, ToolCallAnnounced{u"c1"_s, u"write_file"_s},
            ToolCallMade{u"c1"_s, u"write_file"_s, "{\"path\":\"a\"}"},
            ApprovalAsked{u"c1"_s, u"write_file"_s, {}, {}});
        t.model.handle(ApprovalSettled{u"c1"_s, false});
        t.end(Tools::ToolOutcome::error(u"Anything that is said to the model."_s, CallEnd::Stopped));
        QCOMPARE(t.line(0), u"■ Write | a | stopped"_s);
    }

    void countsTheLinesOfAWrite()
    {
        Transcript t(ResponseStarted{1});
        t.start(u"edit_file"_s, "{\"path\":\"a\",\"old_text\":\"1\\n2\\n\",\"new_text\":\"3\"}");
        QCOMPARE(t.row(0).diff, u"--- a\n+++ a\n-1\n-2\n+3\n"_s);
        Tools::ToolOutcome result = outcome(u"ok"_s, u"changed"_s);
        result.diff = u"--- a\n+++ a\n@@ -1 +1 @@\n-1\n+3\n+4\n"_s;
        t.end(result);
        QCOMPARE(t.row(0).summary, u"+2 −1"_s);
        QCOMPARE(t.row(0).diff, result.diff);
    }

    void findsTheLatestCallWhenAProviderUsesAnIdAgain()
    {
        Transcript t(ResponseStarted{1});
        t.start(u"bash"_s, "{\"command\":\"one\"}");
        t.end(outcome(u"1"_s));
        t.model.handle(ResponseStarted{2});
        t.model.handle(ToolCallMade{u"c1"_s, u"bash"_s, "{\"command\":\"two\"}"});
        t.end(outcome(u"2"_s));
        QCOMPARE(t.row(0).subject, u"one"_s);
        QCOMPARE(t.row(1).output, u"2"_s);
    }

    // ---- tasks

    void followsABackgroundTaskToItsEnd()
    {
        Transcript t(ResponseStarted{1});
        t.start(u"background_run"_s, "{\"command\":\"npm install\"}");
        Task task = makeTask(u"3f9a1c2e"_s, u"npm install"_s, TaskState::Running);
        t.model.handleTask(task);
        t.end(goesOn(outcome(u"Started as task 3f9a1c2e."_s, {}, task.id)));
        t.clock.advance(41s);
        t.model.handleTask(task);
        QCOMPARE(t.line(0), u"◐ Task 3f9a | npm install | running · 0:41"_s);
        QCOMPARE(t.row(0).tone, Tone::Active);
        QCOMPARE(t.row(0).output, QString()); // what the model is told of it
        QVERIFY(!t.row(0).waitsForTask);
        t.model.handleTask(ended(task, 0, 41s));
        QCOMPARE(t.line(0), u"✓ Task 3f9a | npm install | done 0:41"_s);
        QCOMPARE(t.row(0).output, u"digest of npm install"_s);
        t.model.handleTask(ended(task, 1, 41s));
        QCOMPARE(t.line(0), u"✕ Task 3f9a | npm install | exit 1 · 0:41"_s);
        QCOMPARE(t.row(0).tone, Tone::Failed);
    }

    void ticksOnlyWhileATaskRuns()
    {
        Transcript t(ResponseStarted{1});
        const auto *tick = t.model.findChild<QTimer *>(u"elapsedTick"_s);
        t.start(u"background_run"_s, "{\"command\":\"sleep 9\"}");
        const Task task = makeTask(u"3f9a1c2e"_s, u"sleep 9"_s, TaskState::Running);
        t.model.handleTask(task);
        QVERIFY(!tick->isActive());
        t.end(outcome(u"ok"_s, {}, task.id));
        QVERIFY(tick->isActive());
        t.model.handleTask(ended(task, 0, 9s));
        QVERIFY(!tick->isActive());
    }

    void tiesEachOfManyLikeCommandsToItsTask()
    {
        Transcript t(ResponseStarted{1});
        const QStringList ids{u"3f9a1c2e"_s, u"81c20000"_s, u"00c0ffee"_s};
        for (qsizetype i = 0; i < ids.size(); ++i) {
            const QString call = u"c%1"_s.arg(i + 1);
            t.model.handle(ToolCallMade{call, u"background_run"_s, "{\"command\":\"make\"}"});
            t.model.handle(ToolCallEnded{call, {}, goesOn(outcome(u"Any words."_s, {}, ids.at(i)))});
        }
        for (qsizetype i = ids.size() - 1; i >= 0; --i)
            t.model.handleTask(makeTask(ids.at(i), u"make"_s, TaskState::Running));
        for (qsizetype i = 0; i < ids.size(); ++i)
            QCOMPARE(t.row(int(i)).taskId, ids.at(i));
        t.model.handleTask(makeTask(u"12345678"_s, u"make"_s, TaskState::Running));
        const auto *tick = t.model.findChild<QTimer *>(u"elapsedTick"_s);
        for (const QString &id : ids) {
            QVERIFY(tick->isActive());
            t.model.handleTask(ended(makeTask(id, u"make"_s, TaskState::Running), 0, 9s));
        }
        QVERIFY(!tick->isActive()); // the one that no line speaks of shows no time here
    }

    void offersTheBackgroundWhileTheAgentWaits()
    {
        Transcript t(ResponseStarted{1});
        t.start(u"bash"_s, "{\"command\":\"make\"}");
        Task task = makeTask(u"81c20000"_s, u"make"_s, TaskState::Running, true);
        task.spec.callId = u"c1"_s;
        t.model.handleTask(task);
        t.clock.advance(12s);
        t.model.handleTask(task);
        QCOMPARE(t.line(0), u"◐ Running | make | running · 0:12"_s);
        QCOMPARE(t.row(0).taskId, task.id);
        QVERIFY(t.row(0).waitsForTask);

        task.spec.foreground = false;
        t.model.handleTask(task);
        QCOMPARE(t.row(0).verb, u"Task 81c2"_s);
        QVERIFY(!t.row(0).waitsForTask);
        t.end(goesOn(outcome(u"It continues as task 81c20000."_s, {}, task.id)));
        t.model.handleTask(ended(task, 0, 60s));
        QCOMPARE(t.row(0).output, u"digest of make"_s);
    }

    void keepsTheAnswerOfACommandThatEndedWhileWaitedFor()
    {
        Transcript t(ResponseStarted{1});
        t.start(u"bash"_s, "{\"command\":\"make\"}");
        Task task = makeTask(u"81c20000"_s, u"make"_s, TaskState::Running, true);
        task.spec.callId = u"c1"_s;
        t.model.handleTask(task);
        t.model.handleTask(ended(task, 2, 3s));
        t.end(outcome(u"whole output"_s, u"exit 2"_s, task.id));
        QCOMPARE(t.line(0), u"✕ Ran | make | exit 2 · 0:03"_s);
        QCOMPARE(t.row(0).output, u"whole output"_s);
    }

    // ---- results, turns and faults

    void saysWhichResultWasDelivered()
    {
        Transcript t(NewsDelivered{endsOf({u"3f9a1c2e"_s}), 2});
        QCOMPARE(t.kinds(), u"D"_s);
        QCOMPARE(t.row(0).text, u"1 result sent to the model"_s);
        const Task task = makeTask(u"3f9a1c2e"_s, u"npm install"_s, TaskState::Running);
        t.model.handleTask(ended(task, 0, 41s));
        QCOMPARE(t.row(0).text, u"npm install finished in 0:41, result sent to the model"_s);
        t.model.handleTask(ended(task, 1, 41s));
        QCOMPARE(t.row(0).text, u"npm install: exit 1 after 0:41, result sent to the model"_s);
        t.model.handle(NewsDelivered{endsOf({u"a"_s, u"b"_s, u"c"_s}), 3});
        QCOMPARE(t.row(1).text, u"3 results sent to the model"_s);
    }

    void keepsQueuedMessagesAtTheEndUntilTheyAreSent()
    {
        Transcript t(MessageAdded{person(u"go"_s)}, ResponseStarted{1}, MessageQueued{u"q1"_s, u"first"_s},
            MessageQueued{u"q2"_s, u"second"_s}, TextStreamed{u"working"_s});
        QCOMPARE(t.kinds(), u"PAQQ"_s);
        t.model.handle(TextStreamed{u" on"_s});
        t.model.handle(ToolCallAnnounced{u"c1"_s, u"bash"_s});
        QCOMPARE(t.kinds(), u"PACQQ"_s);
        QCOMPARE(t.row(1).text, u"working on"_s);
        t.model.handle(QueuedMessageRemoved{u"q1"_s});
        QCOMPARE(t.kinds(), u"PACQ"_s);
        QCOMPARE(t.row(3).id, u"q2"_s);
        t.model.handle(QueuedMessageRemoved{u"q2"_s});
        t.model.handle(MessageAdded{person(u"second"_s)});
        QCOMPARE(t.kinds(), u"PACP"_s);
    }

    void offersWhatHelpsAgainstAFault_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<Remedy>("remedy");
        QTest::newRow("wrong key") << ErrorKind::Authentication << Remedy::OpenSettingsOrRetry;
        QTest::newRow("unknown model") << ErrorKind::UnknownModel << Remedy::OpenSettingsOrRetry;
        QTest::newRow("no network") << ErrorKind::Network << Remedy::Retry;
        QTest::newRow("too many requests") << ErrorKind::RateLimited << Remedy::Retry;
        QTest::newRow("overloaded") << ErrorKind::Overloaded << Remedy::Retry;
        QTest::newRow("no credit left") << ErrorKind::PermissionDenied << Remedy::Retry;
        QTest::newRow("malformed event") << ErrorKind::Protocol << Remedy::Retry;
        QTest::newRow("refused request") << ErrorKind::BadRequest << Remedy::None;
    }

    void offersWhatHelpsAgainstAFault()
    {
        QFETCH(ErrorKind, kind);
        Transcript t(TurnStarted{}, Failed{{kind, u"It went wrong."_s, u"HTTP"_s}});
        QCOMPARE(t.kinds(), u"E"_s);
        QCOMPARE(t.row(0).text, u"It went wrong."_s);
        QTEST(t.row(0).remedy, "remedy");
        t.model.handle(TurnEnded{StopReason::Other, TurnEnded::How::Done, 0});
        QCOMPARE(t.kinds(), u"E"_s);
    }

    void takesTheRetryButtonAwayWithTheNextTurn()
    {
        Transcript t(TurnStarted{}, Failed{{ErrorKind::Network, u"x"_s, {}}}, TurnStarted{});
        QCOMPARE(t.row(0).remedy, Remedy::None);
        Transcript u(TurnStarted{}, Failed{{ErrorKind::Authentication, u"x"_s, {}}}, TurnStarted{});
        QCOMPARE(u.row(0).remedy, Remedy::OpenSettings);
    }

    void saysThatAStoppedAnswerWasKept()
    {
        Message partial = answer({Conversation::TextBlock{u"half"_s}});
        partial.completeness = Conversation::Completeness::Stopped;
        Transcript t(TurnStarted{}, ResponseStarted{1}, TextStreamed{u"half"_s},
            ResponseEnded{1, StopReason::Other, false, {}}, MessageAdded{partial},
            TurnEnded{StopReason::Other, TurnEnded::How::StoppedByPerson, 0});
        QCOMPARE(t.kinds(), u"AN"_s);
        QCOMPARE(t.last().text, u"Stopped. The partial answer above was kept."_s);
    }

    void saysThatACallWasCutShort()
    {
        Transcript t(TurnStarted{}, ResponseStarted{1});
        t.start(u"bash"_s, "{\"command\":\"make\"}");
        t.end(Tools::ToolOutcome::error(u"Anything that is said to the model."_s, CallEnd::Stopped));
        const Message record = said(
            Conversation::Role::Record, {Conversation::EndBlock{Conversation::EndBlock::Why::Stopped, 0}});
        t.model.handle(MessageAdded{record});
        t.model.handle(TurnEnded{StopReason::Other, TurnEnded::How::StoppedByPerson, 0});
        QCOMPARE(t.row(0).callState, CallState::Stopped);
        QCOMPARE(t.kinds(), u"CN"_s);
        QCOMPARE(t.last().text, u"Stopped."_s);
    }

    void saysWhatIsWaitedForOnceOnly()
    {
        Transcript t(TurnStarted{}, ResponseStarted{1}, TextStreamed{u"x"_s},
            TurnEnded{StopReason::EndTurn, TurnEnded::How::Done, 2});
        QCOMPARE(t.kinds(), u"AN"_s);
        QVERIFY(t.last().text.startsWith(u"Waiting for 2 tasks."_s));
        t.model.handle(TurnStarted{false});
        QCOMPARE(t.kinds(), u"A"_s);
        t.model.handle(TurnEnded{StopReason::EndTurn, TurnEnded::How::Done, 1});
        t.model.handle(TurnEnded{StopReason::EndTurn, TurnEnded::How::Done, 1});
        QCOMPARE(t.kinds(), u"AN"_s);
        QVERIFY(t.last().text.startsWith(u"Waiting for 1 task."_s));
    }

    // ---- resuming

    void loadsTheRowsThatTheEventsMade()
    {
        using namespace Conversation;
        ToolResultBlock started{u"c1"_s, u"Started as task 3f9a1c2e."_s, false, {}};
        started.taskId = u"3f9a1c2e"_s;
        started.continues = true;
        const QVector<Message> messages{person(u"do it"_s),
            answer({ThinkingBlock{u"hm"_s, {}}, TextBlock{u"I start."_s},
                ToolCallBlock{u"c1"_s, u"background_run"_s, "{\"command\":\"npm i\"}", {}},
                ToolCallBlock{
                    u"c2"_s, u"edit_file"_s, "{\"path\":\"a\",\"old_text\":\"x\",\"new_text\":\"y\"}", {}}}),
            said(Role::User, {started, ToolResultBlock{u"c2"_s, u"Not found."_s, true, {}},
                                 NewsBlock{endsOf({u"3f9a1c2e"_s}), u"<background-results>"_s}}),
            answer({TextBlock{u"Done."_s}})};
        const Task task = ended(makeTask(u"3f9a1c2e"_s, u"npm i"_s, TaskState::Running), 0, 41s);

        Transcript live(TurnStarted{}, MessageAdded{messages.at(0)}, ResponseStarted{1},
            ThinkingStreamed{u"hm"_s}, TextStreamed{u"I start."_s});
        for (const auto *id : {u"c1", u"c2"})
            live.model.handle(ToolCallAnnounced{QString::fromUtf16(id), u"bash"_s});
        live.model.handle(MessageAdded{messages.at(1)});
        live.model.handle(ResponseEnded{1, StopReason::ToolUse, true, {}});
        for (const auto &block : messages.at(1).content) {
            if (const auto *call = std::get_if<ToolCallBlock>(&block))
                live.model.handle(ToolCallMade{call->id, call->name, call->input});
        }
        live.end(goesOn(outcome(u"Started as task 3f9a1c2e."_s, {}, task.id)), u"c1"_s);
        live.end(Tools::ToolOutcome::error(u"Not found."_s), u"c2"_s);
        live.model.handleTask(makeTask(u"3f9a1c2e"_s, u"npm i"_s, TaskState::Running));
        live.model.handleTask(task);
        live.model.handle(MessageAdded{messages.at(2)});
        live.model.handle(ResponseStarted{2});
        live.model.handle(NewsDelivered{endsOf({task.id}), 2});
        live.model.handle(TextStreamed{u"Done."_s});
        live.model.handle(MessageAdded{messages.at(3)});
        live.model.handle(ResponseEnded{2, StopReason::EndTurn, true, {}});
        live.model.handle(TurnEnded{StopReason::EndTurn, TurnEnded::How::Done, 0});

        History history;
        for (const Message &message : messages)
            history.append(message);
        Transcript resumed;
        resumed.model.load(history);
        resumed.model.handleTask(task);
        QCOMPARE(resumed.kinds(), u"PtACCDA"_s);
        QCOMPARE(resumed.kinds(), live.kinds());
        for (int i = 0; i < resumed.size(); ++i) {
            QVERIFY2(live.row(i) == resumed.row(i),
                qPrintable(u"%1: %2 / %3"_s.arg(i).arg(plainText(live.row(i)), plainText(resumed.row(i)))));
        }
    }

    void loadsStoppedAndBrokenAnswersAsSuch()
    {
        Conversation::History history;
        for (const auto completeness :
            {Conversation::Completeness::Stopped, Conversation::Completeness::Broken}) {
            Message partial = answer({Conversation::TextBlock{u"half"_s}});
            partial.completeness = completeness;
            history.append(partial);
        }
        Transcript t;
        t.model.load(history);
        QCOMPARE(t.kinds(), u"ANAN"_s);
        QCOMPARE(t.row(1).text, u"Stopped. The partial answer above was kept."_s);
    }

    // ---- what others read

    void readsAsPlainText()
    {
        Transcript t(MessageAdded{person(u"go"_s)}, ResponseStarted{1});
        t.start(u"read_file"_s, "{\"path\":\"a.txt\"}");
        t.end(outcome(u"…"_s, u"37 lines"_s));
        const auto text = [&](int row, int role) {
            return t.model.data(t.model.index(row), role).toString();
        };
        QCOMPARE(text(0, Qt::DisplayRole), u"You: go"_s);
        QCOMPARE(text(1, Qt::AccessibleTextRole), u"Read a.txt, 37 lines"_s);
        QCOMPARE(t.model.data(t.model.index(1), TranscriptModel::RowRole).value<const TranscriptRow *>(),
            &t.row(1));
    }

    void neverResets()
    {
        Transcript t;
        const QSignalSpy resets(&t.model, &QAbstractItemModel::modelReset);
        t.model.handle(TurnStarted{});
        t.model.handle(MessageAdded{person(u"go"_s)});
        t.model.handle(TurnEnded{StopReason::EndTurn, TurnEnded::How::Done, 1});
        t.model.load({});
        QCOMPARE(resets.count(), 0);
    }
};

MEANWHILE_TEST(TranscriptModelTest)
#include "tst_transcriptmodel.moc"
