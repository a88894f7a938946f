// SPDX-License-Identifier: MIT
#include "e2e/printrun.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

/// The three requests that everybody tries first, without a key and without a window.
class DemoRequestsTest : public QObject {
    Q_OBJECT

private slots:
    void createsAFileWhileACommandRuns_data();
    void createsAFileWhileACommandRuns();
    void runsThreeTasksBesideEachOther_data();
    void runsThreeTasksBesideEachOther();
    void reportsACommandThatIsNotThere_data();
    void reportsACommandThatIsNotThere();
    void saysWhatItCanDo();

private:
    /// How every task ended, by its id.
    static QMap<QString, QJsonObject> ends(const PrintResult &result)
    {
        QMap<QString, QJsonObject> last;
        for (const QJsonObject &line : result.lines(u"task"_s))
            last.insert(line.value(u"id"_s).toString(), line);
        return last;
    }
    static int told(const PrintResult &result)
    {
        int tasks = 0;
        for (const QJsonObject &line : result.lines(u"notification"_s))
            tasks += int(line.value(u"task_ids"_s).toArray().size());
        return tasks;
    }
};

void DemoRequestsTest::createsAFileWhileACommandRuns_data()
{
    QTest::addColumn<QString>("words");
    QTest::newRow("English")
        << u"Run \"sleep 5 && echo done\" in the background, then create a file while it runs"_s;
    QTest::newRow("Spanish")
        << u"Ejecuta \"sleep 1 && echo done\" en segundo plano y luego crea un archivo mientras se ejecuta"_s;
    QTest::newRow("Korean")
        << u"\"sleep 1 && echo done\"을 백그라운드에서 실행하고, 실행되는 동안 파일을 만들어 줘"_s;
}

void DemoRequestsTest::createsAFileWhileACommandRuns()
{
    QFETCH(QString, words);
    const PrintRun run;
    const PrintResult result = run.askDemo(words);
    QCOMPARE(result.exitCode, 0);
    const QMap<QString, QJsonObject> tasks = ends(result);
    QCOMPARE(tasks.size(), 1);
    QCOMPARE(tasks.first().value(u"state"_s).toString(), u"exited"_s);
    QCOMPARE(tasks.first().value(u"exit_code"_s).toInt(-1), 0);
    QCOMPARE(told(result), 1);
    QCOMPARE(QDir(run.project()).entryList(QDir::Files).size(), 1);

    // The file was there before the task had ended.
    double written = 0;
    for (const QJsonObject &line : result.lines(u"tool_call"_s)) {
        if (line.value(u"name"_s).toString() == u"write_file")
            written = line.value(u"t_ms"_s).toDouble();
    }
    QVERIFY2(written > 0 && written < tasks.first().value(u"t_ms"_s).toDouble(), result.everything());
    QVERIFY2(result.text().contains(u"done"_s), result.everything());
}

void DemoRequestsTest::runsThreeTasksBesideEachOther_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("longest");
    QTest::newRow("English")
        << u"Start 3 background tasks: \"sleep 2\", \"sleep 4\", \"sleep 6\". Check their status."_s << 6;
    QTest::newRow("Spanish")
        << u"Inicia 3 tareas en segundo plano: \"sleep 1\", \"sleep 1.1\", \"sleep 1.2\". Comprueba su estado."_s
        << 2;
    QTest::newRow("Korean")
        << u"백그라운드 작업 3개를 시작해 줘: \"sleep 1\", \"sleep 1.1\", \"sleep 1.2\". 상태를 확인해 줘."_s
        << 2;
}

void DemoRequestsTest::runsThreeTasksBesideEachOther()
{
    QFETCH(QString, words);
    QFETCH(int, longest);
    const PrintRun run;
    const PrintResult result = run.askDemo(words);
    QCOMPARE(result.exitCode, 0);
    const QMap<QString, QJsonObject> tasks = ends(result);
    QCOMPARE(tasks.size(), 3);
    for (const QJsonObject &task : tasks)
        QCOMPARE(task.value(u"state"_s).toString(), u"exited"_s);
    QCOMPARE(told(result), 3);
    // One after the other they would take twice as long.
    const QList<QJsonObject> done = result.lines(u"done"_s);
    QCOMPARE(done.size(), 1);
    QVERIFY2(done.first().value(u"t_ms"_s).toDouble() < (longest + 4) * 1'000.0, result.everything());
}

void DemoRequestsTest::reportsACommandThatIsNotThere_data()
{
    QTest::addColumn<QString>("words");
    QTest::newRow("English")
        << u"Run pytest-is-not-here in the background and keep working on other things"_s;
    QTest::newRow("Spanish")
        << u"Ejecuta pytest-is-not-here en segundo plano y sigue trabajando en otras cosas"_s;
    QTest::newRow("Korean") << u"pytest-is-not-here를 백그라운드에서 실행하고 다른 일을 계속해 줘"_s;
}

void DemoRequestsTest::reportsACommandThatIsNotThere()
{
    QFETCH(QString, words);
    const PrintRun run;
    const PrintResult result = run.askDemo(words);
    QCOMPARE(result.exitCode, 0);
    const QMap<QString, QJsonObject> tasks = ends(result);
    QVERIFY2(!tasks.isEmpty(), result.everything());
    QCOMPARE(tasks.first().value(u"exit_code"_s).toInt(), 127);
    QVERIFY2(result.text().contains(u"not found"_s), result.everything());
}

void DemoRequestsTest::saysWhatItCanDo()
{
    const PrintRun run;
    const PrintResult result = run.askDemo(u"Tell me a story"_s);
    QCOMPARE(result.exitCode, 0);
    QVERIFY2(result.text().contains(u"ANTHROPIC_API_KEY"_s), result.everything());
}

MEANWHILE_TEST(DemoRequestsTest)
#include "tst_demorequests.moc"
