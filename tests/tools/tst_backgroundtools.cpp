// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "tools/toolbench.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Project;
using namespace Meanwhile::Tools;
using namespace Qt::StringLiterals;
using Meanwhile::Testing::ToolBench;

namespace {

QString startTask(const ToolBench &bench, const QString &command)
{
    return bench.run(u"background_run"_s, {{u"command"_s, command}}).taskId;
}

} // namespace

class BackgroundToolsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void backgroundRunAnswersAtOnceWithTheId()
    {
        const ToolBench bench;
        const ToolCall call = bench.call(u"background_run"_s,
            {{u"command"_s, u"sleep 20"_s}, {u"description"_s, u"a nap"_s}, {u"timeout_s"_s, 60}});
        const QFuture<ToolOutcome> answer = bench.start(call);
        QVERIFY(answer.isFinished());
        const QString id = answer.result().taskId;
        QCOMPARE(answer.result().text, u"Background task %1 started."_s.arg(id));
        const Tasks::TaskSpec spec = bench.tasks->task(id)->spec;
        QCOMPARE(spec.description, u"a nap"_s);
        QCOMPARE(spec.timeLimit, std::chrono::seconds(60));
        QCOMPARE(spec.workingDirectory, bench.path());
        QVERIFY(!spec.foreground);
        bench.run(u"stop_background"_s, {{u"task_id"_s, id}});
    }

    void notifyOnDecidesWhoIsWoken_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<int>("policy");
        QTest::newRow("default") << QString() << int(Tasks::WakePolicy::Wake);
        QTest::newRow("any") << u"any"_s << int(Tasks::WakePolicy::Wake);
        QTest::newRow("failure") << u"failure"_s << int(Tasks::WakePolicy::OnFailure);
        QTest::newRow("never") << u"never"_s << int(Tasks::WakePolicy::Never);
    }

    void notifyOnDecidesWhoIsWoken()
    {
        QFETCH(QString, word);
        QFETCH(int, policy);
        const ToolBench bench;
        QJsonObject arguments{{u"command"_s, u"true"_s}};
        if (!word.isEmpty())
            arguments.insert(u"notify_on"_s, word);
        const QString id = bench.run(u"background_run"_s, arguments).taskId;
        QCOMPARE(int(bench.tasks->task(id)->spec.wake), policy);
        bench.ended(id);
    }

    void checkShowsALineForEachTask()
    {
        const ToolBench bench;
        QCOMPARE(bench.run(u"check_background"_s, {}).text, u"No task has been started in this session."_s);
        const QString done = startTask(bench, u"exit 2"_s);
        bench.ended(done);
        const QString running = startTask(bench, u"sleep 20 # a long one"_s);
        QTRY_COMPARE(bench.tasks->task(running)->state, Tasks::TaskState::Running);
        const ToolOutcome outcome = bench.run(u"check_background"_s, {});
        const QStringList lines = outcome.text.split(u'\n');
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines.at(0), u"[%1] exited 2 after 0 s: exit 2"_s.arg(done));
        QVERIFY(lines.at(1).startsWith(u"[%1] running for "_s.arg(running)));
        QVERIFY(lines.at(1).endsWith(u": sleep 20 # a long one"_s));
        QCOMPARE(outcome.toldNews, QVector<NewsId>()); // a list of states is no result
        bench.run(u"stop_background"_s, {{u"task_id"_s, running}});
    }

    void checkOfAnEndedTaskIsTheDelivery()
    {
        const ToolBench bench;
        const QString id = startTask(bench, u"echo fine"_s);
        bench.ended(id);
        for (const QString &name : {id, u"bg:"_s + id, u"[bg:%1]"_s.arg(id)}) {
            const ToolOutcome outcome = bench.run(u"check_background"_s, {{u"task_id"_s, name}});
            QCOMPARE(outcome.text, u"[%1] exited 0 after 0 s: echo fine\nfine"_s.arg(id));
            QCOMPARE(outcome.toldNews, endsOf({id}));
        }
    }

    void checkSelectsOutput_data()
    {
        QTest::addColumn<QJsonObject>("selection");
        QTest::addColumn<QString>("output");
        QTest::newRow("tail") << QJsonObject{{u"tail"_s, 2}} << u"line 299\nline 300"_s;
        QTest::newRow("grep") << QJsonObject{{u"grep"_s, u"e 2[57]0$"_s}}
                              << u"250\tline 250\n270\tline 270"_s;
        QTest::newRow("grep, the last ones") << QJsonObject{{u"grep"_s, u"0$"_s}, {u"tail"_s, 1}}
                                             << u"(30 lines match; the last 1:)\n300\tline 300"_s;
        QTest::newRow("grep, steps that grow twofold")
            << QJsonObject{{u"grep"_s, u"^line (2|22)+$"_s}, {u"tail"_s, 1}}
            << u"(3 lines match; the last 1:)\n222\tline 222"_s;
        QTest::newRow("grep, refers back")
            << QJsonObject{{u"grep"_s, u" (2)\\1\\1$"_s}} << u"222\tline 222"_s;
        QTest::newRow("grep, nothing")
            << QJsonObject{{u"grep"_s, u"nothing"_s}} << u"(no line of its output matches)"_s;
        QTest::newRow("since")
            << QJsonObject{{u"since"_s, 2574}}
            << u"line 299\nline 300\n[To see only what comes after this, use since=2592.]"_s;
        QTest::newRow("since the end")
            << QJsonObject{{u"since"_s, 2592}}
            << u"(nothing new)\n[To see only what comes after this, use since=2592.]"_s;
    }

    void checkSelectsOutput()
    {
        QFETCH(QJsonObject, selection);
        QFETCH(QString, output);
        const ToolBench bench;
        const QString id = startTask(bench, u"for i in $(seq 300); do echo line $i; done"_s);
        bench.ended(id);
        selection.insert(u"task_id"_s, id);
        const ToolOutcome outcome = bench.run(u"check_background"_s, selection);
        QCOMPARE(outcome.text.section(u'\n', 1), output);
    }

    void checkTellsNoWordThatAnotherProcessPutIntoALogThatGrows_data()
    {
        QTest::addColumn<QJsonObject>("selection");
        QTest::newRow("since") << QJsonObject{{u"since"_s, 0}};
        QTest::newRow("grep") << QJsonObject{{u"grep"_s, u"forged"_s}};
        QTest::newRow("tail") << QJsonObject{{u"tail"_s, 2}};
    }

    void checkTellsNoWordThatAnotherProcessPutIntoALogThatGrows()
    {
        QFETCH(QJsonObject, selection);
        const ToolBench bench;
        const QString id = startTask(bench, u"yes"_s);
        QTRY_VERIFY(bench.tasks->task(id)->outputBytes > 32 * 1024 * 1024);
        QFile log(bench.tasks->task(id)->logPath);
        QVERIFY(log.open(QIODevice::ReadWrite) && log.seek(4096) && log.write("\nforged\n") == 8);
        log.close();
        selection.insert(u"task_id"_s, id);
        for (int i = 0; i < 5; ++i) {
            const QString output =
                bench.run(u"check_background"_s, selection).text.section(u'\n', 1).trimmed();
            QVERIFY2(output.startsWith(u"The kept output was changed by another process"_s) ||
                         output.startsWith(u"The output is written faster"_s),
                qPrintable(output.left(200)));
        }
        bench.run(u"stop_background"_s, {{u"task_id"_s, id}});
    }

    void checkSaysThatAnOldLogWasRemoved()
    {
        const ToolBench bench;
        const QString id = startTask(bench, u"echo kept words"_s);
        bench.ended(id);
        QVERIFY(QFile::remove(bench.tasks->task(id)->logPath));
        const QString text = bench.run(u"check_background"_s, {{u"task_id"_s, id}, {u"tail"_s, 2}}).text;
        QCOMPARE(text.section(u'\n', 1), u"(its log was removed: it is old)\nkept words"_s);
    }

    void checkOfARunningTaskShowsItsLastLines()
    {
        const ToolBench bench;
        const QString id = startTask(bench, u"seq 50; sleep 20"_s);
        const auto text = [&] { return bench.run(u"check_background"_s, {{u"task_id"_s, id}}).text; };
        QTRY_VERIFY2(text().endsWith(u"\n49\n50"_s), qPrintable(text()));
        QVERIFY(text().contains(u"\n31\n"_s));
        QVERIFY(!text().contains(u"\n30\n"_s));
        QCOMPARE(bench.run(u"check_background"_s, {{u"task_id"_s, id}}).toldNews, QVector<NewsId>());
        bench.run(u"stop_background"_s, {{u"task_id"_s, id}});
    }

    void checkSaysWhatIsWrongWithARegex()
    {
        const ToolBench bench;
        const QString id = startTask(bench, u"echo x"_s);
        bench.ended(id);
        const ToolOutcome outcome =
            bench.run(u"check_background"_s, {{u"task_id"_s, id}, {u"grep"_s, u"a(b"_s}});
        QVERIFY(outcome.isError);
        QVERIFY(outcome.text.startsWith(
            u"Its output could not be searched: regex is not valid: unclosed group"_s));
    }

    void anUnknownIdIsAnsweredWithTheKnownOnes_data()
    {
        QTest::addColumn<QString>("tool");
        QTest::addColumn<QJsonObject>("arguments");
        QTest::newRow("check") << u"check_background"_s << QJsonObject{{u"task_id"_s, u"zzz"_s}};
        QTest::newRow("stop") << u"stop_background"_s << QJsonObject{{u"task_id"_s, u"zzz"_s}};
        QTest::newRow("wait") << u"wait_background"_s
                              << QJsonObject{{u"task_ids"_s, QJsonArray{u"zzz"_s}}, {u"mode"_s, u"all"_s},
                                     {u"timeout_s"_s, 5}};
    }

    void anUnknownIdIsAnsweredWithTheKnownOnes()
    {
        QFETCH(QString, tool);
        QFETCH(QJsonObject, arguments);
        const ToolBench bench;
        QCOMPARE(bench.run(tool, arguments).text,
            u"There is no task \"zzz\". No task has been started in this session."_s);
        const QString first = startTask(bench, u"true"_s);
        const QString second = startTask(bench, u"true"_s);
        const ToolOutcome outcome = bench.run(tool, arguments);
        QVERIFY(outcome.isError);
        QCOMPARE(outcome.text,
            u"There is no task \"zzz\". Known tasks, newest first: %1, %2."_s.arg(second, first));
    }

    void waitForAnyEndsWithTheFirst()
    {
        const ToolBench bench;
        const QString quick = startTask(bench, u"echo quick; exit 7"_s);
        const QString slow = startTask(bench, u"sleep 20"_s);
        const ToolOutcome outcome =
            bench.run(u"wait_background"_s, {{u"mode"_s, u"any"_s}, {u"timeout_s"_s, 20}});
        QVERIFY2(outcome.text.startsWith(
                     u"[%1] exited 7 after 0 s: echo quick; exit 7\nquick\n[%2] "_s.arg(quick, slow)),
            qPrintable(outcome.text));
        QCOMPARE(outcome.toldNews, endsOf({quick}));
        QCOMPARE(outcome.summary, u"1 of 2 ended"_s);
        bench.run(u"stop_background"_s, {{u"task_id"_s, slow}});
    }

    void waitForAllEndsWithTheLast()
    {
        const ToolBench bench;
        const QString a = startTask(bench, u"echo a"_s);
        const QString b = startTask(bench, u"sleep 0.5; echo b"_s);
        const ToolOutcome outcome = bench.run(u"wait_background"_s,
            {{u"task_ids"_s, QJsonArray{a, b, a}}, {u"mode"_s, u"all"_s}, {u"timeout_s"_s, 20}});
        QCOMPARE(outcome.toldNews, endsOf({a, b}));
        QVERIFY(bench.tasks->task(b)->hasEnded());
    }

    void waitAnswersInTheVeryTurnOfTheTasksEnd()
    {
        const ToolBench bench;
        const QString id = startTask(bench, u"true"_s);
        const QFuture<ToolOutcome> answer =
            bench.start(bench.call(u"wait_background"_s, {{u"mode"_s, u"any"_s}, {u"timeout_s"_s, 20}}));
        bool wasAnswered = false;
        // Connected later than the tools, so it runs after them in the same emission.
        connect(
            bench.tasks.get(), &Tasks::TaskManager::ended, this, [&] { wasAnswered = answer.isFinished(); });
        bench.ended(id);
        QVERIFY(wasAnswered);
    }

    void waitEndsAtOnceWhenItsConditionHolds()
    {
        const ToolBench bench;
        const QString done = startTask(bench, u"true"_s);
        bench.ended(done);
        const QString slow = startTask(bench, u"sleep 20"_s);
        const QFuture<ToolOutcome> answer = bench.start(bench.call(u"wait_background"_s,
            {{u"task_ids"_s, QJsonArray{done, slow}}, {u"mode"_s, u"any"_s}, {u"timeout_s"_s, 20}}));
        QVERIFY(answer.isFinished());
        QCOMPARE(answer.result().toldNews, endsOf({done}));
        bench.run(u"stop_background"_s, {{u"task_id"_s, slow}});
    }

    void waitSaysThatNothingRuns()
    {
        const ToolBench bench;
        bench.ended(startTask(bench, u"true"_s));
        const ToolOutcome outcome =
            bench.run(u"wait_background"_s, {{u"mode"_s, u"all"_s}, {u"timeout_s"_s, 20}});
        QCOMPARE(outcome.text, u"No background task is running, so there is nothing to wait for."_s);
        QCOMPARE(outcome.toldNews, QVector<NewsId>());
    }

    void waitEndsWhenItsTimeIsUp()
    {
        const ToolBench bench;
        const QString id = startTask(bench, u"sleep 20"_s);
        const ToolOutcome outcome =
            bench.run(u"wait_background"_s, {{u"mode"_s, u"all"_s}, {u"timeout_s"_s, 1}});
        QVERIFY(outcome.text.startsWith(u"The 1 s are up."_s));
        QVERIFY(outcome.text.contains(u"[%1] running"_s.arg(id)));
        QVERIFY(!bench.tasks->task(id)->hasEnded());
        bench.run(u"stop_background"_s, {{u"task_id"_s, id}});
    }

    void waitEndsWhenThePersonWrites()
    {
        const ToolBench bench;
        const QString done = startTask(bench, u"echo result"_s);
        bench.ended(done);
        const QString slow = startTask(bench, u"sleep 20"_s);
        const ToolCall call = bench.call(u"wait_background"_s,
            {{u"task_ids"_s, QJsonArray{done, slow}}, {u"mode"_s, u"all"_s}, {u"timeout_s"_s, 20}});
        const QFuture<ToolOutcome> answer = bench.start(call);
        QVERIFY(!answer.isFinished());
        bench.tool(u"wait_background"_s).interrupt(call.id, Interrupt::PersonWrote);
        QVERIFY(answer.isFinished());
        QVERIFY(answer.result().text.contains(u"the person wrote a message"_s));
        QVERIFY(answer.result().text.contains(u"\nresult\n"_s));
        QCOMPARE(answer.result().toldNews, endsOf({done}));
        bench.run(u"stop_background"_s, {{u"task_id"_s, slow}});
    }

    void stopSaysHowManyProcessesItEnded()
    {
        const ToolBench bench;
        const QString id = startTask(bench, u"sleep 30 & sleep 31 & wait"_s);
        QTRY_COMPARE(bench.tasks->task(id)->state, Tasks::TaskState::Running);
        const ToolOutcome outcome =
            bench.run(u"stop_background"_s, {{u"task_id"_s, id}, {u"reason"_s, u"not needed"_s}});
        static const QRegularExpression kAnswer(
            u"^Ended [1-9] process(es)?\\.\\n\\[%1\\] stopped by the model after "_s.arg(id));
        QVERIFY2(outcome.text.contains(kAnswer), qPrintable(outcome.text));
        QCOMPARE(outcome.toldNews, endsOf({id}));
    }

    void stopOfAnEndedTaskSaysHowItEnded()
    {
        const ToolBench bench;
        const QString id = startTask(bench, u"echo bye; exit 9"_s);
        bench.ended(id);
        const ToolOutcome outcome = bench.run(u"stop_background"_s, {{u"task_id"_s, id}});
        QVERIFY(outcome.text.startsWith(u"Nothing to stop, it had ended already:\n[%1] exited 9"_s.arg(id)));
        QVERIFY(!outcome.isError);
        QCOMPARE(outcome.toldNews, endsOf({id}));
    }

    void stoppingIsAnIntentOfItsOwn()
    {
        const ToolBench bench;
        const QString id = startTask(bench, u"echo x"_s);
        QCOMPARE(bench.intent(u"stop_background"_s, {{u"task_id"_s, id}}),
            (Intent{Effect::Stop, u"echo x"_s, false, {}}));
        QCOMPARE(bench.intent(u"check_background"_s, {}), Intent{});
        QCOMPARE(bench.intent(u"wait_background"_s, {{u"mode"_s, u"any"_s}, {u"timeout_s"_s, 1}}), Intent{});
        bench.ended(id);
    }
};

MEANWHILE_TEST(BackgroundToolsTest)
#include "tst_backgroundtools.moc"
