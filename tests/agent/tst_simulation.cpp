// SPDX-License-Identifier: MIT
#include "simulatedworld.h"
#include "support/testregistry.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Meanwhile::Testing;

/// Ten thousand seeded lives of an AgentMachine and its EffectInterpreter. MEANWHILE_SEED=N plays that one
/// alone.
class SimulationTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void everythingHoldsAfterEveryEvent();
    void findsPlantedBugs_data();
    void findsPlantedBugs();
};

static constexpr quint64 kSeeds = 10'000;

void SimulationTest::everythingHoldsAfterEveryEvent()
{
    const quint64 alone = qEnvironmentVariable("MEANWHILE_SEED").toULongLong();
    qint64 events = 0;
    for (quint64 seed = alone > 0 ? alone : 1; seed <= (alone > 0 ? alone : kSeeds); ++seed) {
        SimulatedWorld world(seed, Mutant(Mutant::Kind::None, 1));
        const bool holds = world.play();
        events += world.eventCount();
        QVERIFY2(holds, qPrintable(world.report()));
    }
    QVERIFY(alone > 0 || events > qint64(kSeeds) * 30);
}

void SimulationTest::findsPlantedBugs_data()
{
    QTest::addColumn<Mutant::Kind>("kind");
    QTest::addColumn<int>("every"); // rare bugs must be found too
    QTest::addRow("loses a result") << Mutant::Kind::LosesAResult << 7;
    QTest::addRow("forgets what an answer told") << Mutant::Kind::ForgetsWhatWasTold << 5;
    QTest::addRow("answers a call twice") << Mutant::Kind::AnswersACallTwice << 5;
    QTest::addRow("loses words at Stop") << Mutant::Kind::LosesWordsAtStop << 1;
    QTest::addRow("sends beside another request") << Mutant::Kind::SendsBesideAnother << 3;
    QTest::addRow("trusts a request that failed") << Mutant::Kind::TrustsAFailure << 2;
    QTest::addRow("loses the wake") << Mutant::Kind::LosesTheWake << 3;
    QTest::addRow("wakes while the person types") << Mutant::Kind::WakesWhileTyping << 1;
    QTest::addRow("retries what is final") << Mutant::Kind::RetriesTheFinal << 2;
    QTest::addRow("retries after Stop") << Mutant::Kind::RetriesAfterStop << 1;
    QTest::addRow("repeats the news in a retry") << Mutant::Kind::RepeatsTheNews << 1;
    QTest::addRow("takes errors for success") << Mutant::Kind::TakesErrorsForSuccess << 1;
    QTest::addRow("hides that the wakes are used up") << Mutant::Kind::HidesTheBudget << 1;
    QTest::addRow("loses news before an end") << Mutant::Kind::LosesOtherNews << 5;
    QTest::addRow("takes other news for the end") << Mutant::Kind::TakesNewsForTheEnd << 3;
    QTest::addRow("forgets kinds of news in a crash") << Mutant::Kind::ForgetsKindsInACrash << 1;
    QTest::addRow("hides a delivery") << Mutant::Kind::HidesADelivery << 5;
    QTest::addRow("compacts the unanswered") << Mutant::Kind::CompactsTheUnanswered << 2;
    QTest::addRow("answers in the order of ending") << Mutant::Kind::AnswersInOrderOfEnding << 1;
    QTest::addRow("tells before it keeps") << Mutant::Kind::TellsBeforeItKeeps << 7;
    QTest::addRow("sends before it keeps") << Mutant::Kind::SendsBeforeItKeeps << 1;
    QTest::addRow("keeps the end of a call twice") << Mutant::Kind::KeepsAnEndTwice << 5;
    QTest::addRow("forgets a call that ended") << Mutant::Kind::ForgetsAnEndedCall << 5;
}

void SimulationTest::findsPlantedBugs()
{
    QFETCH(Mutant::Kind, kind);
    QFETCH(int, every);
    quint64 seed = 1;
    for (; seed <= kSeeds / 10; ++seed) {
        SimulatedWorld world(seed, Mutant(kind, every));
        if (!world.play()) {
            qInfo("found with seed %llu: %s", seed, qPrintable(world.violation()));
            return;
        }
    }
    QFAIL("the planted bug was not found");
}

MEANWHILE_TEST(SimulationTest)

#include "tst_simulation.moc"
