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
using Conversation::StopReason;
using Models::TranscriptModel;
using Models::TranscriptRow;
using Remedy = TranscriptRow::Remedy;

namespace {

const Error kBusy{ErrorKind::Overloaded, u"Too busy."_s, {}};

struct Transcript {
    Testing::FakeClock clock;
    TranscriptModel model{Testing::knownTools(), clock};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    template <typename... Events>
    explicit Transcript(const Events &...events)
    {
        tell(events...);
    }
    template <typename... Events>
    void tell(const Events &...events)
    {
        (model.handle(events), ...);
    }
    const TranscriptRow &last() const { return model.row(model.rowCount() - 1); }
    QTimer *tick() const { return model.findChild<QTimer *>(u"elapsedTick"_s); }
    void pass(std::chrono::milliseconds time)
    {
        clock.advance(time);
        QMetaObject::invokeMethod(tick(), "timeout");
    }
    QStringList texts() const
    {
        QStringList texts;
        for (int i = 0; i < model.rowCount(); ++i)
            texts.append(model.row(i).text);
        return texts;
    }
};

Conversation::Message brokenAnswer(const QString &text)
{
    Conversation::Message message;
    message.role = Conversation::Role::Assistant;
    message.content = {Conversation::TextBlock{text}};
    message.completeness = Conversation::Completeness::Broken;
    return message;
}

} // namespace

