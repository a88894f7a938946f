// SPDX-License-Identifier: MIT
#include "box/probe.h"
#include "boxworld.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Box;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

class ProbeTest : public QObject {
    Q_OBJECT

private slots:
    void aBoxCanBeBuiltHere()
    {
        QProcess process;
        process.start(BoxWorld::runner(), {u"--probe-box"_s});
        QVERIFY(process.waitForFinished());
        const QByteArray lines = process.readAllStandardOutput();
        QVERIFY2(lines.startsWith("box full\nlandlock "), lines);
    }

    // Inside of one there is none, which is told and not passed over.
    void noneCanBeBuiltInABox()
    {
        BoxWorld world(::geteuid());
        world.resetProject();
        QVERIFY(QFile::copy(BoxWorld::runner(), world.project() + u"/runner"_s));
        const BoxWorld::Ending ending = world.run(u"./runner --probe-box"_s, world.policy());
        QVERIFY2(ending.output.startsWith("box none "), ending.output);
        QVERIFY2(ending.output.contains("bwrap: "), ending.output);
        QVERIFY2(ending.elapsedMs < 10'000, ending.output);
    }

    void whyNoneCanBeBuiltIsKnown_data()
    {
        QTest::addColumn<std::string>("problem");
        QTest::addColumn<SystemSwitches>("switches");
        QTest::addColumn<std::string>("lines");
        const std::string map = "bwrap: setting up uid map: Permission denied";
        const std::string loopback = "bwrap: loopback: Failed RTM_NEWADDR: Operation not permitted";
        QTest::newRow("AppArmor, the map")
            << map << SystemSwitches{1, -1, 1000} << "box refused " + map + "\nlandlock 0\n";
        QTest::newRow("AppArmor, the network")
            << loopback << SystemSwitches{1, 1, 1000} << "box refused " + loopback + "\nlandlock 0\n";
        QTest::newRow("AppArmor, for another reason")
            << std::string("bwrap: Unknown option --disable-userns") << SystemSwitches{1, 1, 1000}
            << std::string("box none bwrap: Unknown option --disable-userns\nlandlock 0\n");
        QTest::newRow("forbidden by something else")
            << map << SystemSwitches{0, 1, 1000} << "box none " + map + "\nlandlock 0\n";
        QTest::newRow("no namespaces")
            << map << SystemSwitches{-1, -1, 0}
            << "box none user namespaces are switched off on this system: " + map + "\nlandlock 0\n";
        QTest::newRow("no namespaces for persons")
            << map << SystemSwitches{-1, 0, 1000}
            << "box none user namespaces are switched off on this system: " + map + "\nlandlock 0\n";
        QTest::newRow("several lines")
            << std::string("a\nb") << SystemSwitches{} << std::string("box none a b\nlandlock 0\n");
    }

    void whyNoneCanBeBuiltIsKnown()
    {
        QFETCH(std::string, problem);
        QFETCH(SystemSwitches, switches);
        QFETCH(std::string, lines);
        QCOMPARE(linesOf(judgeFailure(problem, switches)), lines);
    }
};

MEANWHILE_TEST(ProbeTest)
#include "tst_probe.moc"
