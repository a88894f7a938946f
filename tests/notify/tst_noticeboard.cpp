// SPDX-License-Identifier: MIT
#include "notify/noticeboard.h"
#include "support/fakeclock.h"
#include "support/testregistry.h"

#include <QSignalSpy>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Notify;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// What a person would have before them.
class FakeNotifier final : public Notifier {
    Q_OBJECT

public:
    void show(const Notice &notice) override
    {
        notices.insert(notice.sessionId, notice);
        ++count;
        if (isPrompt)
            emit shown(notice.sessionId);
    }
    void withdraw(const QString &sessionId) override { notices.remove(sessionId); }
    void look() override {}
    Reach reach() const override { return Reach::NotAsked; }

    QHash<QString, Notice> notices;
    bool isPrompt = true; ///< shown() at once
    int count = 0;        ///< how often anything was shown
};

struct Bench {
    FakeNotifier notifier;
    Testing::FakeClock clock;
    NoticeBoard board{notifier, clock};
    QSignalSpy attention{&board, &NoticeBoard::attentionWanted};
    QSignalSpy answered{&board, &NoticeBoard::answered};
    QSignalSpy opened{&board, &NoticeBoard::openWanted};

    /// The window shows "a" and the person has gone elsewhere.
    Bench()
    {
        board.setShown(u"a"_s);
        board.setInFront(false);
    }
    void ask(const QString &sessionId, const QString &callId) { board.ask(sessionId, question(callId)); }
    static Question question(const QString &callId) { return {callId, Question::Kind::Command, u"make"_s}; }
    static Tasks::Task end(const QString &taskId)
    {
        Tasks::Task task;
        task.id = taskId;
        task.spec.callId = u"call of "_s + taskId;
        task.state = Tasks::TaskState::Exited;
        return task;
    }
    void turn(const QString &sessionId, std::chrono::milliseconds length, const TurnEnd &end = {})
    {
        board.startTurn(sessionId);
        clock.advance(length);
        board.endTurn(sessionId, end);
    }
    Notice notice(const QString &sessionId) const { return notifier.notices.value(sessionId); }
    QStringList tasksOf(const QString &sessionId) const
    {
        QStringList ids;
        for (const End &end : notice(sessionId).ends)
            ids += std::holds_alternative<Tasks::Task>(end) ? std::get<Tasks::Task>(end).id : u"turn"_s;
        return ids;
    }
    /// Of the one click on session "a" that opened it.
    Place placeOpened()
    {
        if (opened.size() != 1 || opened.first().at(0) != u"a"_s || opened.first().at(2) != u"token"_s)
            return {u"not opened once"_s, {}};
        return opened.takeFirst().at(1).value<Place>();
    }
    void click(const QString &sessionId, const QString &key)
    {
        emit notifier.acted(sessionId, key, u"token"_s);
    }
};

} // namespace

