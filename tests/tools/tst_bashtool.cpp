// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "tools/toolbench.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Project;
using namespace Meanwhile::Tools;
using namespace Qt::StringLiterals;
using Meanwhile::Testing::ToolBench;

class BashToolTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void answersWithTheOutputAndTheExitCode()
    {
        const ToolBench bench;
        const ToolOutcome outcome =
            bench.run(u"bash"_s, {{u"command"_s, u"echo out; echo err >&2; exit 3"_s}});
        QVERIFY2(outcome.text.startsWith(u"out\nerr\n[exit code 3 after 0 s]"_s), qPrintable(outcome.text));
        QVERIFY(!outcome.isError);
        QCOMPARE(outcome.toldNews, endsOf({outcome.taskId}));
        QCOMPARE(outcome.summary, u"exit 3"_s);
    }

    void keepsTheBlanksOfTheFirstLine()
    {
        const ToolBench bench;
        const ToolOutcome outcome =
            bench.run(u"bash"_s, {{u"command"_s, u"printf '\\n    first\\n\\tsecond\\n\\n'"_s}});
        QVERIFY2(outcome.text.startsWith(u"    first\n\tsecond\n"_s), qPrintable(outcome.text));
        const QString shown =
            bench.run(u"check_background"_s, {{u"task_id"_s, outcome.taskId}, {u"tail"_s, 9}}).text;
        QVERIFY2(shown.contains(u"\n    first\n\tsecond"_s), qPrintable(shown));
    }

    void runsInTheProjectFolder()
    {
        const ToolBench bench;
        bench.put(u"here.txt"_s, "x");
        QVERIFY(bench.run(u"bash"_s, {{u"command"_s, u"ls"_s}}).text.contains(u"here.txt"_s));
    }

    void showsThePersonTheExactCommand()
    {
        const ToolBench bench;
        QCOMPARE(bench.intent(u"bash"_s, {{u"command"_s, u"rm -rf build"_s}}),
            (Intent{Effect::Execute, u"rm -rf build"_s, false, {}}));
    }

    void passesOnTheShellsWordsForAnUnknownCommand()
    {
        const ToolBench bench;
        const ToolOutcome outcome = bench.run(u"bash"_s, {{u"command"_s, u"no-such-command-here"_s}});
        QVERIFY(outcome.text.contains(u"no-such-command-here: command not found"_s));
        QVERIFY(outcome.text.contains(u"[exit code 127 "_s));
    }

    void givesAReaderOfStandardInputItsEndAtOnce()
    {
        const ToolBench bench;
        QVERIFY(bench.run(u"bash"_s, {{u"command"_s, u"read x || echo end of file"_s}})
                    .text.startsWith(u"end of file"_s));
    }

    void makesInvalidUtf8Readable()
    {
        const ToolBench bench;
        const ToolOutcome outcome = bench.run(u"bash"_s, {{u"command"_s, u"printf 'a\\377b\\n'"_s}});
        QVERIFY2(outcome.text.startsWith(u"a\uFFFDb\n"_s), qPrintable(outcome.text));
    }

    void saysThatTheFolderIsGone()
    {
        const ToolBench bench;
        QVERIFY(QDir(bench.path()).removeRecursively());
        const ToolOutcome outcome = bench.run(u"bash"_s, {{u"command"_s, u"pwd"_s}});
        QVERIFY(outcome.isError);
        QVERIFY2(outcome.text.contains(u"moved, replaced or removed"_s), qPrintable(outcome.text));
    }

    void refusesNoCommandAndNoTime_data()
    {
        QTest::addColumn<QJsonObject>("arguments");
        QTest::addColumn<QString>("message");
        QTest::newRow("blank") << QJsonObject{{u"command"_s, u" \n"_s}} << u"command is empty."_s;
        QTest::newRow("zero") << QJsonObject{{u"command"_s, u"ls"_s}, {u"timeout_s"_s, 0}}
                              << u"timeout_s must be 1 or more; found 0."_s;
    }

    void refusesNoCommandAndNoTime()
    {
        QFETCH(QJsonObject, arguments);
        QFETCH(QString, message);
        const ToolBench bench;
        const ToolOutcome outcome = bench.run(u"bash"_s, arguments);
        QVERIFY(outcome.isError);
        QVERIFY(outcome.text.startsWith(message));
        QVERIFY(bench.tasks->tasks().isEmpty());
    }

    void goesOnAsATaskWhenItsTimeIsUp()
    {
        const ToolBench bench;
        const ToolOutcome outcome =
            bench.run(u"bash"_s, {{u"command"_s, u"echo begun; read -t 1.6 < /dev/zero; sleep 1.6; exit 4"_s},
                                     {u"timeout_s"_s, 1}});
        QVERIFY2(outcome.text.contains(u"continues as background task "_s + outcome.taskId),
            qPrintable(outcome.text));
        QVERIFY(outcome.text.contains(u"its 1 s were up"_s));
        QVERIFY(outcome.text.contains(u"Do not start it again"_s));
        QVERIFY(outcome.text.contains(u"will come by itself"_s));
        QCOMPARE(outcome.toldNews, QVector<NewsId>());
        QVERIFY(!bench.tasks->task(outcome.taskId)->spec.foreground);
        QCOMPARE(bench.tasks->task(outcome.taskId)->spec.wake, Tasks::WakePolicy::Wake);
        const Tasks::Task task = bench.ended(outcome.taskId);
        QCOMPARE(task.exitCode, 4); // the same process, not killed and not started again
        QCOMPARE(bench.tasks->tasks().size(), 1);
    }

    void goesOnAsATaskWhenThePersonSaysSo()
    {
        const ToolBench bench;
        const ToolCall call = bench.call(u"bash"_s, {{u"command"_s, u"sleep 30"_s}});
        const QFuture<ToolOutcome> answer = bench.start(call);
        QTRY_COMPARE(bench.tasks->tasks().size(), 1);
        QCOMPARE(bench.tasks->tasks().first().spec.callId, call.id);
        bench.tool(u"bash"_s).interrupt(call.id, Interrupt::PersonWrote);
        QVERIFY(!answer.isFinished());
        bench.tool(u"bash"_s).interrupt(call.id, Interrupt::ToBackground);
        QVERIFY(answer.isFinished()); // at once, not after a turn of the event loop
        QVERIFY2(answer.result().text.contains(u"the person asked"_s), qPrintable(answer.result().text));
        QVERIFY(answer.result().continues);
        const QString id = answer.result().taskId;
        QVERIFY(!bench.tasks->task(id)->hasEnded());
        QVERIFY(!bench.tasks->task(id)->spec.foreground);
        QCOMPARE(bench.tasks->task(id)->spec.wake, Tasks::WakePolicy::Wake);
        bench.tool(u"bash"_s).interrupt(call.id, Interrupt::PersonStopped); // it is no call any more
        QVERIFY(!bench.tasks->task(id)->hasEnded());
        bench.run(u"stop_background"_s, {{u"task_id"_s, id}});
    }

    void endsWithEverythingItStartedWhenThePersonStops()
    {
        const ToolBench bench;
        const ToolCall call =
            bench.call(u"bash"_s, {{u"command"_s, u"sleep 30 & sleep 30; echo not reached"_s}});
        const QFuture<ToolOutcome> answer = bench.start(call);
        QTRY_VERIFY(bench.tasks->tasks().value(0).state == Tasks::TaskState::Running);
        bench.tool(u"bash"_s).interrupt(call.id, Interrupt::PersonStopped);
        QVERIFY(answer.isFinished());
        QCOMPARE(answer.resultCount(), 0);
        const Tasks::Task task = bench.ended(bench.tasks->tasks().first().id);
        QCOMPARE(task.state, Tasks::TaskState::Stopped);
        QCOMPARE(task.stoppedBy, Tasks::StoppedBy::Person);
        QCOMPARE(task.survivors, 0);
    }

    void answersWhenTheShellEndedButItsChildStillWrites()
    {
        const ToolBench bench;
        const ToolOutcome outcome =
            bench.run(u"bash"_s, {{u"command"_s, u"(sleep 4; echo late) & exit 5"_s}, {u"timeout_s"_s, 60}});
        QVERIFY2(outcome.text.contains(u"The shell exited 5."_s), qPrintable(outcome.text));
        QVERIFY(outcome.text.contains(u"continues as background task "_s + outcome.taskId));
        QCOMPARE(outcome.toldNews, QVector<NewsId>());
        QVERIFY(bench.ended(outcome.taskId).digest.contains(u"late"_s));
    }

    void answersEachOfManyCallsOnce()
    {
        const ToolBench bench;
        QVector<QFuture<ToolOutcome>> answers;
        for (int i = 0; i < 8; ++i)
            answers += bench.start(bench.call(u"bash"_s, {{u"command"_s, u"echo call%1"_s.arg(i)}}));
        for (int i = 0; i < 8; ++i) {
            QTRY_VERIFY_WITH_TIMEOUT(answers[i].isFinished(), 20'000);
            QVERIFY(answers[i].result().text.startsWith(u"call%1\n"_s.arg(i)));
        }
    }
};

MEANWHILE_TEST(BashToolTest)
#include "tst_bashtool.moc"
