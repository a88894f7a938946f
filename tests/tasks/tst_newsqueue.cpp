// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "tasks/newsqueue.h"

#include <QtTest>

#include <numeric>

using namespace Meanwhile;
using namespace Meanwhile::Tasks;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

News about(const QString &id)
{
    return {NewsId::endOf(id), u"[bg:%1] exited 0 after 1 s: x"_s.arg(id)};
}

QStringList idsOf(const QVector<News> &news)
{
    QStringList ids;
    for (const News &one : news)
        ids.append(one.id.taskId);
    return ids;
}

} // namespace

class NewsQueueTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void handsOutEachEndOnceOldestFirst()
    {
        NewsQueue queue;
        QVERIFY(queue.enqueue(about(u"a"_s)));
        QVERIFY(queue.enqueue(about(u"b"_s)));
        QVERIFY(!queue.enqueue(about(u"a"_s)));
        QCOMPARE(idsOf(queue.take(3)), (QStringList{u"a"_s, u"b"_s}));
        QVERIFY(queue.isEmpty());
        QVERIFY(queue.take(4).isEmpty());
        QVERIFY(!queue.enqueue(about(u"b"_s)));
    }

    void namesTheNewsThatIsUnderWayAndNoOther()
    {
        NewsQueue queue;
        queue.recall(NewsId::endOf(u"earlier"_s), {Delivery::State::Accepted, 1, {}});
        QVERIFY(queue.underWay().isEmpty());
        queue.enqueue(about(u"a"_s));
        QCOMPARE(queue.underWay(), (QSet<NewsId>{NewsId::endOf(u"a"_s)}));
        queue.take(7);
        queue.deliverByAnswer(NewsId::endOf(u"b"_s), 8);
        queue.enqueue(about(u"c"_s));
        QCOMPARE(queue.underWay(),
            (QSet<NewsId>{NewsId::endOf(u"a"_s), NewsId::endOf(u"b"_s), NewsId::endOf(u"c"_s)}));
        queue.accept(7, {});
        QCOMPARE(queue.underWay(), (QSet<NewsId>{NewsId::endOf(u"b"_s), NewsId::endOf(u"c"_s)}));
        queue.take(9);
        queue.accept(9, {});
        QVERIFY(queue.underWay().isEmpty());
    }

    void saysHowFarTheNewsHasGot()
    {
        const QDateTime at(QDate(2026, 1, 2), QTime(3, 4), Qt::UTC);
        NewsQueue queue;
        QVERIFY(queue.delivery(NewsId::endOf(u"a"_s)).state == Delivery::State::None);
        queue.enqueue(about(u"a"_s));
        QVERIFY(queue.delivery(NewsId::endOf(u"a"_s)).state == Delivery::State::Queued);
        queue.take(7);
        QCOMPARE(queue.delivery(NewsId::endOf(u"a"_s)), (Delivery{Delivery::State::InRequest, 7, {}}));
        queue.accept(6, at);
        QVERIFY(queue.delivery(NewsId::endOf(u"a"_s)).state == Delivery::State::InRequest);
        queue.accept(8, at); // request 7 failed; its message went again with 8
        QCOMPARE(queue.delivery(NewsId::endOf(u"a"_s)), (Delivery{Delivery::State::Accepted, 8, at}));
    }

    void isToldByAnAnswerInsteadOfANotice_data()
    {
        QTest::addColumn<bool>("enqueuedBefore");
        QTest::newRow("the end was queued already") << true;
        QTest::newRow("the answer came first") << false;
    }

    void isToldByAnAnswerInsteadOfANotice()
    {
        QFETCH(bool, enqueuedBefore);
        NewsQueue queue;
        queue.enqueue(about(u"other"_s));
        if (enqueuedBefore)
            queue.enqueue(about(u"a"_s));
        queue.deliverByAnswer(NewsId::endOf(u"a"_s), 2);
        QCOMPARE(queue.enqueue(about(u"a"_s)), false);
        QCOMPARE(idsOf(queue.take(2)), QStringList{u"other"_s});
        QVERIFY(queue.delivery(NewsId::endOf(u"a"_s)).state == Delivery::State::InRequest);
    }

    void anAnswerAfterTheNoticeChangesNothing()
    {
        NewsQueue queue;
        queue.enqueue(about(u"a"_s));
        queue.take(1);
        queue.deliverByAnswer(NewsId::endOf(u"a"_s), 2);
        QCOMPARE(queue.delivery(NewsId::endOf(u"a"_s)).request, 1);
    }

    // Three ends, one answer, requests taken and accepted: every order of these eight steps.
    void tellsEveryEndExactlyOnceInEveryOrder()
    {
        constexpr int kSteps = 8;
        std::array<int, kSteps> order{};
        std::iota(order.begin(), order.end(), 0);
        const QDateTime at = QDateTime::currentDateTimeUtc();
        do {
            NewsQueue queue;
            QHash<QString, int> told;
            qint64 request = 0;
            const auto take = [&] {
                ++request;
                for (const News &one : queue.take(request))
                    ++told[one.id.taskId];
            };
            for (const int step : order) {
                if (step < 3)
                    queue.enqueue(about(QString::number(step)));
                else if (step < 6)
                    take();
                else if (step == 6)
                    queue.accept(request, at);
                else if (queue.delivery(NewsId::endOf(u"1"_s)).state == Delivery::State::None ||
                         queue.delivery(NewsId::endOf(u"1"_s)).state == Delivery::State::Queued) {
                    queue.deliverByAnswer(NewsId::endOf(u"1"_s), request + 1);
                    ++told[u"1"_s];
                }
            }
            take();
            queue.accept(request, at);
            for (int task = 0; task < 3; ++task) {
                QCOMPARE(told.value(QString::number(task)), 1);
                QVERIFY(
                    queue.delivery(NewsId::endOf(QString::number(task))).state == Delivery::State::Accepted);
            }
            QVERIFY(queue.isEmpty());
        } while (std::next_permutation(order.begin(), order.end()));
    }
};

MEANWHILE_TEST(NewsQueueTest)
#include "tst_newsqueue.moc"