/// The row at the end that says what is waited for: another try, or a provider that is silent.
class TranscriptRetriesTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void countDownToTheNextTry()
    {
        Transcript t(TurnStarted{}, RetryScheduled{1, 2, 2'500ms, kBusy});
        QCOMPARE(t.texts(), QStringList({u"Too busy.\nRetrying in 3 s (attempt 2)."_s}));
        QCOMPARE(t.last().remedy, Remedy::TryNow);
        QVERIFY(t.tick()->isActive());
        t.pass(1s);
        QCOMPARE(t.texts(), QStringList({u"Too busy.\nRetrying in 2 s (attempt 2)."_s}));
        t.tell(RequestSent{2, 10, 1, {}});
        QCOMPARE(t.texts(), QStringList({u"Too busy.\nRetrying (attempt 2)…"_s}));
        QCOMPARE(t.last().remedy, Remedy::None);
        QVERIFY(!t.tick()->isActive());
    }

    void countTheSecondsUntilTheFirstWords()
    {
        Transcript t(TurnStarted{}, RequestSent{1, 10, 1, {}});
        t.pass(900ms);
        QCOMPARE(t.texts(), QStringList());
        t.pass(1'200ms);
        QCOMPARE(t.texts(), QStringList{u"Waiting for a reply… 2 s"_s});
        t.tell(MessageQueued{u"q1"_s, u"more"_s}); // stands below it
        t.pass(1s);
        QCOMPARE(t.texts(), QStringList({u"Waiting for a reply… 3 s"_s, u"more"_s}));
        t.tell(ResponseStarted{1});
        t.pass(1s);
        QCOMPARE(t.texts(), QStringList({u"Waiting for a reply… 4 s"_s, u"more"_s}));
        t.tell(NewsDelivered{endsOf({u"5511"_s}), 1});
        QCOMPARE(t.texts().mid(1), QStringList({u"Waiting for a reply… 4 s"_s, u"more"_s}));
        t.tell(TextStreamed{u"Hi"_s});
        QCOMPARE(t.texts().mid(1), QStringList({u"Hi"_s, u"more"_s}));
        t.pass(5s);
        QCOMPARE(t.texts().mid(1), QStringList({u"Hi"_s, u"more"_s}));
        QVERIFY(!t.tick()->isActive());
    }

    void waitNoLongerThanTheTurn_data()
    {
        QTest::addColumn<bool>("stopped");
        QTest::newRow("stopped") << true;
        QTest::newRow("nothing was said") << false;
    }

    void waitNoLongerThanTheTurn()
    {
        QFETCH(bool, stopped);
        Transcript t(TurnStarted{}, RequestSent{1, 10, 1, {}});
        t.pass(2s);
        if (!stopped)
            t.tell(ResponseStarted{1}, ResponseEnded{1, StopReason::EndTurn, true, {}});
        t.tell(TurnEnded{
            StopReason::EndTurn, stopped ? TurnEnded::How::StoppedByPerson : TurnEnded::How::Done, 0});
        t.pass(2s);
        QCOMPARE(t.texts(), stopped ? QStringList{u"Stopped."_s} : QStringList());
        QVERIFY(!t.tick()->isActive());
    }

    void stayInOneRowUntilAnAnswerComes()
    {
        Transcript t(TurnStarted{}, RetryScheduled{1, 2, 2s, kBusy});
        QSignalSpy inserted(&t.model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&t.model, &QAbstractItemModel::rowsRemoved);
        t.tell(RequestSent{2, 10, 1, {}}, RetryScheduled{2, 3, 4s, kBusy});
        QCOMPARE(t.texts(), QStringList({u"Too busy.\nRetrying in 4 s (attempt 3)."_s}));
        QCOMPARE(inserted.size() + removed.size(), 0);
        t.tell(RequestSent{3, 10, 1, {}}, ResponseStarted{3}, TextStreamed{u"Hi"_s});
        QCOMPARE(t.texts(), QStringList({u"Hi"_s}));
    }

    void goWithStopAndWithTheEnd_data()
    {
        QTest::addColumn<bool>("stopped");
        QTest::newRow("stopped") << true;
        QTest::newRow("given up") << false;
    }
    void goWithStopAndWithTheEnd()
    {
        QFETCH(bool, stopped);
        Transcript t(TurnStarted{}, RetryScheduled{1, 2, 2s, kBusy}, MessageQueued{u"q1"_s, u"more"_s});
        QCOMPARE(t.texts().last(), u"more"_s); // words that wait stand below it
        if (!stopped)
            t.tell(Agent::Failed{kBusy});
        t.tell(TurnEnded{
            StopReason::Other, stopped ? TurnEnded::How::StoppedByPerson : TurnEnded::How::Done, 0});
        QCOMPARE(t.texts(), QStringList({stopped ? u"Stopped."_s : u"Too busy."_s, u"more"_s}));
        QVERIFY(!t.tick()->isActive());
    }

    void beginAnAnswerAnewThatBroke()
    {
        Transcript t(TurnStarted{});
        for (int i = 1; i <= 3; ++i) {
            t.tell(RequestSent{i, 10, 1, {}}, ResponseStarted{i}, TextStreamed{u"half"_s},
                ResponseEnded{i, StopReason::Other, false, {}}, RetryScheduled{i, i + 1, 2s, kBusy});
            QCOMPARE(t.texts().mid(0, 1), QStringList{u"half"_s});
            QCOMPARE(t.model.rowCount(), 2);
        }
        t.tell(RequestSent{4, 10, 1, {}}, ResponseStarted{4}, TextStreamed{u"whole"_s});
        QCOMPARE(t.texts(), QStringList{u"whole"_s});
        t.tell(ResponseEnded{4, StopReason::Other, false, {}}, MessageAdded{brokenAnswer(u"whole"_s)},
            Agent::Failed{kBusy}, TurnEnded{});
        QCOMPARE(t.texts(), QStringList({u"whole"_s, u"The reply was cut off here."_s, u"Too busy."_s}));
        t.tell(TurnStarted{}, ResponseStarted{5}); // by the person: what was kept stays
        QCOMPARE(t.texts().first(), u"whole"_s);
    }

    void sayWhyAndNotWhatToDo()
    {
        const Error broken{ErrorKind::Network, u"The answer broke off before its end. Try again."_s, {}};
        const Transcript t(TurnStarted{}, RetryScheduled{1, 2, 2s, broken});
        QCOMPARE(t.texts(),
            QStringList({u"The answer broke off before its end.\nRetrying in 2 s (attempt 2)."_s}));
    }

    void hintAtSilenceUntilTheNextByte()
    {
        Transcript t(TurnStarted{}, ResponseStarted{1}, TextStreamed{u"one"_s}, SilenceChanged{1, true});
        QCOMPARE(t.model.rowCount(), 2);
        QCOMPARE(t.last().kind, TranscriptRow::Kind::Notice);
        t.tell(SilenceChanged{1, false}, TextStreamed{u" two"_s},
            ResponseEnded{1, StopReason::EndTurn, true, {}});
        QCOMPARE(t.texts(), QStringList({u"one two"_s}));
    }

    void hintAtSilenceOfANewTryToo()
    {
        Transcript t(TurnStarted{}, RetryScheduled{1, 2, 2s, kBusy}, RequestSent{2, 10, 1, {}},
            SilenceChanged{2, true});
        QCOMPARE(t.model.rowCount(), 1);
        t.tell(RetryScheduled{2, 3, 4s, kBusy});
        QCOMPARE(t.texts(), QStringList({u"Too busy.\nRetrying in 4 s (attempt 3)."_s}));
    }

    void theWaitStaysItsOwnRowWhenAnAnswerHeldMoreThanWasStreamed()
    {
        Transcript t(TurnStarted{}, ResponseStarted{1}, TextStreamed{u"one"_s}, SilenceChanged{1, true});
        Conversation::Message answer;
        answer.role = Conversation::Role::Assistant;
        answer.stopReason = StopReason::EndTurn;
        answer.content = {Conversation::ThinkingBlock{u"before it"_s, {}}, Conversation::TextBlock{u"one"_s}};
        t.tell(MessageAdded{answer});
        QCOMPARE(t.texts().first(2), (QStringList{u"before it"_s, u"one"_s}));
        QCOMPARE(t.model.rowCount(), 3);
        t.tell(SilenceChanged{1, false});
        QCOMPARE(t.texts(), (QStringList{u"before it"_s, u"one"_s}));
    }
};

MEANWHILE_TEST(TranscriptRetriesTest)
#include "tst_transcriptretries.moc"
