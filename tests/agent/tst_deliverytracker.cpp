// SPDX-License-Identifier: MIT
#include "agent/deliverytracker.h"
#include "support/testregistry.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Meanwhile;
using namespace Meanwhile::Agent;
using Blocks = DeliveryTracker::Blocks;
using State = Tasks::Delivery::State;

static Tasks::News newsOf(const NewsId &id)
{
    return {id, u"text"_s, Tasks::WakePolicy::Wake, false};
}

static const Blocks kSoon{DeliveryBlock::Soon, DeliveryBlock::OnItsWay};
static const Blocks kTyping{DeliveryBlock::PersonTypes, DeliveryBlock::OnItsWay};

/// What the task table is told of deliveries.
class DeliveryTrackerTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void tellsEachChangeOnce();
    void tellsWhatHoldsNewsUp();
    void showsTheNewestNewsOfATask();
};

void DeliveryTrackerTest::tellsEachChangeOnce()
{
    Tasks::NewsQueue queue;
    DeliveryTracker tracker;
    QVERIFY(tracker.changes(queue, kSoon).isEmpty());
    queue.enqueue(newsOf(NewsId::endOf(u"a"_s)));
    const QVector<TaskDelivery> queued{{u"a"_s, {State::Queued, 0, {}}, DeliveryBlock::Soon}};
    QCOMPARE(tracker.changes(queue, kSoon), queued);
    QVERIFY(tracker.changes(queue, kSoon).isEmpty());
    queue.take(4);
    const QVector<TaskDelivery> sent{{u"a"_s, {State::InRequest, 4, {}}, DeliveryBlock::OnItsWay}};
    QCOMPARE(tracker.changes(queue, kSoon), sent);
    const QDateTime at(QDate(2026, 1, 2), QTime(3, 4));
    queue.accept(4, at);
    const QVector<TaskDelivery> told{{u"a"_s, {State::Accepted, 4, at}, DeliveryBlock::Nothing}};
    QCOMPARE(tracker.changes(queue, kSoon), told);
    QVERIFY(tracker.changes(queue, kTyping).isEmpty());
    QCOMPARE(DeliveryTracker::all(queue, kTyping), told);
}

void DeliveryTrackerTest::tellsWhatHoldsNewsUp()
{
    Tasks::NewsQueue queue;
    DeliveryTracker tracker;
    queue.enqueue(newsOf(NewsId::endOf(u"a"_s)));
    queue.enqueue(newsOf(NewsId::endOf(u"b"_s)));
    tracker.changes(queue, kSoon);
    const QVector<TaskDelivery> changed = tracker.changes(queue, kTyping);
    QCOMPARE(changed.size(), 2);
    QCOMPARE(changed.first().taskId, u"a"_s);
    QCOMPARE(changed.last().block, DeliveryBlock::PersonTypes);
}

void DeliveryTrackerTest::showsTheNewestNewsOfATask()
{
    Tasks::NewsQueue queue;
    DeliveryTracker tracker;
    queue.enqueue(newsOf({u"a"_s, u"progress"_s, 1}));
    queue.take(1);
    tracker.changes(queue, kSoon);
    queue.enqueue(newsOf(NewsId::endOf(u"a"_s)));
    const QVector<TaskDelivery> ended{{u"a"_s, {State::Queued, 0, {}}, DeliveryBlock::Soon}};
    QCOMPARE(tracker.changes(queue, kSoon), ended);
    queue.accept(1, QDateTime(QDate(2026, 1, 2), QTime(3, 4))); // the older news
    QVERIFY(tracker.changes(queue, kSoon).isEmpty());
}

MEANWHILE_TEST(DeliveryTrackerTest)

#include "tst_deliverytracker.moc"
