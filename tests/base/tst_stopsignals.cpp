// SPDX-License-Identifier: MIT
#include "base/stopsignals.h"
#include "support/testregistry.h"

#include <QtTest>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace Meanwhile;

class StopSignalsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void endsAProgramThatHangsAfterTheSecondSignal_data()
    {
        QTest::addColumn<int>("signal");
        QTest::addColumn<int>("count");
        QTest::newRow("SIGTERM twice") << SIGTERM << 2;
        QTest::newRow("Ctrl+C twice") << SIGINT << 2;
        QTest::newRow("SIGTERM three times") << SIGTERM << 3;
    }

    void endsAProgramThatHangsAfterTheSecondSignal()
    {
        QFETCH(int, signal);
        QFETCH(int, count);
        QCOMPARE(endOf([&] {
            const StopSignals signals_;
            for (int i = 0; i < count; ++i)
                ::raise(signal);
            hang();
        }),
            130);
    }

    void endsAProgramThatHangsWhileItIsTakenDown()
    {
        QCOMPARE(endOf([] {
            {
                const StopSignals signals_;
            }
            StopSignals::limitTheEnd(7, std::chrono::seconds(1));
            hang();
        }),
            7);
    }

private:
    [[noreturn]] static void hang()
    {
        while (true)
            ::pause();
    }
    // Of a child whose event loop never runs.
    template <typename Work>
    static int endOf(Work work)
    {
        const pid_t child = ::fork();
        if (child == 0) {
            work();
            ::_exit(255);
        }
        int status = 0;
        const bool isOver = ::waitpid(child, &status, 0) == child;
        return isOver && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
};

MEANWHILE_TEST(StopSignalsTest)
#include "tst_stopsignals.moc"
