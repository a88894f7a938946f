// SPDX-License-Identifier: MIT
#include "e2e/printrun.h"
#include "support/testregistry.h"

#include <QJsonDocument>
#include <QtTest>

using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

/// The command line as scripts use it.
class CommandLineTest : public QObject {
    Q_OBJECT

private slots:
    void refusesAWrongCall_data();
    void refusesAWrongCall();
    void printsOnlyTheAnswerAsText();
    void printsOneObjectAsJson();
    void writesOneObjectALineAsStreamJson();
    void readsThePromptFromStandardInput();
    void keepsToTheNumberOfRequests();
    void doesNotWaitForTasksWhenToldSo();
    void saysOnceThatNothingCanBeSavedAndGoesOn();

private:
    static QStringList scripted(const LoopbackServer &server, const QStringList &more)
    {
        return QStringList{u"--provider"_s, u"anthropic"_s, u"--base-url"_s, server.url(QString()).toString(),
                   u"--model"_s, u"scripted"_s, u"--permission-mode"_s, u"auto"_s} +
               more;
    }
    static PrintRun &keyed(PrintRun &run)
    {
        run.setVariable(u"ANTHROPIC_API_KEY"_s, u"test-key"_s);
        return run;
    }
};

void CommandLineTest::refusesAWrongCall_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("names");
    QTest::newRow("unknown option") << QStringList{u"--no-such-option"_s} << QByteArray("no-such-option");
    QTest::newRow("unknown provider")
        << QStringList{u"--provider"_s, u"nobody"_s, u"-p"_s, u"x"_s} << QByteArray("nobody");
    QTest::newRow("unknown format") << QStringList{u"--output-format"_s, u"xml"_s, u"-p"_s, u"x"_s}
                                    << QByteArray("xml");
    QTest::newRow("unknown mode") << QStringList{u"--permission-mode"_s, u"yolo"_s, u"-p"_s, u"x"_s}
                                  << QByteArray("yolo");
    QTest::newRow("folder that is not there")
        << QStringList{u"-p"_s, u"x"_s, u"/no/such/folder"_s} << QByteArray("/no/such/folder");
    QTest::newRow("session that is not there")
        << QStringList{u"--resume"_s, u"0123456789abcdef"_s, u"-p"_s, u"x"_s}
        << QByteArray("0123456789abcdef");
    QTest::newRow("number that is none")
        << QStringList{u"--max-turns"_s, u"few"_s, u"-p"_s, u"x"_s} << QByteArray("few");
}

void CommandLineTest::refusesAWrongCall()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, names);
    const PrintRun run;
    const PrintResult result = run.run(arguments);
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.errors.contains(names), result.everything());
    QCOMPARE(result.output, QByteArray());
}

void CommandLineTest::printsOnlyTheAnswerAsText()
{
    LoopbackServer server;
    server.enqueue(anthropicAnswer("Four."));
    PrintRun run;
    const PrintResult result = keyed(run).run(scripted(server, {u"-p"_s, u"2 + 2"_s}));
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.output, QByteArray("Four.\n"));
}

void CommandLineTest::printsOneObjectAsJson()
{
    LoopbackServer server;
    server.enqueue(anthropicAnswer("Four."));
    PrintRun run;
    const PrintResult result =
        keyed(run).run(scripted(server, {u"--output-format"_s, u"json"_s, u"-p"_s, u"2 + 2"_s}));
    QCOMPARE(result.exitCode, 0);
    const QJsonDocument document = QJsonDocument::fromJson(result.output);
    QVERIFY2(document.isObject(), result.everything());
    QVERIFY2(result.output.contains("Four."), result.everything());
}

