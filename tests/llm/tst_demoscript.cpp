// SPDX-License-Identifier: MIT
#include "llm/demo/demoscript.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile::Llm;
using namespace Meanwhile::Conversation;
using namespace Qt::StringLiterals;

namespace {

Message person(const QString &text)
{
    Message message;
    message.content = {TextBlock{text}};
    return message;
}

Message results(const Message &answer, const QString &text)
{
    Message message;
    for (const ToolCallBlock &call : toolCalls(answer))
        message.content.append(ToolResultBlock{call.id, text, false, {}});
    return message;
}

Message news(const QString &text)
{
    Message message;
    message.content = {NewsBlock{Meanwhile::endsOf({u"3f9a1c2e"_s}), text}};
    return message;
}

QStringList toolNames(const Message &message)
{
    QStringList names;
    for (const ToolCallBlock &call : toolCalls(message))
        names += call.name;
    return names;
}

} // namespace

class DemoScriptTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void startsTheTaskCreatesTheFileAndReports()
    {
        QVector<Message> talk{
            person(u"Run \"sleep 5 && echo done\" in the background, then create a file while it runs"_s)};
        Message answer = demoAnswer(talk);
        QCOMPARE(toolNames(answer), QStringList{u"background_run"_s});
        talk << answer << results(answer, u"task 3f9a1c2e"_s);
        answer = demoAnswer(talk);
        QCOMPARE(toolNames(answer), QStringList{u"write_file"_s});
        talk << answer << results(answer, u"written"_s);
        answer = demoAnswer(talk);
        QVERIFY(toolNames(answer).isEmpty());
        QVERIFY(plainText(answer).contains(u"meanwhile.txt"_s));
        talk
            << answer
            << news(
                   u"<background-results>\n[bg:3f9a1c2e] exited 0 after 5 s: sleep 5 && echo done\ndone\n</background-results>"_s);
        answer = demoAnswer(talk);
        QVERIFY(plainText(answer).contains(u"exited 0"_s));
        QVERIFY(plainText(answer).contains(u"```\ndone\n```"_s));
        QCOMPARE(answer.stopReason, StopReason::EndTurn);
    }

    void reportsInThePersonsLanguageAndWithoutTheIndentOfTheNews()
    {
        QVector<Message> talk{person(u"\"ls\" 명령을 백그라운드에서 실행해 줘"_s)};
        Message answer = demoAnswer(talk);
        while (!toolNames(answer).isEmpty()) {
            talk << answer << results(answer, u"task 3f9a1c2e"_s);
            answer = demoAnswer(talk);
        }
        talk
            << answer
            << news(
                   u"<background-results>\n[bg:3f9a1c2e] exited 0 after 5 s: ls\n  a\n    b\n</background-results>"_s);
        answer = demoAnswer(talk);
        QVERIFY2(plainText(answer).contains(u"종료 코드 0"_s), qPrintable(plainText(answer)));
        QVERIFY(plainText(answer).contains(u"```\na\n  b\n```"_s));
    }

    void startsSeveralTasksAndChecksThem()
    {
        QVector<Message> talk{person(
            u"백그라운드 작업 3개를 시작해: \"sleep 2\", \"sleep 4\", \"sleep 6\". 상태를 확인해 줘."_s)};
        Message answer = demoAnswer(talk);
        QCOMPARE(
            toolNames(answer), (QStringList{u"background_run"_s, u"background_run"_s, u"background_run"_s}));
        QSet<QString> ids;
        for (const ToolCallBlock &call : toolCalls(answer))
            ids.insert(call.id);
        QCOMPARE(ids.size(), 3);
        talk << answer << results(answer, u"ok"_s);
        answer = demoAnswer(talk);
        QCOMPARE(toolNames(answer), QStringList{u"check_background"_s});
        talk << answer << results(answer, u"3 running"_s);
        answer = demoAnswer(talk);
        QVERIFY(plainText(answer).contains(u"3 running"_s));
        QVERIFY(plainText(answer).contains(u"상태"_s));
    }

    void reportsTheShellsOwnMessage()
    {
        QVector<Message> talk{person(u"Run pytest in the background and keep working on other things"_s)};
        Message answer = demoAnswer(talk);
        talk << answer << results(answer, u"task"_s);
        answer = demoAnswer(talk);
        QCOMPARE(toolNames(answer), QStringList{u"list_files"_s});
        talk << answer << results(answer, u"a.txt"_s);
        talk.last().content.append(NewsBlock{Meanwhile::endsOf({u"3f9a1c2e"_s}),
            u"<background-results>\n[bg:3f9a1c2e] exited 127 after 0 s: pytest\nbash: line 1: pytest: command not found\n</background-results>"_s});
        answer = demoAnswer(talk);
        QVERIFY(plainText(answer).contains(u"exited 127"_s));
        QVERIFY(plainText(answer).contains(u"command not found"_s));
        // One that did not even start has run for no time.
        talk.last().content.last() = NewsBlock{Meanwhile::endsOf({u"3f9a1c2e"_s}),
            u"<background-results>\n[bg:3f9a1c2e] failed to start: pytest\n  Too many open files\n</background-results>"_s};
        answer = demoAnswer(talk);
        QVERIFY2(plainText(answer).contains(u"failed to start"_s), qPrintable(plainText(answer)));
        QVERIFY(plainText(answer).contains(u"Too many open files"_s));
    }

    void saysWhatItCanDo()
    {
        const Message answer = demoAnswer({person(u"Compose a symphony"_s)});
        QVERIFY(plainText(answer).contains(u"ANTHROPIC_API_KEY"_s));
        QVERIFY(toolCalls(answer).isEmpty());
    }

    void reportsAToolThatFailed()
    {
        QVector<Message> talk{person(u"Read nothing.txt"_s)};
        Message answer = demoAnswer(talk);
        talk << answer << results(answer, u"nothing.txt does not exist."_s);
        std::get<ToolResultBlock>(talk.last().content[0]).isError = true;
        answer = demoAnswer(talk);
        QVERIFY(plainText(answer).contains(u"nothing.txt does not exist."_s));
    }
};

MEANWHILE_TEST(DemoScriptTest)
#include "tst_demoscript.moc"
