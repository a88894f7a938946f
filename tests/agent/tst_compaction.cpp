// SPDX-License-Identifier: MIT
#include "agent/compaction.h"
#include "support/testregistry.h"

#include <QRegularExpression>
#include <QTest>

using namespace Meanwhile;
using namespace Meanwhile::Agent;
using namespace Meanwhile::Conversation;
using namespace Qt::StringLiterals;

namespace {

Message said(const QString &id, const QString &text)
{
    return {id, Role::User, {TextBlock{text}}, {}};
}

Message answer(const QString &id, const QString &text, qint64 tokens = 0)
{
    Message message{id, Role::Assistant, {TextBlock{text}}, {}};
    message.usage.cacheReadTokens = tokens;
    return message;
}

Message record(const QString &id, const ContentBlock &block)
{
    return {id, Role::Record, {block}, {}};
}

History of(const QVector<Message> &messages)
{
    History history;
    for (const Message &message : messages)
        history.append(message);
    return history;
}

QString textOf(const Llm::LlmRequest &request)
{
    return plainText(request.messages.first());
}

Tasks::Task task(const QString &id, Tasks::TaskState state)
{
    Tasks::Task task;
    task.id = id;
    task.spec.command = u"make  "_s + id;
    task.state = state;
    return task;
}

} // namespace

class CompactionTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void trustsTheProvidersCountAndEstimatesTheRest()
    {
        QVector<Message> messages{said(u"m1"_s, QString(30'000, u'x'))};
        QCOMPARE(contextTokensUsed(of(messages)), 10'000);
        messages << answer(u"m2"_s, u"Hi"_s, 7'000);
        QCOMPARE(contextTokensUsed(of(messages)), 7'000);
        messages << said(u"m3"_s, QString(300, u'x'));
        QCOMPARE(contextTokensUsed(of(messages)), 7'100);
        messages << record(u"m4"_s, CompactionBlock{QString(600, u'x'), {}, {}, 0, {}});
        QCOMPARE(contextTokensUsed(of(messages)), 200);
    }

    void keepsWhatIsNotAnsweredAndTheCallsItAnswers()
    {
        Message calls = answer(u"m2"_s, u"I look."_s);
        calls.content.append(ToolCallBlock{u"c1"_s, u"bash"_s, "{}", {}});
        const Message results{u"m3"_s, Role::User, {ToolResultBlock{u"c1"_s, u"out"_s, false, {}}}, {}};
        QCOMPARE(firstToKeep(of({said(u"m1"_s, u"go"_s)})), u"m1"_s);
        QCOMPARE(firstToKeep(of({said(u"m1"_s, u"go"_s), answer(u"m2"_s, u"Hi"_s)})), QString());
        QCOMPARE(firstToKeep(of({said(u"m1"_s, u"go"_s), calls, results})), u"m2"_s);
        QCOMPARE(firstToKeep(of({said(u"m1"_s, u"go"_s), calls})), u"m2"_s);
        QCOMPARE(firstToKeep(of({said(u"m1"_s, u"go"_s), answer(u"m2"_s, u"Hi"_s), said(u"m3"_s, u"and"_s),
                     record(u"m4"_s, OmissionBlock{})})),
            u"m3"_s);
    }

    void listsRunningTasksFirst()
    {
        QCOMPARE(
            taskRoster({task(u"a"_s, Tasks::TaskState::Exited), task(u"b"_s, Tasks::TaskState::Running)}),
            u"[bg:b] running: make b\n[bg:a] exited 0: make a"_s);
        const QString many = taskRoster(QVector<Tasks::Task>(100, task(u"a"_s, Tasks::TaskState::Exited)));
        QCOMPARE(many.count(u"[bg:a]"_s), 60);
        QVERIFY(many.startsWith(u"(40 tasks that ended earlier are not listed)"_s));
    }

    void asksForASummaryOfWhatIsNotKept()
    {
        Message calls = answer(u"m2"_s, u"I look."_s);
        calls.content.append(ToolCallBlock{u"c1"_s, u"bash"_s, R"({"command":"ls"})", {}});
        const History history = of({said(u"m1"_s, u"go %1"_s), calls,
            {u"m3"_s, Role::User, {ToolResultBlock{u"c1"_s, QString(5'000, u'x'), true, {}}}, {}},
            answer(u"m4"_s, u"It fails."_s), said(u"m5"_s, u"not this"_s)});
        const Llm::LlmRequest request = summaryRequest(history, u"m5"_s, u"model"_s, 0, 0);
        const QString text = textOf(request);
        for (const QString &part : {u"[person] go %1"_s, u"[agent calls bash] {\"command\":\"ls\"}"_s,
                 u"[error] xxx"_s, u"[agent] It fails."_s})
            QVERIFY2(text.contains(part), qPrintable(text));
        QVERIFY(!text.contains(u"not this"_s));
        QVERIFY(text.size() < 4'000);
        QVERIFY(request.tools.isEmpty());
        QCOMPARE(request.model, u"model"_s);
    }

    void showsLessWithEachAttempt()
    {
        QVector<Message> messages;
        for (int i = 0; i < 200; ++i)
            messages << said(u"m%1"_s.arg(i), QString(1'000, u'x'));
        qsizetype before = std::numeric_limits<qsizetype>::max();
        for (int attempt = 0; attempt < 3; ++attempt) {
            const qsizetype size = textOf(summaryRequest(of(messages), {}, {}, 40'000, attempt)).size();
            QVERIFY(size < (30'000 >> attempt) + 2'000);
            QVERIFY(size < before);
            before = size;
        }
    }

    void summarisesTheEarlierNotesAndWhatTheyLeftOut()
    {
        const History history = of({said(u"m1"_s, u"first"_s), answer(u"m2"_s, u"Hi"_s),
            said(u"m3"_s, u"second"_s), record(u"m4"_s, CompactionBlock{u"old notes"_s, {}, u"m3"_s, 0, {}}),
            answer(u"m5"_s, u"Yes"_s)});
        const QString text = textOf(summaryRequest(history, {}, {}, 0, 0));
        QVERIFY(text.contains(u"[earlier notes] old notes"_s));
        QVERIFY(text.contains(u"second"_s) && text.contains(u"Yes"_s));
        QVERIFY(!text.contains(u"first"_s));
    }

    void repeatsThePersonsWordsAsTheyWere()
    {
        const QString words = u"Keep  THIS %1 exactly\n  as it is."_s;
        const History history = of({said(u"m1"_s, words), answer(u"m2"_s, u"my words"_s),
            {u"m3"_s, Role::User,
                {ToolResultBlock{u"c1"_s, u"an output"_s, false, {}}, ImageBlock{u"image/png"_s, "x"}}, {}},
            said(u"m4"_s, u"not this"_s)});
        const QString text = compactedText(history, 3, {u"notes"_s, u"[bg:a] running"_s, {}, 0, {}});
        QVERIFY(text.contains(words));
        QVERIFY(
            text.contains(u"notes"_s) && text.contains(u"[bg:a] running"_s) && text.contains(u"an image"_s));
        for (const QString &absent : {u"my words"_s, u"an output"_s, u"not this"_s})
            QVERIFY(!text.contains(absent));
    }

    void clipsTheLongestWordsWhereAllDoNotFit()
    {
        const History history = of({said(u"m1"_s, u"short and whole"_s), said(u"m2"_s, QString(9'000, u'y')),
            said(u"m3"_s, QString(9'000, u'z'))});
        const QString text = compactedText(history, 3, {{}, {}, {}, 2'000, {}});
        QVERIFY(text.contains(u"short and whole"_s));
        QVERIFY(text.contains(u"yyy"_s) && text.contains(u"zzz"_s));
        QVERIFY2(text.size() < 3'000, qPrintable(QString::number(text.size())));
    }

    void leavesOutTheOldestOutputsFirst()
    {
        QVector<Message> messages;
        for (int i = 1; i <= 2; ++i) {
            const QString id = u"c%1"_s.arg(i);
            Message calls = answer(u"a%1"_s.arg(i), u"I look."_s);
            calls.content.append(ToolCallBlock{id, u"bash"_s, "{}", {}});
            messages << said(u"s%1"_s.arg(i), u"go"_s) << calls
                     << Message{u"r%1"_s.arg(i), Role::User,
                            {ToolResultBlock{id, QString(1'000, u'x'), false, {}}}, {}};
        }
        std::optional<OmissionBlock> omission = nextToOmit(of(messages));
        QVERIFY(omission);
        QCOMPARE(omission->messageId, u"a2"_s);
        messages << record(u"x1"_s, *omission);
        omission = nextToOmit(of(messages));
        QVERIFY(omission);
        QCOMPARE(omission->messageId, QString());
        messages << record(u"x2"_s, *omission);
        QVERIFY(!nextToOmit(of(messages)));
        QVERIFY(!nextToOmit(of({said(u"m1"_s, QString(9'000, u'x'))})));
    }
};

MEANWHILE_TEST(CompactionTest)
#include "tst_compaction.moc"