void CommandLineTest::writesOneObjectALineAsStreamJson()
{
    LoopbackServer server;
    server.enqueue(anthropicAnswer({}, {{"t1", "bash", R"({"command":"echo hello"})"}}));
    server.enqueue(anthropicAnswer("Done."));
    PrintRun run;
    const PrintResult result = keyed(run).ask(server);
    QCOMPARE(result.exitCode, 0);
    double last = 0;
    for (const QByteArray &line : result.output.trimmed().split('\n')) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        QVERIFY2(!object.value(u"type"_s).toString().isEmpty(), line);
        QVERIFY2(object.value(u"t_ms"_s).toDouble(-1) >= last, line);
        last = object.value(u"t_ms"_s).toDouble();
    }
    for (const QString &type : {u"session"_s, u"request"_s, u"response_started"_s, u"response_ended"_s,
             u"tool_call"_s, u"tool_result"_s, u"task"_s, u"turn_ended"_s, u"done"_s})
        QVERIFY2(!result.lines(type).isEmpty(), qPrintable(type));
    const QJsonObject request = result.lines(u"request"_s).at(1);
    QCOMPARE(request.value(u"n"_s).toInt(), 2);
    QCOMPARE(request.value(u"bytes"_s).toInteger(), qint64(server.requests().at(1).body.size()));
    QCOMPARE(result.lines(u"done"_s).first().value(u"exit"_s).toInt(-1), 0);
}

void CommandLineTest::readsThePromptFromStandardInput()
{
    LoopbackServer server;
    server.enqueue(anthropicAnswer("Four."));
    PrintRun run;
    run.setInput("What is 2 + 2, 그리고 ñ?\n");
    const PrintResult result = keyed(run).run(scripted(server, {u"-p"_s, u"-"_s}));
    QCOMPARE(result.exitCode, 0);
    QVERIFY(server.requests().first().body.contains("What is 2 + 2, 그리고 ñ?"));
}

void CommandLineTest::keepsToTheNumberOfRequests()
{
    LoopbackServer server;
    server.setFallback([](const ReceivedRequest &) {
        static int number = 0;
        return anthropicAnswer(
            {}, {{"t" + QByteArray::number(++number), "bash", R"({"command":"echo on >> log"})"}});
    });
    PrintRun run;
    const PrintResult result = keyed(run).ask(server, {u"--max-turns"_s, u"2"_s});
    QVERIFY2(result.exitCode >= 0, result.everything());
    QCOMPARE(server.requests().size(), 2);
    QCOMPARE(result.lines(u"tool_call"_s).size(), 2);
    QFile log(run.path(u"log"_s));
    QVERIFY(log.open(QIODevice::ReadOnly));
    QCOMPARE(log.readAll(), QByteArray("on\n"));
}

void CommandLineTest::doesNotWaitForTasksWhenToldSo()
{
    LoopbackServer server;
    server.enqueue(anthropicAnswer({}, {{"t1", "background_run", R"({"command":"sleep 3"})"}}));
    server.enqueue(anthropicAnswer("It runs."));
    PrintRun run;
    const PrintResult result = keyed(run).ask(server, {u"--no-wait"_s});
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(server.requests().size(), 2);
    QVERIFY2(result.lines(u"done"_s).first().value(u"t_ms"_s).toDouble() < 2'500, result.everything());
}

void CommandLineTest::saysOnceThatNothingCanBeSavedAndGoesOn()
{
    LoopbackServer server;
    server.enqueue(anthropicAnswer({}, {{"t1", "bash", R"({"command":"echo on >> log"})"}}));
    server.enqueue(anthropicAnswer("Done."));
    PrintRun run;
    QVERIFY(QDir().mkpath(run.state() + u"/meanwhile.db"_s)); // a folder is no database
    const PrintResult result = keyed(run).ask(server);
    QVERIFY2(result.exitCode == 1, result.everything());
    QVERIFY(result.text().contains(u"Done."_s));
    QVERIFY(QFile::exists(run.path(u"log"_s)));
    QVERIFY2(result.errors.count("could not be saved") == 1, result.errors);
    QVERIFY2(result.errors.endsWith("Not all of this conversation was saved.\n"), result.errors);
    QVERIFY2(result.errors.count('\n') == 2, result.errors);
}

MEANWHILE_TEST(CommandLineTest)
#include "tst_commandline.moc"