/// When the person is notified, and of what.
class NoticeBoardTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void notifiesOfAnApprovalWhileTheWindowIsNotInFront()
    {
        Bench bench;
        bench.board.setProject(u"a"_s, u"shop"_s);
        bench.ask(u"a"_s, u"c1"_s);
        QCOMPARE(bench.notice(u"a"_s).question, Bench::question(u"c1"_s));
        QCOMPARE(bench.notice(u"a"_s).project, u"shop"_s);
        QCOMPARE(bench.attention.size(), 1);
        bench.board.settle(u"a"_s, u"c1"_s);
        QVERIFY(bench.notifier.notices.isEmpty());
        QCOMPARE(bench.attention.size(), 1);
    }

    void notifiesOfNothingWhileTheWindowIsInFront()
    {
        Bench bench;
        bench.board.setInFront(true);
        bench.ask(u"a"_s, u"c1"_s);
        bench.ask(u"b"_s, u"c2"_s);
        bench.board.endTask(u"a"_s, Bench::end(u"t1"_s));
        bench.turn(u"a"_s, 60s);
        QCOMPARE(bench.notifier.count, 0);
        QCOMPARE(bench.attention.size(), 0);
        // Nor for what ended then, once the person has left.
        bench.board.setInFront(false);
        bench.board.endTask(u"a"_s, Bench::end(u"t2"_s));
        QCOMPARE(bench.tasksOf(u"a"_s), QStringList{u"t2"_s});
    }

    void notifiesOfAnApprovalThatThePersonLeftWaiting()
    {
        Bench bench;
        bench.board.setInFront(true);
        bench.board.setPatience(0ms);
        bench.ask(u"a"_s, u"c1"_s);
        bench.ask(u"b"_s, u"c2"_s);
        bench.board.settle(u"b"_s, u"c2"_s);
        bench.board.setInFront(false);
        QCOMPARE(bench.notifier.count, 0);
        QTRY_COMPARE(bench.notice(u"a"_s).question, Bench::question(u"c1"_s));
        QCOMPARE(bench.notifier.count, 1);
        // Back and away again before it was answered.
        bench.board.setInFront(true);
        QVERIFY(bench.notifier.notices.isEmpty());
        bench.board.setInFront(false);
        QTRY_COMPARE(bench.notifier.count, 2);
    }

    void notifiesOfTheEndOfATurnThatTookLong()
    {
        Bench bench;
        bench.turn(u"a"_s, 20s);
        bench.turn(u"a"_s, 60s, {TurnEnd::How::StoppedByPerson, 0, {}});
        QCOMPARE(bench.notifier.count, 0);
        bench.turn(u"a"_s, 20'001ms, {TurnEnd::How::Failed, 2, {}});
        const QVector<End> expected{TurnEnd{TurnEnd::How::Failed, 2, 20'001ms}};
        QCOMPARE(bench.notice(u"a"_s).ends, expected);
        // Once it goes on that is no longer so.
        bench.board.startTurn(u"a"_s);
        QVERIFY(bench.notifier.notices.isEmpty());
    }

    void saysSeveralEndsInOneNotice()
    {
        Bench bench;
        bench.board.endTask(u"a"_s, Bench::end(u"t1"_s));
        bench.board.endTask(u"b"_s, Bench::end(u"t2"_s));
        bench.board.endTask(u"a"_s, Bench::end(u"t3"_s));
        QCOMPARE(bench.tasksOf(u"a"_s), (QStringList{u"t1"_s, u"t3"_s}));
        QCOMPARE(bench.tasksOf(u"b"_s), QStringList{u"t2"_s});
        bench.turn(u"a"_s, 30s);
        QCOMPARE(bench.tasksOf(u"a"_s), (QStringList{u"t1"_s, u"t3"_s, u"turn"_s}));
    }

    void saysNothingMoreOfATurnOnceTheNextOneRuns()
    {
        Bench bench;
        bench.turn(u"a"_s, 30s, {TurnEnd::How::Done, 1, {}});
        bench.board.endTask(u"a"_s, Bench::end(u"t1"_s));
        QCOMPARE(bench.tasksOf(u"a"_s), (QStringList{u"turn"_s, u"t1"_s}));
        bench.board.startTurn(u"a"_s);
        QCOMPARE(bench.tasksOf(u"a"_s), QStringList{u"t1"_s});
        // Nor of a kind that is switched off.
        bench.turn(u"b"_s, 30s);
        bench.board.endTask(u"b"_s, Bench::end(u"t2"_s));
        bench.board.setSwitches({true, true, false});
        QCOMPARE(bench.tasksOf(u"b"_s), QStringList{u"t2"_s});
    }

    void withdrawsWhatThePersonLooksAt()
    {
        Bench bench;
        bench.board.endTask(u"a"_s, Bench::end(u"t1"_s));
        bench.ask(u"b"_s, u"c1"_s);
        bench.board.setInFront(true);
        QVERIFY(!bench.notifier.notices.contains(u"a"_s));
        QVERIFY(bench.notifier.notices.contains(u"b"_s));
        bench.board.setShown(u"b"_s);
        QVERIFY(bench.notifier.notices.isEmpty());
        // What was looked at is not told again.
        bench.board.setInFront(false);
        bench.board.endTask(u"a"_s, Bench::end(u"t2"_s));
        QCOMPARE(bench.tasksOf(u"a"_s), QStringList{u"t2"_s});
        // Nor is anything of a session that is gone.
        bench.board.forget(u"a"_s);
        QVERIFY(bench.notifier.notices.isEmpty());
    }

    void putsApprovalsBeforeEnds()
    {
        Bench bench;
        bench.board.endTask(u"a"_s, Bench::end(u"told"_s));
        bench.ask(u"a"_s, u"c1"_s);
        QVERIFY(bench.notice(u"a"_s).question && bench.notice(u"a"_s).ends.isEmpty());
        bench.board.endTask(u"a"_s, Bench::end(u"t2"_s));
        QCOMPARE(bench.notifier.count, 2); // the question did not change
        bench.board.settle(u"a"_s, u"c1"_s);
        QCOMPARE(bench.tasksOf(u"a"_s), QStringList{u"t2"_s});
        bench.ask(u"a"_s, u"c2"_s);
        bench.board.settle(u"a"_s, u"c2"_s);
        QVERIFY(bench.notifier.notices.isEmpty());
    }

    void answersExactlyTheApprovalThatWasShown()
    {
        Bench bench;
        bench.ask(u"a"_s, u"c1"_s);
        const Notice::Keys first = bench.notice(u"a"_s).keys;
        bench.board.settle(u"a"_s, u"c1"_s);
        bench.ask(u"a"_s, u"c2"_s);
        const Notice::Keys second = bench.notice(u"a"_s).keys;
        bench.clock.advance(1s);
        QVERIFY(first.run != second.run && first.deny != second.deny);
        bench.click(u"a"_s, first.run); // a late one
        QCOMPARE(bench.answered.size(), 0);
        QCOMPARE(bench.placeOpened(), (Place{u"c2"_s, {}}));
        bench.click(u"b"_s, second.run);
        bench.click(u"a"_s, u"run"_s);
        QCOMPARE(bench.answered.size(), 0);
        bench.click(u"a"_s, second.run);
        QCOMPARE(bench.answered.takeFirst(), (QVariantList{u"a"_s, u"c2"_s, true}));
        bench.click(u"a"_s, second.deny);
        QCOMPARE(bench.answered.takeFirst(), (QVariantList{u"a"_s, u"c2"_s, false}));
        bench.board.settle(u"a"_s, u"c2"_s);
        bench.click(u"a"_s, second.run);
        QCOMPARE(bench.answered.size(), 0);
    }

    void takesNoAnswerBeforeThePersonCanHaveReadIt()
    {
        Bench bench;
        bench.ask(u"a"_s, u"c1"_s);
        bench.clock.advance(NoticeBoard::kArming - 1ms);
        bench.click(u"a"_s, bench.notice(u"a"_s).keys.run);
        QCOMPARE(bench.answered.size(), 0);
        QCOMPARE(bench.opened.size(), 1);
        bench.clock.advance(1ms);
        bench.click(u"a"_s, bench.notice(u"a"_s).keys.run);
        QCOMPARE(bench.answered.size(), 1);
    }

    void asksAgainWhereAButtonWasPressedTooEarly()
    {
        Bench bench;
        bench.ask(u"a"_s, u"c1"_s);
        bench.click(u"a"_s, bench.notice(u"a"_s).keys.run);
        bench.notifier.notices.clear(); // daemons close what was pressed
        emit bench.notifier.closed(u"a"_s, true);
        QCOMPARE(bench.answered.size(), 0);
        QVERIFY(bench.notifier.notices.contains(u"a"_s));
        bench.clock.advance(NoticeBoard::kArming);
        bench.click(u"a"_s, bench.notice(u"a"_s).keys.run);
        QCOMPARE(bench.answered.size(), 1);
    }

    void callsNobodyWhenWhatWasPressedTooEarlyIsSettled()
    {
        Bench bench;
        bench.ask(u"a"_s, u"c1"_s);
        bench.click(u"a"_s, bench.notice(u"a"_s).keys.run);
        bench.board.settle(u"a"_s, u"c1"_s);
        QSignalSpy attention(&bench.board, &NoticeBoard::attentionWanted);
        emit bench.notifier.closed(u"a"_s, false);
        QCOMPARE(attention.size(), 0);
    }

    void countsNoTimeBeforeTheButtonsAreShown()
    {
        Bench bench;
        bench.notifier.isPrompt = false;
        bench.ask(u"a"_s, u"c1"_s);
        const Notice::Keys keys = bench.notice(u"a"_s).keys;
        bench.clock.advance(5s); // the daemon is being looked for
        bench.click(u"a"_s, keys.run);
        emit bench.notifier.shown(u"a"_s);
        bench.clock.advance(NoticeBoard::kArming - 1ms);
        bench.click(u"a"_s, keys.run);
        QCOMPARE(bench.answered.size(), 0);
        QCOMPARE(bench.opened.size(), 2);
        bench.clock.advance(1ms);
        bench.click(u"a"_s, keys.run);
        QCOMPARE(bench.answered.size(), 1);
        // Behind it another waits, whose buttons are not there; then they are.
        bench.ask(u"a"_s, u"c2"_s);
        emit bench.notifier.shown(u"a"_s);
        bench.board.settle(u"a"_s, u"c1"_s);
        bench.clock.advance(5s);
        bench.click(u"a"_s, bench.notice(u"a"_s).keys.deny);
        QCOMPARE(bench.answered.size(), 1);
        emit bench.notifier.shown(u"a"_s);
        bench.clock.advance(NoticeBoard::kArming);
        bench.click(u"a"_s, bench.notice(u"a"_s).keys.deny);
        QCOMPARE(bench.answered.constLast(), (QVariantList{u"a"_s, u"c2"_s, false}));
    }

    void countsApprovalsThatWaitTogether()
    {
        Bench bench;
        bench.ask(u"a"_s, u"c1"_s);
        bench.ask(u"a"_s, u"c2"_s);
        QCOMPARE(bench.notice(u"a"_s).moreQuestions, 1);
        bench.board.settle(u"a"_s, u"c1"_s);
        QCOMPARE(bench.notice(u"a"_s).moreQuestions, 0);
        QCOMPARE(bench.notice(u"a"_s).question, Bench::question(u"c2"_s));
        bench.board.endTurn(u"a"_s, {});
        QVERIFY(bench.notifier.notices.isEmpty());
    }

    void opensWhatTheNoticeTellsOf()
    {
        Bench bench;
        bench.board.endTask(u"a"_s, Bench::end(u"t1"_s));
        bench.board.endTask(u"a"_s, Bench::end(u"t2"_s));
        bench.click(u"a"_s, u"default"_s);
        QCOMPARE(bench.placeOpened(), (Place{u"call of t2"_s, u"t2"_s}));
        bench.turn(u"a"_s, 30s);
        bench.click(u"a"_s, u"default"_s);
        QCOMPARE(bench.placeOpened(), Place());
        bench.ask(u"a"_s, u"c1"_s);
        bench.ask(u"a"_s, u"c2"_s);
        bench.click(u"a"_s, u"open"_s);
        QCOMPARE(bench.placeOpened(), (Place{u"c1"_s, {}}));
        bench.board.settle(u"a"_s, u"c1"_s);
        bench.board.settle(u"a"_s, u"c2"_s);
        bench.click(u"a"_s, u"open"_s); // a late one
        QCOMPARE(bench.placeOpened(), (Place{u"c2"_s, {}}));
        bench.click(u"gone"_s, u"default"_s);
        QCOMPARE(bench.opened.size(), 0);
    }

    void leavesAloneWhatThePersonPutAway()
    {
        Bench bench;
        bench.board.endTask(u"a"_s, Bench::end(u"t1"_s));
        bench.notifier.notices.clear();
        emit bench.notifier.closed(u"a"_s, true);
        bench.board.endTask(u"a"_s, Bench::end(u"t2"_s));
        QCOMPARE(bench.tasksOf(u"a"_s), QStringList{u"t2"_s});
        // What only went by itself was perhaps not seen.
        bench.notifier.notices.clear();
        emit bench.notifier.closed(u"a"_s, false);
        bench.board.endTask(u"a"_s, Bench::end(u"t3"_s));
        QCOMPARE(bench.tasksOf(u"a"_s), (QStringList{u"t2"_s, u"t3"_s}));
        bench.ask(u"b"_s, u"c1"_s);
        bench.notifier.notices.clear();
        emit bench.notifier.closed(u"b"_s, true);
        bench.board.endTask(u"b"_s, Bench::end(u"t4"_s));
        QCOMPARE(bench.tasksOf(u"b"_s), QStringList{u"t4"_s});
    }

    void notifiesOfNoKindThatIsSwitchedOff()
    {
        Bench bench;
        bench.ask(u"a"_s, u"c1"_s);
        bench.board.endTask(u"b"_s, Bench::end(u"t1"_s));
        bench.turn(u"c"_s, 30s);
        bench.board.setSwitches({false, false, false});
        QVERIFY(bench.notifier.notices.isEmpty());
        bench.attention.clear();
        bench.ask(u"a"_s, u"c2"_s);
        bench.board.endTask(u"a"_s, Bench::end(u"t2"_s));
        bench.turn(u"c"_s, 30s);
        QVERIFY(bench.notifier.notices.isEmpty());
        QCOMPARE(bench.attention.size(), 0);
        bench.board.setSwitches({false, true, false});
        bench.board.endTask(u"a"_s, Bench::end(u"t3"_s));
        QCOMPARE(bench.tasksOf(u"a"_s), QStringList{u"t3"_s});
    }
};

MEANWHILE_TEST(NoticeBoardTest)
#include "tst_noticeboard.moc"
