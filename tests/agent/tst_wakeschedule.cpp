// SPDX-License-Identifier: MIT
#include "agent/wakeschedule.h"
#include "support/testregistry.h"

#include <QRegularExpression>
#include <QTest>

using namespace std::chrono_literals;
using namespace Meanwhile::Agent;
using Times = QVector<std::chrono::milliseconds>;
Q_DECLARE_METATYPE(std::chrono::milliseconds)

/// When news wakes an idle agent.
class WakeScheduleTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void waits_data();
    void waits();
    void forgetsWakesThatThePersonHasSeen();
};

void WakeScheduleTest::waits_data()
{
    QTest::addColumn<int>("perHour");
    QTest::addColumn<Times>("wakes");
    QTest::addColumn<Times>("news"); // of one burst
    QTest::addColumn<std::chrono::milliseconds>("now");
    QTest::addColumn<bool>("moreMayCome");
    QTest::addColumn<std::chrono::milliseconds>("delay");
    QTest::addColumn<bool>("isOverBudget");
    const auto row = [](const char *name, int perHour, const Times &wakes, const Times &news,
                         std::chrono::milliseconds now, bool more, std::chrono::milliseconds delay,
                         bool isOver) {
        QTest::addRow("%s", name) << perHour << wakes << news << now << more << delay << isOver;
    };
    row("nothing else runs", 60, {}, {1s}, 1s, false, 0ms, false);
    row("others run", 60, {}, {1s}, 1s, true, 20ms, false);
    row("asked again later", 60, {}, {1s}, 1s + 15ms, true, 5ms, false);
    row("a burst puts it off", 60, {}, {1s, 1s + 15ms, 1s + 30ms}, 1s + 30ms, true, 20ms, false);
    row("not for ever", 60, {}, {1s, 1s + 100ms, 1s + 195ms}, 1s + 195ms, true, 5ms, false);
    row("the burst is old", 60, {}, {1s}, 5s, true, 0ms, false);
    row("one wake is left", 2, {1s}, {2s}, 2s, false, 0ms, false);
    row("the wakes are used up", 2, {1s, 2s}, {3s}, 3s, false, 1h - 2s, true);
    row("an hour later they are not", 2, {1s, 2s}, {3s}, 1h + 1s, false, 0ms, false);
}

void WakeScheduleTest::waits()
{
    QFETCH(int, perHour);
    QFETCH(Times, wakes);
    QFETCH(Times, news);
    QFETCH(std::chrono::milliseconds, now);
    QFETCH(bool, moreMayCome);
    WakeSchedule schedule(perHour);
    for (const auto at : wakes)
        schedule.noteWake(at);
    for (const auto at : news)
        schedule.noteNews(at, at == news.first());
    QTEST(schedule.delay(now, moreMayCome), "delay");
    QTEST(schedule.isOverBudget(), "isOverBudget");
    schedule.settle();
    QVERIFY(!schedule.isOverBudget());
}

void WakeScheduleTest::forgetsWakesThatThePersonHasSeen()
{
    WakeSchedule schedule(1);
    schedule.noteWake(1s);
    schedule.noteNews(2s, true);
    QVERIFY(schedule.delay(2s, false) > 0ms);
    schedule.forgetWakes();
    QVERIFY(schedule.delay(2s, false) == 0ms);
    QVERIFY(!schedule.isOverBudget());
    QVERIFY(schedule.mayEverWake());
    QVERIFY(!WakeSchedule(0).mayEverWake());
}

MEANWHILE_TEST(WakeScheduleTest)

#include "tst_wakeschedule.moc"
