// SPDX-License-Identifier: MIT
#include "support/fakeclock.h"
#include "support/testregistry.h"
#include "wire/silencewatch.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Wire;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// The watch of an answer, with a clock of the test's; the timer fires when the test says so.
struct Watched {
    FakeClock clock;
    SilenceWatch watch{clock, {20s, 300s}, nullptr};
    QStringList log;

    Watched()
    {
        QObject::connect(&watch, &SilenceWatch::silenceChanged, &watch,
            [this](bool isSilent) { log.append(isSilent ? u"silent"_s : u"heard"_s); });
        QObject::connect(&watch, &SilenceWatch::expired, &watch, [this] { log.append(u"expired"_s); });
        watch.start();
    }
    QTimer *timer() const { return watch.findChild<QTimer *>(u"silence"_s); }
    void fire() { QMetaObject::invokeMethod(timer(), "timeout"); }
    /// The timer fires when it is due.
    void pass()
    {
        clock.advance(timer()->intervalAsDuration());
        fire();
    }
};

} // namespace

class SilenceWatchTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void hintsAfterTwentySecondsAndEndsAfterFiveMinutes()
    {
        Watched w;
        QCOMPARE(w.timer()->intervalAsDuration(), 20s);
        w.pass();
        QCOMPARE(w.log, QStringList({u"silent"_s}));
        QCOMPARE(w.timer()->intervalAsDuration(), 280s);
        w.pass();
        QCOMPARE(w.log, QStringList({u"silent"_s, u"expired"_s}));
    }

    void beginsAnewWithEachByte()
    {
        Watched w;
        w.clock.advance(19s);
        w.watch.heard();
        w.clock.advance(1s);
        w.fire();
        QCOMPARE(w.log, QStringList());
        QCOMPARE(w.timer()->intervalAsDuration(), 19s);
        w.pass();
        w.watch.heard();
        QCOMPARE(w.log, QStringList({u"silent"_s, u"heard"_s}));
        QCOMPARE(w.timer()->intervalAsDuration(), 20s);
        w.pass();
        QCOMPARE(w.log.last(), u"silent"_s);
    }

    void takesASleepForNoSilence()
    {
        Watched w;
        w.pass();
        w.clock.advance(279s);
        w.clock.sleep(8h);
        w.clock.advance(1s);
        w.fire();
        QCOMPARE(w.log, QStringList({u"silent"_s}));
        QCOMPARE(w.timer()->intervalAsDuration(), 300s); // whole again
        w.pass();
        QCOMPARE(w.log.last(), u"expired"_s);
    }

    void doesNotEndAnAnswerBecauseTheProgramStoodStill()
    {
        Watched w;
        w.clock.advance(10min); // e.g. SIGSTOP: the monotonic clock goes on
        w.fire();
        QCOMPARE(w.log, QStringList());
        QCOMPARE(w.timer()->intervalAsDuration(), 20s);
    }

    void endsALittleLateToo()
    {
        Watched w;
        w.pass();
        w.clock.advance(282s);
        w.fire();
        QCOMPARE(w.log.last(), u"expired"_s);
    }

    void saysNothingOnceItIsStopped()
    {
        Watched w;
        w.watch.stop();
        QVERIFY(!w.timer()->isActive());
        w.watch.heard();
        QVERIFY(!w.timer()->isActive());
        QCOMPARE(w.log, QStringList());
    }

    void needsNoLimit()
    {
        FakeClock clock;
        SilenceWatch watch(clock, {}, nullptr);
        watch.start();
        QVERIFY(!watch.findChild<QTimer *>(u"silence"_s)->isActive());
    }
};

MEANWHILE_TEST(SilenceWatchTest)
#include "tst_silencewatch.moc"
