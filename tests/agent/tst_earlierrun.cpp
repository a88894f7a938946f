// SPDX-License-Identifier: MIT
#include "controllerfixture.h"
#include "support/samplemessage.h"
#include "support/sealedfiles.h"
#include "support/testregistry.h"

#include <QSignalSpy>

using namespace Meanwhile;
using namespace Meanwhile::Agent;
using namespace Meanwhile::Conversation;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

Tasks::Task endedTask(const QString &id)
{
    Tasks::Task task;
    task.id = id;
    task.spec.command = u"make"_s;
    task.state = Tasks::TaskState::Exited;
    return task;
}

Store::StoredSession withCall(const QString &tool)
{
    Store::StoredSession session;
    session.id = u"s"_s;
    session.history.append(sampleMessage(u"m1"_s, Role::User, {TextBlock{u"go"_s}}));
    session.history.append(sampleMessage(u"m2"_s, Role::Assistant, {ToolCallBlock{u"c1"_s, tool, "{}", {}}}));
    session.nextPosition = 2;
    return session;
}

/// As the supervisor of this task would have left it.
bool keepEnd(const ControllerFixture &fixture, const QString &id, const QByteArray &how)
{
    const QString folder = fixture.tasksFolder.path() + u'/' + id;
    QFile job(folder + u"/job"_s);
    QFile status(folder + u"/status"_s);
    const Runner::SealKey key = fixture.secret.keyFor(folder);
    const QByteArray line =
        "ended " + how + " bytes=0 lines=0 elapsed_ms=1500 survivors=0 log_errno=0 lost_bytes=0\n";
    return QDir().mkpath(folder) && job.open(QIODevice::WriteOnly) &&
           job.write(sealedJob("make", {}, key)) > 0 && status.open(QIODevice::WriteOnly) &&
           status.write(sealedStatus(line, key)) > 0;
}

/// What the last message tells of tasks' ends.
QString newsIn(const History &history)
{
    QString news;
    for (const ContentBlock &block : history.messages().last().content) {
        if (const auto *told = std::get_if<NewsBlock>(&block))
            news += told->text;
    }
    return news;
}

ToolResultBlock resultIn(const History &history)
{
    for (const ContentBlock &block : history.messages().at(2).content) {
        if (const auto *result = std::get_if<ToolResultBlock>(&block))
            return *result;
    }
    return {};
}

} // namespace

