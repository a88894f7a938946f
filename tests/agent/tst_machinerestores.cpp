// SPDX-License-Identifier: MIT
#include "machinescript.h"
#include "support/testregistry.h"

#include <QRegularExpression>
#include <QTest>

using namespace Meanwhile;
using namespace Meanwhile::Agent;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using Conversation::RestoreBlock;

namespace {

const FilesRestored kRestored{{u"m1"_s, 2, 0, u"undo"_s}};

QString contentOf(const MachineScript &script)
{
    return describe(script.machine.history().messages().last());
}

} // namespace

/// Files that the person has put back: on record at once, and told to the model with the next message.
class MachineRestoresTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void areToldBeforeThePersonsWords()
    {
        MachineScript script;
        script.says(u"go"_s);
        script.completes(u"Done."_s);
        QCOMPARE(script.step(kRestored), QStringList{u"record: restored(undo)"_s});
        QCOMPARE(script.step(kRestored), QStringList{u"record: restored(undo)"_s}); // told once all the same
        script.says(u"and now"_s);
        QCOMPARE(contentOf(script), u"user: news() text(and now)"_s);
        script.completes(u"I see."_s);
        script.says(u"more"_s);
        QCOMPARE(contentOf(script), u"user: text(more)"_s);
    }

    void wakeNobody()
    {
        MachineScript script;
        QCOMPARE(script.step(kRestored), QStringList{u"record: restored(undo)"_s});
        QCOMPARE(script.machine.phase(), AgentMachine::Phase::Idle);
    }

    void areToldWhenARequestIsTriedAgain()
    {
        MachineScript script;
        script.says(u"go"_s);
        script.fails();
        script.step(kRestored);
        script.step(PersonRetried{});
        QCOMPARE(contentOf(script), u"user: news()"_s);
    }

    void areRecordedOnceNothingIsUnderWay()
    {
        MachineScript script;
        script.says(u"go"_s);
        QCOMPARE(script.step(kRestored), QStringList());
        QCOMPARE(script.completes(u"Done."_s).last(2),
            QStringList({u"record: restored(undo)"_s, u"turn ends end_turn"_s}));
        script.says(u"and now"_s);
        QCOMPARE(contentOf(script), u"user: news() text(and now)"_s);
    }

    void areToldWithTheResultsOfCalls()
    {
        MachineScript script;
        script.says(u"go"_s);
        script.completes(u"One."_s, {u"c1"_s});
        QCOMPARE(script.step(kRestored), QStringList());
        QCOMPARE(script.callEnds(u"c1"_s), QStringList({u"call c1 ends"_s, u"record: restored(undo)"_s,
                                               u"user: result(c1) news()"_s, u"SEND 2"_s}));
    }

    void areToldByTheNextRunOfTheProgram()
    {
        MachineScript first;
        first.says(u"go"_s);
        first.completes(u"Done."_s);
        first.step(kRestored);
        MachineScript second({}, first.machine.history());
        second.says(u"and now"_s);
        QCOMPARE(contentOf(second), u"user: news() text(and now)"_s);
        MachineScript third({}, second.machine.history());
        third.says(u"more"_s);
        QCOMPARE(contentOf(third), u"user: text(more)"_s);
    }
};

MEANWHILE_TEST(MachineRestoresTest)
#include "tst_machinerestores.moc"
