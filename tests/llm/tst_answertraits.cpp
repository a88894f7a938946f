// SPDX-License-Identifier: MIT
// Every trait of answertraits.cpp, also cut at every byte, disguised and truncated (streamplay.h).
#include "answertraits.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Meanwhile::Conversation;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(AnswerTrait)

class AnswerTraitsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void areUnderstood_data() { addRows(); }
    void areUnderstood()
    {
        QFETCH(AnswerTrait, trait);
        const Protocol protocol = trait.protocol;
        const QByteArray &body = trait.body;
        const Played played = play(protocol, body);
        QVERIFY2(played.message, qPrintable(played.error.value_or(Error{}).message));
        QCOMPARE(played.ends, 1);
        QCOMPARE(played.text, trait.text);
        QCOMPARE(played.thinking, trait.thinking);
        QCOMPARE(nameOf(played.message->stopReason), nameOf(trait.reason));
        QCOMPARE(played.message->usage, trait.usage);
        QVector<ToolCallBlock> calls = toolCalls(*played.message);
        for (ToolCallBlock &call : calls)
            call.raw.clear();
        QCOMPARE(calls, trait.calls);
    }

    void areTheSameHoweverTheyArrive_data() { addRows(); }
    void areTheSameHoweverTheyArrive()
    {
        QFETCH(AnswerTrait, trait);
        const Protocol protocol = trait.protocol;
        const QByteArray &body = trait.body;
        const Played whole = play(protocol, body);
        QByteArrayList bytes;
        for (qsizetype cut = 0; cut < body.size(); ++cut) {
            bytes += body.sliced(cut, 1);
            if (play(protocol, Reply{.pieces = {body.first(cut), body.sliced(cut)}}) != whole)
                QFAIL(qPrintable(u"cut at byte %1"_s.arg(cut)));
        }
        QVERIFY(play(protocol, Reply{.pieces = bytes}) == whole);
        for (const auto &[name, disguised] : disguises(body))
            QVERIFY2(play(protocol, disguised) == whole, name.constData());
    }

    void areNeverWholeBeforeTheirEnd_data() { addRows(); }
    void areNeverWholeBeforeTheirEnd()
    {
        QFETCH(AnswerTrait, trait);
        const Protocol protocol = trait.protocol;
        const QByteArray &body = trait.body;
        const Played whole = play(protocol, body);
        const qsizetype end = firstEnd(protocol, body);
        QVERIFY(end > 0);
        for (qsizetype size = 0; size < body.size(); ++size) {
            const Played played = play(protocol, body.first(size));
            if (played.ends != 1 || (played.message && size < end) || !whole.text.startsWith(played.text))
                QFAIL(qPrintable(u"truncated at byte %1"_s.arg(size)));
        }
    }

private:
    static void addRows()
    {
        QTest::addColumn<AnswerTrait>("trait");
        const QVector<AnswerTrait> traits = answerTraits();
        for (const AnswerTrait &trait : traits)
            QTest::newRow(trait.name.constData()) << trait;
    }
};

MEANWHILE_TEST(AnswerTraitsTest)
#include "tst_answertraits.moc"
