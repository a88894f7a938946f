// SPDX-License-Identifier: MIT
#include "models/transcriptmodel.h"
#include "support/knowntools.h"
#include "support/testregistry.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QTest>

using namespace Meanwhile;
using namespace Meanwhile::Models;
using namespace Meanwhile::Conversation;
using namespace Qt::StringLiterals;

/// What a person sees of what later requests leave out.
class RecordRowsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void areNoticesWhereTheyHappened()
    {
        using What = OmissionBlock::What;
        const QVector<Message> messages{{u"m1"_s, Role::User, {TextBlock{u"go"_s}}, {}},
            {u"m2"_s, Role::Record, {CompactionBlock{u"notes"_s, {}, u"m1"_s, 0, {}}}, {}},
            {u"m3"_s, Role::Record, {OmissionBlock{What::OutputsBefore, {}, -1, {}}}, {}},
            {u"m4"_s, Role::Record, {OmissionBlock{What::Block, u"m1"_s, 0, u"too large"_s}}, {}}};
        TranscriptModel live{Testing::knownTools()};
        const QAbstractItemModelTester liveTester(
            &live, QAbstractItemModelTester::FailureReportingMode::QtTest);
        History history;
        for (const Message &message : messages) {
            live.handle(Agent::MessageAdded{message});
            history.append(message);
        }
        TranscriptModel loaded{Testing::knownTools()};
        loaded.load(history);
        for (const TranscriptModel *model : {&live, &loaded}) {
            QCOMPARE(model->rowCount(), 4);
            QCOMPARE(model->row(0).text, u"go"_s); // what was said stays
            for (int i = 1; i < 4; ++i)
                QCOMPARE(model->row(i).kind, TranscriptRow::Kind::Notice);
            QVERIFY(model->row(1).text.contains(u"summary"_s));
            QVERIFY(model->row(2).text.contains(u"make room"_s));
            QVERIFY(model->row(3).text.endsWith(u"The provider said: too large"_s));
        }
    }

    void sayWhatWasRestoredAndHowItIsUndone()
    {
        const QVector<Message> messages{{u"m1"_s, Role::User, {TextBlock{u"rewrite\nthe cart"_s}}, {}},
            {u"m2"_s, Role::Record, {RestoreBlock{u"m1"_s, 12, 1, u"77"_s}}, {}},
            {u"m3"_s, Role::Record, {RestoreBlock{{}, 1, 0, u"78"_s}}, {}},
            {u"m4"_s, Role::Record, {RestoreBlock{u"gone"_s, 2, 0, u"79"_s}}, {}}};
        TranscriptModel live{Testing::knownTools()};
        const QAbstractItemModelTester tester(&live, QAbstractItemModelTester::FailureReportingMode::QtTest);
        History history;
        for (const Message &message : messages) {
            live.handle(Agent::MessageAdded{message});
            history.append(message);
        }
        TranscriptModel loaded{Testing::knownTools()};
        loaded.load(history);
        for (const TranscriptModel *model : {&live, &loaded}) {
            QCOMPARE(model->rowCount(), 4);
            QCOMPARE(model->row(1).kind, TranscriptRow::Kind::Restored);
            QCOMPARE(model->row(1).id, u"77"_s);
            QCOMPARE(model->row(1).text,
                u"Restored 12 files to their state before “rewrite ↵ the cart”. 1 file could not be restored."_s);
            QCOMPARE(model->row(2).text, u"The restore was undone: 1 file is back."_s);
            QCOMPARE(model->row(3).text, u"Restored 2 files to their state before an earlier message."_s);
        }
    }

    void sayThatASummaryIsBeingWritten()
    {
        TranscriptModel model{Testing::knownTools()};
        model.handle(Agent::CompactionStarted{});
        QCOMPARE(model.row(0).kind, TranscriptRow::Kind::Notice);
        QVERIFY(model.row(0).text.startsWith(u"Summarising"_s));
        // It goes when it is over, whether there is a summary or not.
        model.handle(
            Agent::MessageAdded{{u"m1"_s, Role::Record, {CompactionBlock{u"notes"_s, {}, {}, 0, {}}}, {}}});
        QCOMPARE(model.rowCount(), 1);
        QVERIFY(!model.row(0).text.startsWith(u"Summarising"_s));
        model.handle(Agent::CompactionStarted{});
        model.handle(Agent::TurnEnded{});
        QCOMPARE(model.rowCount(), 1);
    }
};

MEANWHILE_TEST(RecordRowsTest)
#include "tst_recordrows.moc"
