// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "ui/window/conversationstate.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Agent;
using namespace Meanwhile::Ui;
using namespace Qt::StringLiterals;

static ApprovalAsked asked(const QString &callId)
{
    ApprovalAsked event;
    event.callId = callId;
    return event;
}

static ResponseEnded ended(qint64 input, qint64 output, qint64 cached)
{
    ResponseEnded event;
    event.usage.inputTokens = input;
    event.usage.outputTokens = output;
    event.usage.cacheReadTokens = cached;
    return event;
}

class ConversationStateTest : public QObject {
    Q_OBJECT

private slots:
    void saysWhatIsWaitedFor()
    {
        ConversationState state;
        QCOMPARE(state.placeholder(), u"Message Meanwhile"_s);
        QCOMPARE(state.waitingText(), QString());

        state.handle(TurnStarted{});
        QCOMPARE(state.placeholder(), u"Working… Your message will be sent with the next step."_s);
        QCOMPARE(state.waitingText(), u"Working"_s);

        state.handle(RetryScheduled{});
        QCOMPARE(state.waitingText(), u"Waiting to try again"_s);
        state.handle(RequestSent{});
        QCOMPARE(state.waitingText(), u"Working"_s);

        state.handle(asked(u"a"_s));
        QCOMPARE(state.placeholder(), u"Message Meanwhile"_s);
        state.setRunningTasks(1);
        QCOMPARE(state.placeholder(), u"Message Meanwhile"_s);
        QCOMPARE(state.waitingText(), u"Waiting for your answer"_s);
        QCOMPARE(state.tasksText(), u"1 task running"_s);

        state.handle(ApprovalSettled{u"a"_s, true});
        state.handle(TurnEnded{});
        state.setRunningTasks(2);
        QCOMPARE(state.placeholder(), u"Message Meanwhile. It is waiting for 2 tasks."_s);
        QCOMPARE(state.waitingText(), u"Waiting for 2 tasks"_s);
        QCOMPARE(state.tasksText(), u"2 tasks running"_s);
    }

    void waitsForNoServer()
    {
        ConversationState state;
        state.setRunningTasks(2, 1);
        QCOMPARE(state.waitingText(), QString()); // of an earlier run: its end waits for the person
        QCOMPARE(state.placeholder(), u"Message Meanwhile"_s);
        state.handle(TurnStarted{});
        state.handle(TurnEnded{});
        QCOMPARE(state.waitingText(), u"Waiting for 1 task"_s);
        QCOMPARE(state.placeholder(), u"Message Meanwhile. It is waiting for 1 task."_s);
        QCOMPARE(state.tasksText(), u"2 tasks running"_s);
        state.setRunningTasks(1, 1);
        QCOMPARE(state.waitingText(), QString());
        QCOMPARE(state.placeholder(), u"Message Meanwhile"_s);
        QCOMPARE(state.tasksText(), u"1 task running"_s);
    }

    void keepsQuestionsInTheirOrderUntilTheyAreSettled()
    {
        ConversationState state;
        state.handle(asked(u"a"_s));
        state.handle(asked(u"b"_s));
        state.handle(ApprovalSettled{u"a"_s, false});
        QCOMPARE(state.approvals(), QVector<ApprovalAsked>{asked(u"b"_s)});
        state.handle(TurnEnded{});
        QVERIFY(state.approvals().isEmpty());
    }

    void keepsQueuedMessagesUntilTheyAreSentOrWithdrawn()
    {
        ConversationState state;
        state.handle(MessageQueued{u"1"_s, u"first"_s});
        state.handle(MessageQueued{u"2"_s, u"second"_s});
        state.handle(QueuedMessageRemoved{u"1"_s});
        QCOMPARE(state.queued(), (QVector<MessageQueued>{{u"2"_s, u"second"_s}}));
    }

    void countsTokensOfTheTurnAndOfTheSession()
    {
        ConversationState state;
        QCOMPARE(state.tokensText(), QString());
        state.handle(TurnStarted{});
        state.handle(ended(100, 20, 0));
        QCOMPARE(state.tokensText(), u"100 in · 20 out"_s);
        state.handle(ended(60, 30, 340));
        QCOMPARE(state.tokensText(), u"500 in · 50 out · 68 % cached"_s);
        QCOMPARE(state.contextTokens(), 430);
        state.handle(TurnEnded{});
        state.handle(TurnStarted{});
        QCOMPARE(state.tokensText(), u"Session 500 in · 50 out · 68 % cached"_s);
        ResponseEnded last = ended(10, 0, 0);
        last.usage.cost = Conversation::Cost::priced(30'000'000'000);
        state.handle(last);
        QCOMPARE(state.tokensText(),
            u"Turn 10 in · 0 out · $0.030   Session 510 in · 50 out · 66 % cached · $0.030"_s);
        QCOMPARE(state.contextTokens(), 10);
        Conversation::Message room;
        room.content = {Conversation::CompactionBlock{.usage = {5, 1, 0, 0, {}}}};
        QVERIFY(state.handle(MessageAdded{room}));
        QCOMPARE(state.turn().inputTokens, 15);
        QCOMPARE(state.contextTokens(), 0); // until the next answer
        state.handle(ended(7, 1, 0));
        QCOMPARE(state.contextTokens(), 8);
    }

    void isNotMovedByStreamedText()
    {
        ConversationState state;
        QVERIFY(!state.handle(TextStreamed{u"x"_s}));
        QVERIFY(!state.handle(QueuedMessageRemoved{u"unknown"_s}));
        QVERIFY(state.handle(TurnStarted{}));
    }
};

MEANWHILE_TEST(ConversationStateTest)
#include "tst_conversationstate.moc"