/// What is taken up again from an earlier run of the program.
class EarlierRunTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void saysWhatBecameOfACall_data()
    {
        QTest::addColumn<bool>("started");
        QTest::addColumn<QString>("task");
        QTest::addColumn<bool>("ended");
        QTest::addColumn<QString>("says");
        QTest::newRow("never started") << false << QString() << false << u"Not run"_s;
        QTest::newRow("under way") << true << QString() << false << u"may have had effects"_s;
        QTest::newRow("goes on as a task") << true << u"3f9a1c2e"_s << false << u"task 3f9a1c2e"_s;
        QTest::newRow("had ended") << true << QString() << true << u"its true answer"_s;
    }

    void saysWhatBecameOfACall()
    {
        QFETCH(const bool, started);
        QFETCH(const QString, task);
        QFETCH(const bool, ended);
        QFETCH(const QString, says);
        Store::StoredSession session = withCall(u"bash"_s);
        if (started)
            session.calls = {{u"c1"_s, task, {}}};
        if (ended)
            session.calls.first().result = ToolResultBlock{u"c1"_s, u"its true answer"_s, false, {}};
        ManualClient model;
        ControllerFixture fixture(&model, session);
        QCOMPARE(model.requests.size(), 0);
        fixture.agent->submit(u"and?"_s);
        QCOMPARE(model.requests.size(), 1);
        const ToolResultBlock result = resultIn(fixture.agent->history());
        QCOMPARE(result.callId, u"c1"_s);
        QVERIFY2(result.text.contains(says), qPrintable(result.text));
        QCOMPARE(result.isError, !ended);
    }

    void resultsWaitForThePerson()
    {
        Store::StoredSession session = withCall(u"bash"_s);
        session.tasks = {endedTask(u"00000001"_s), endedTask(u"00000002"_s), endedTask(u"00000003"_s)};
        // One with its row, one whose row was lost, one that a message has told.
        session.news = {{{NewsId::endOf(u"00000001"_s), u"[bg:00000001] the words kept"_s,
                             Tasks::WakePolicy::Wake, false},
            {Tasks::Delivery::State::Queued, 0, {}}}};
        session.history.append(sampleMessage(u"m3"_s, Role::User,
            {ToolResultBlock{u"c1"_s, u"x"_s, false, {}}, NewsBlock{endsOf({u"00000003"_s}), u"told"_s}}));
        session.history.append(sampleMessage(u"m4"_s, Role::Assistant, {TextBlock{u"Good."_s}}));
        session.nextPosition = 4;
        ManualClient model;
        ControllerFixture fixture(&model, session);
        QVERIFY(keepEnd(fixture, u"00000001"_s, "exited 4") && keepEnd(fixture, u"00000002"_s, "exited 5"));
        QCOMPARE(fixture.agent->pendingWork(),
            (PendingWork{2, false, false, 0, 2})); // also while they are looked up
        fixture.manager.adopt(session.tasks, fixture.agent->untoldEnds());
        QTRY_COMPARE(fixture.agent->news().size(), 2);
        QVERIFY(fixture.agent->isAtRest()); // nothing wakes it
        QCOMPARE(fixture.agent->pendingWork(), (PendingWork{2, false, false, 0, 2}));
        QCOMPARE(fixture.blockOf(u"00000001"_s), DeliveryBlock::EarlierRun);
        QSignalSpy changed(fixture.agent.get(), &AgentController::pendingWorkChanged);
        fixture.agent->resumeTurn();
        QCOMPARE(model.requests.size(), 1);
        QCOMPARE(changed.size(), 1);
        QVERIFY(fixture.agent->pendingWork().isEmpty());
        fixture.agent->resumeTurn();
        QCOMPARE(model.requests.size(), 1); // once
        const Message last = fixture.agent->history().messages().last();
        const auto *news = std::get_if<NewsBlock>(&last.content.first());
        QVERIFY(news);
        QCOMPARE(QSet<NewsId>(news->news.cbegin(), news->news.cend()),
            (QSet<NewsId>{NewsId::endOf(u"00000001"_s), NewsId::endOf(u"00000002"_s)}));
        QVERIFY2(news->text.contains(u"[bg:00000001] exited 4"_s), qPrintable(news->text));
        QVERIFY2(news->text.contains(u"[bg:00000002] exited 5"_s), qPrintable(news->text));
        QVERIFY2(!news->text.contains(u"the words kept"_s), qPrintable(news->text));
        QCOMPARE(last.id, u"m5"_s);
    }

    // Commands can write into the store.
    void anEndThatNoFolderBearsOutIsNotTold_data()
    {
        QTest::addColumn<bool>("hasRow");
        QTest::addColumn<QString>("says");
        QTest::newRow("of no task") << false << QString();
        QTest::newRow("of a task without a sealed end") << true << u"[bg:00000001] lost"_s;
    }

    void anEndThatNoFolderBearsOutIsNotTold()
    {
        QFETCH(const bool, hasRow);
        QFETCH(const QString, says);
        Store::StoredSession session = withCall(u"bash"_s);
        if (hasRow)
            session.tasks = {endedTask(u"00000001"_s)};
        session.news = {
            {{NewsId::endOf(u"00000001"_s), u"[bg:00000001] exited 0"_s, Tasks::WakePolicy::Wake, false},
                {Tasks::Delivery::State::Queued, 0, {}}}};
        ManualClient model;
        ControllerFixture fixture(&model, session);
        QCOMPARE(fixture.journal.dropped, QStringList{u"00000001"_s});
        fixture.manager.adopt(session.tasks, fixture.agent->untoldEnds());
        fixture.agent->submit(u"and?"_s);
        QTRY_COMPARE(model.requests.size(), 1);
        const QString news = newsIn(fixture.agent->history());
        QVERIFY2(!news.contains(u"exited 0"_s) && news.contains(says), qPrintable(news));
        QCOMPARE(news.isEmpty(), !hasRow);
    }

    void whatIsSaidWhileEndsAreLookedUpGoesWithThem()
    {
        Store::StoredSession session = withCall(u"bash"_s);
        session.tasks = {endedTask(u"00000001"_s)};
        ManualClient model;
        ControllerFixture fixture(&model, session);
        QVERIFY(keepEnd(fixture, u"00000001"_s, "exited 4"));
        fixture.manager.adopt(session.tasks, fixture.agent->untoldEnds());
        fixture.agent->submit(u"and?"_s);
        QCOMPARE(model.requests.size(), 0);
        QVERIFY(fixture.agent->isWorking());
        QTRY_COMPARE(model.requests.size(), 1);
        QVERIFY(newsIn(fixture.agent->history()).contains(u"exited 4"_s));
        QVERIFY(fixture.agent->pendingWork().isEmpty());
    }

    void whatEndedWhileTheProgramWasDownGoesWithThePersonsWords_data()
    {
        using Tasks::TaskState;
        QTest::addColumn<bool>("hasRow");
        QTest::addColumn<TaskState>("state");
        QTest::addColumn<bool>("isOfCall");
        QTest::newRow("stored as running") << true << TaskState::Running << false;
        QTest::newRow("stored as starting") << true << TaskState::Starting << false;
        QTest::newRow("an interrupted call's") << true << TaskState::Running << true;
        QTest::newRow("its row was lost") << false << TaskState::Running << false;
    }

    void whatEndedWhileTheProgramWasDownGoesWithThePersonsWords()
    {
        QFETCH(const bool, hasRow);
        QFETCH(const Tasks::TaskState, state);
        QFETCH(const bool, isOfCall);
        Store::StoredSession session = withCall(u"bash"_s);
        Tasks::Task task = endedTask(u"00000001"_s);
        task.state = state;
        if (isOfCall) {
            task.spec.callId = u"c1"_s;
            task.spec.foreground = true;
            task.spec.wake = Tasks::WakePolicy::NextTurn;
        }
        if (hasRow)
            session.tasks = {task};
        ManualClient model;
        ControllerFixture fixture(&model, session);
        QVERIFY(keepEnd(fixture, task.id, "exited 4"));
        QVERIFY(fixture.agent->pendingWork().results == 0); // as far as is known
        fixture.manager.adopt(session.tasks, fixture.agent->untoldEnds());
        fixture.agent->submit(u"and?"_s);
        QVERIFY(fixture.agent->isWorking());
        QTRY_COMPARE(model.requests.size(), 1);
        QVERIFY2(newsIn(fixture.agent->history()).contains(u"exited 4"_s), qPrintable(fixture.lastMessage()));
        QTRY_VERIFY(!fixture.manager.isSearching());
        model.answer(u"Good."_s);
        QVERIFY(fixture.agent->isAtRest());
        QCOMPARE(model.requests.size(), 1);
        QVERIFY(fixture.agent->pendingWork().isEmpty());
    }

    void aStopDoesNotWaitForEnds()
    {
        Store::StoredSession session = withCall(u"bash"_s);
        session.tasks = {endedTask(u"00000001"_s)};
        ManualClient model;
        ControllerFixture fixture(&model, session);
        fixture.agent->submit(u"and?"_s);
        fixture.agent->stop();
        QVERIFY(!fixture.agent->isWorking());
        QVERIFY2(fixture.lastMessage().contains(u"and?"_s), qPrintable(fixture.lastMessage()));
    }

    // Else the real end would count as told.
    void anAcceptedRowCountsOnlyWithItsMessage()
    {
        Store::StoredSession session = withCall(u"bash"_s);
        session.news = {{{NewsId::endOf(u"00000001"_s), u"told"_s, Tasks::WakePolicy::Wake, false},
            {Tasks::Delivery::State::Accepted, 7, QDateTime::currentDateTimeUtc()}}};
        ManualClient model;
        const ControllerFixture fixture(&model, session);
        QVERIFY(fixture.agent->news().delivery(NewsId::endOf(u"00000001"_s)).state ==
                Tasks::Delivery::State::None);
    }

    void asksAgainForAnAnswerThatNeverCame_data()
    {
        QTest::addColumn<int>("messages");
        QTest::addColumn<bool>("waits");
        QTest::newRow("words") << 1 << true;
        QTest::newRow("calls") << 2 << true;
        QTest::newRow("answered") << 4 << false;
    }

    void asksAgainForAnAnswerThatNeverCame()
    {
        QFETCH(const int, messages);
        QFETCH(const bool, waits);
        Store::StoredSession whole = withCall(u"bash"_s);
        whole.history.append(
            sampleMessage(u"m3"_s, Role::User, {ToolResultBlock{u"c1"_s, u"x"_s, false, {}}}));
        whole.history.append(sampleMessage(u"m4"_s, Role::Assistant, {TextBlock{u"Good."_s}}));
        Store::StoredSession session;
        session.id = u"s"_s;
        for (int i = 0; i < messages; ++i)
            session.history.append(whole.history.messages().at(i));
        session.nextPosition = messages;
        ManualClient model;
        ControllerFixture fixture(&model, session);
        QCOMPARE(fixture.agent->pendingWork(), (PendingWork{0, waits}));
        fixture.agent->resumeTurn();
        QCOMPARE(model.requests.size(), waits ? 1 : 0);
    }

    // What its rows say live, and nothing more.
    void aTurnThatCameToItsEndIsNotAskedAgain_data()
    {
        QTest::addColumn<Message>("last");
        QTest::addColumn<bool>("waits");
        const auto record = [](const ContentBlock &block) {
            return sampleMessage(u"m4"_s, Role::Record, {block});
        };
        Message broken = sampleMessage(u"m4"_s, Role::Assistant, {TextBlock{u"Half"_s}});
        broken.completeness = Completeness::Broken;
        Message empty = sampleMessage(u"m4"_s, Role::Assistant, {});
        empty.stopReason = StopReason::EndTurn;
        QTest::newRow("stopped") << record(EndBlock{EndBlock::Why::Stopped, 0}) << false;
        QTest::newRow("failed") << record(FailureBlock{ErrorKind::Network, u"no"_s}) << false;
        QTest::newRow("no progress") << record(EndBlock{EndBlock::Why::NoProgress, 10}) << false;
        QTest::newRow("empty answer") << empty << false;
        QTest::newRow("broken off, still to be tried again") << broken << true;
        QTest::newRow("restored") << record(RestoreBlock{}) << true;
    }

    void aTurnThatCameToItsEndIsNotAskedAgain()
    {
        QFETCH(const Message, last);
        QFETCH(const bool, waits);
        Store::StoredSession session = withCall(u"bash"_s);
        session.history.append(
            sampleMessage(u"m3"_s, Role::User, {ToolResultBlock{u"c1"_s, u"x"_s, false, {}}}));
        session.history.append(last);
        session.nextPosition = 4;
        ManualClient model;
        ControllerFixture fixture(&model, session);
        QCOMPARE(fixture.agent->pendingWork(), (PendingWork{0, waits}));
        fixture.agent->retry(); // which the row of its end offers
        QCOMPARE(model.requests.size(), 1);
    }

    void whatAnEndedCallHasToldIsNotToldAgain()
    {
        Store::StoredSession session = withCall(u"wait_background"_s);
        session.tasks = {endedTask(u"00000001"_s)};
        session.news = {{{NewsId::endOf(u"00000001"_s), u"[bg:00000001]"_s, Tasks::WakePolicy::Wake, false},
            {Tasks::Delivery::State::Queued, 0, {}}}};
        session.calls = {
            {u"c1"_s, {}, ToolResultBlock{u"c1"_s, u"it exited 0"_s, false, {}, endsOf({u"00000001"_s})}}};
        ManualClient model;
        ControllerFixture fixture(&model, session);
        QVERIFY(fixture.agent->news().isEmpty());
        fixture.agent->submit(u"and?"_s);
        QCOMPARE(resultIn(fixture.agent->history()).text, u"it exited 0"_s);
        model.say(Llm::AnswerStarted{});
        QCOMPARE(fixture.journal.accepted, QStringList{u"00000001"_s});
        model.answer(u"Good."_s);
        QVERIFY(fixture.agent->isAtRest());
        QCOMPARE(model.requests.size(), 1);
    }

    void knowsWhatWasAccepted()
    {
        const QDateTime at(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);
        Store::StoredSession session = withCall(u"bash"_s);
        session.history.append(sampleMessage(u"m3"_s, Role::User,
            {ToolResultBlock{u"c1"_s, u"x"_s, false, {}}, NewsBlock{endsOf({u"00000003"_s}), u"told"_s}}));
        session.news = {{{NewsId::endOf(u"00000003"_s), u"told"_s, Tasks::WakePolicy::Wake, false},
            {Tasks::Delivery::State::Accepted, 7, at}}};
        ManualClient model;
        ControllerFixture fixture(&model, session);
        const Tasks::Delivery delivery = fixture.agent->news().delivery(NewsId::endOf(u"00000003"_s));
        QCOMPARE(delivery.state, Tasks::Delivery::State::Accepted);
        QCOMPARE(delivery.request, 7);
        QCOMPARE(delivery.acceptedAt, at);
    }

    void keepsWhenACallStartsRunsAndEnds()
    {
        ManualClient model;
        ControllerFixture fixture(&model);
        fixture.agent->submit(u"go"_s);
        model.call({{u"c1"_s, u"bash"_s, R"({"command":"echo 1"})", {}},
            {u"c2"_s, u"bash"_s, R"({"command":"echo 2"})", {}}});
        QTRY_COMPARE(model.requests.size(), 2);
        // The last one's result is in the message that is stored in the same breath.
        QCOMPARE(fixture.journal.calls, (QStringList{u"started c1"_s, u"ended c1"_s, u"started c2"_s}));
    }

    // The program may be killed between storing the task and storing that the call has begun.
    void knowsACallByItsTask()
    {
        Store::StoredSession session = withCall(u"bash"_s);
        Tasks::Task task = endedTask(u"00000001"_s);
        task.spec.callId = u"c1"_s;
        session.tasks = {task};
        const EarlierRun earlier = earlierRunOf(session);
        const ToolResultBlock result = earlier.resultOf({u"c1"_s, u"bash"_s, "{}", {}});
        QCOMPARE(result.end, CallEnd::Interrupted);
        QCOMPARE(result.taskId, u"00000001"_s);
        ManualClient model;
        const ControllerFixture fixture(&model, session);
        QCOMPARE(fixture.agent->earlierResults().first().text,
            u"Interrupted: the program ended while this call was under way. It may have had effects; check "
            u"before repeating it. The command was task 00000001; its result comes by itself, or see "
            u"check_background. Do not start it again."_s);
    }

    void tellsNoMoreBeforeTheDiskHasCaughtUp()
    {
        ManualClient model;
        ControllerFixture fixture(&model);
        fixture.journal.unstored = 3;
        fixture.agent->submit(u"go"_s);
        QVERIFY(fixture.agent->isWorking());
        QCOMPARE(model.requests.size(), 0);
        fixture.journal.unstored = 0;
        fixture.journal.caughtUp();
        QCOMPARE(model.requests.size(), 1);
        model.answer(u"Good."_s);
        QVERIFY(fixture.agent->isAtRest());
    }

    void waitsForAClientThatIsReady()
    {
        ManualClient notReady;
        notReady.ready = false;
        ManualClient model;
        ControllerFixture fixture(&notReady);
        fixture.journal.unstored = 3;
        fixture.agent->submit(u"go"_s);
        fixture.journal.unstored = 0;
        fixture.journal.caughtUp();
        QCOMPARE(fixture.count<RequestSent>(), 0);
        fixture.agent->setClient(&model, u"another"_s);
        QCOMPARE(notReady.requests.size(), 0);
        QCOMPARE(model.requests.size(), 1);
        QCOMPARE(model.requests.first().model, u"another"_s);
        QCOMPARE(fixture.count<RequestSent>(), 1);
        model.answer(u"Good."_s);
        QVERIFY(fixture.agent->isAtRest());

        // So does a summary, and what was stopped meanwhile is not sent.
        for (const bool isStopped : {false, true}) {
            fixture.agent->setClient(&notReady, u"another"_s);
            if (isStopped)
                fixture.agent->submit(u"more"_s);
            else
                fixture.agent->compact();
            QVERIFY(fixture.agent->isWorking());
            if (isStopped)
                fixture.agent->stop();
            fixture.agent->setClient(&model, u"another"_s);
            QCOMPARE(model.requests.size(), 2);
            if (!isStopped)
                model.answer(u"A summary."_s);
            QVERIFY(fixture.agent->isAtRest());
        }
        QCOMPARE(notReady.requests.size(), 0);
    }

    void aStopWhileItWaitsForTheDiskSendsNothing()
    {
        ManualClient model;
        ControllerFixture fixture(&model);
        fixture.journal.unstored = 3;
        fixture.agent->submit(u"go"_s);
        fixture.agent->stop();
        fixture.journal.caughtUp();
        QCOMPARE(model.requests.size(), 0);
        QVERIFY(fixture.agent->isAtRest());
    }
};

MEANWHILE_TEST(EarlierRunTest)
#include "tst_earlierrun.moc"
