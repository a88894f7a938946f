// SPDX-License-Identifier: MIT
#include "models/tasktablemodel.h"
#include "openwindow.h"
#include "support/loopbackserver.h"
#include "support/testregistry.h"
#include "tasks/taskmanager.h"

#include <QPushButton>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using Models::TranscriptRow;

/// What a person does first, in the window: asks for something slow and something else.
class WindowRequestsTest : public QObject {
    Q_OBJECT

private slots:
    void createsAFileWhileACommandRuns_data();
    void createsAFileWhileACommandRuns();
    void runsThreeTasksBesideEachOther_data();
    void runsThreeTasksBesideEachOther();
    void reportsACommandThatIsNotThere_data();
    void reportsACommandThatIsNotThere();
    void tellsAResultThatCameWhileTheModelSpoke();
    void asksBeforeACommandAndTellsTheModelWhenItIsDenied();
    void sendsAForegroundCommandToTheBackground();
    void goesOnAfterStop();
    void showsThatQuickCommandsWereTold();
};

void WindowRequestsTest::createsAFileWhileACommandRuns_data()
{
    QTest::addColumn<QString>("words");
    QTest::newRow("English")
        << u"Run \"sleep 5 && echo done\" in the background, then create a file while it runs"_s;
    QTest::newRow("Spanish")
        << u"Ejecuta \"sleep 2 && echo done\" en segundo plano y crea un archivo mientras se ejecuta"_s;
    QTest::newRow("Korean")
        << u"\"sleep 2 && echo done\"를 백그라운드에서 실행하고, 실행되는 동안 파일을 만들어 줘"_s;
}

void WindowRequestsTest::createsAFileWhileACommandRuns()
{
    QFETCH(QString, words);
    OpenWindow window;
    window.say(words);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(window.path(u"meanwhile.txt"_s)), 10'000);
    const QVector<Tasks::Task> tasks = window.open().tasks->tasks();
    QCOMPARE(tasks.size(), 1);
    QCOMPARE(tasks.first().state, Tasks::TaskState::Running);
    QTRY_VERIFY_WITH_TIMEOUT(window.isAtRest(), 20'000);
    QCOMPARE(window.rows(TranscriptRow::Kind::Person).value(0).text, words);
    QCOMPARE(window.rows(TranscriptRow::Kind::Delivered).size(), 1);
    QVERIFY2(window.answers().contains(u"done"_s), qPrintable(window.answers()));
}

void WindowRequestsTest::runsThreeTasksBesideEachOther_data()
{
    QTest::addColumn<QString>("words");
    QTest::newRow("English")
        << u"Start 3 background tasks: \"sleep 2\", \"sleep 4\", \"sleep 6\". Check their status."_s;
    QTest::newRow("Spanish")
        << u"Inicia 3 tareas en segundo plano: \"sleep 1\", \"sleep 1.5\", \"sleep 2\". Comprueba su estado."_s;
    QTest::newRow("Korean")
        << u"백그라운드 작업 3개를 시작해: \"sleep 1\", \"sleep 1.5\", \"sleep 2\". 상태를 확인해 줘."_s;
}

void WindowRequestsTest::runsThreeTasksBesideEachOther()
{
    QFETCH(QString, words);
    OpenWindow window;
    window.say(words);
    QTRY_COMPARE_WITH_TIMEOUT(window.open().tasks->tasks().size(), 3, 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(window.isAtRest(), 20'000);
    int told = 0;
    for (const TranscriptRow &row : window.rows(TranscriptRow::Kind::Delivered))
        told += int(row.taskIds.size());
    QCOMPARE(told, 3);
    for (const TranscriptRow &row : window.rows(TranscriptRow::Kind::ToolCall))
        QCOMPARE(row.callState, TranscriptRow::CallState::Done);
}

void WindowRequestsTest::reportsACommandThatIsNotThere_data()
{
    QTest::addColumn<QString>("words");
    QTest::newRow("English")
        << u"Run pytest-is-not-here in the background and keep working on other things"_s;
    QTest::newRow("Spanish")
        << u"Ejecuta pytest-is-not-here en segundo plano y sigue trabajando en otras cosas"_s;
    QTest::newRow("Korean") << u"백그라운드에서 pytest-is-not-here를 실행하고 다른 작업을 계속해 줘"_s;
}

void WindowRequestsTest::reportsACommandThatIsNotThere()
{
    QFETCH(QString, words);
    OpenWindow window;
    window.say(words);
    QTRY_COMPARE_WITH_TIMEOUT(window.open().tasks->tasks().size(), 1, 10'000);
    QTRY_VERIFY_WITH_TIMEOUT(window.isAtRest(), 20'000);
    QCOMPARE(window.open().tasks->tasks().first().exitCode, 127);
    QVERIFY2(window.answers().contains(u"not found"_s), qPrintable(window.answers()));
}

void WindowRequestsTest::tellsAResultThatCameWhileTheModelSpoke()
{
    LoopbackServer server;
    server.enqueue(anthropicAnswer("Starting.", {{"c1", "background_run", R"({"command":"echo quick"})"}}));
    ScriptedAnswer slow = anthropicAnswer("Speaking while it ends.");
    const QList<QByteArray> rest = slow.pieces.mid(3);
    slow.pieces = slow.pieces.mid(0, 3);
    slow.holdOpen = true;
    server.enqueue(slow);
    QProcessEnvironment environment;
    environment.insert(u"ANTHROPIC_API_KEY"_s, u"bench"_s);
    OpenWindow window(OpenWindow::anthropicLine(server.url()), environment);
    window.say(u"Go"_s);
    QTRY_VERIFY(window.answers().contains(u"Speaking"_s));
    QTRY_VERIFY(window.open().tasks->tasks().value(0).hasEnded());
    // The answer breaks off; nothing of it is lost, and the result waits for the next request.
    server.enqueue(anthropicAnswer("I see it."));
    server.release();
    QTRY_VERIFY_WITH_TIMEOUT(server.requests().size() == 3, 10'000);
    QCOMPARE(server.requests().at(2).body.count("[bg:"), 1);
    QTRY_VERIFY(window.isAtRest());
}

void WindowRequestsTest::asksBeforeACommandAndTellsTheModelWhenItIsDenied()
{
    LoopbackServer server;
    server.enqueue(anthropicAnswer("May I?", {{"c1", "bash", R"({"command":"touch made"})"}}));
    server.enqueue(anthropicAnswer("Then I leave it."));
    QProcessEnvironment environment;
    environment.insert(u"ANTHROPIC_API_KEY"_s, u"bench"_s);
    App::CommandLine line = OpenWindow::anthropicLine(server.url());
    line.mode = Permissions::Mode::Ask;
    OpenWindow window(line, environment);
    window.say(u"Go"_s);
    QTRY_VERIFY(window.find<QWidget>(u"approvalBar"_s)->isVisible());
    QVERIFY(window.find<QWidget>(u"approvalExact"_s)->isVisible());
    QPushButton *deny = nullptr;
    for (auto *button : window.find<QWidget>(u"approvalBar"_s)->findChildren<QPushButton *>()) {
        if (button->text().contains(u"Deny"_s))
            deny = button;
    }
    QVERIFY(deny);
    QTRY_VERIFY(deny->isEnabled());
    QTest::mouseClick(deny, Qt::LeftButton);
    QTRY_COMPARE(server.requests().size(), 2);
    QVERIFY(server.requests().at(1).body.contains("denied"));
    QVERIFY(!QFile::exists(window.path(u"made"_s)));
    QTRY_VERIFY(window.isAtRest());
    QVERIFY(!window.find<QWidget>(u"approvalBar"_s)->isVisible());
}

void WindowRequestsTest::sendsAForegroundCommandToTheBackground()
{
    LoopbackServer server;
    server.enqueue(anthropicAnswer(
        "Waiting.", {{"c1", "bash", R"({"command":"until [ -e go ]; do sleep 0.02; done; echo late"})"}}));
    server.enqueue(anthropicAnswer("It goes on beside us."));
    server.enqueue(anthropicAnswer("And there it is."));
    QProcessEnvironment environment;
    environment.insert(u"ANTHROPIC_API_KEY"_s, u"bench"_s);
    OpenWindow window(OpenWindow::anthropicLine(server.url()), environment);
    window.say(u"Go"_s);
    QTRY_COMPARE(window.open().tasks->tasks().size(), 1);
    const QString task = window.open().tasks->tasks().first().id;
    QTRY_COMPARE(window.open().tasks->task(task)->state, Tasks::TaskState::Running);
    window.open().controller->continueInBackground(task);
    QTRY_COMPARE(server.requests().size(), 2);
    QVERIFY(server.requests().at(1).body.contains(task.toUtf8()));
    QTRY_VERIFY(!window.open().controller->isWorking());
    QFile go(window.path(u"go"_s));
    QVERIFY(go.open(QIODevice::WriteOnly));
    QTRY_COMPARE(server.requests().size(), 3);
    QCOMPARE(server.requests().at(2).body.count("[bg:" + task.toUtf8()), 1);
    QVERIFY(server.requests().at(2).body.contains("late"));
    QTRY_VERIFY(window.isAtRest());
}

void WindowRequestsTest::goesOnAfterStop()
{
    LoopbackServer server;
    ScriptedAnswer endless = anthropicAnswer("Half an answer");
    endless.pieces = endless.pieces.mid(0, 3);
    endless.holdOpen = true;
    server.enqueue(endless);
    server.enqueue(anthropicAnswer("Here I am."));
    QProcessEnvironment environment;
    environment.insert(u"ANTHROPIC_API_KEY"_s, u"bench"_s);
    OpenWindow window(OpenWindow::anthropicLine(server.url()), environment);
    window.say(u"First"_s);
    QTRY_VERIFY(window.answers().contains(u"Half an answer"_s));
    QTest::keyClick(window.find<QWidget>(u"composerEdit"_s), Qt::Key_Escape);
    QTRY_VERIFY(window.isAtRest());
    window.say(u"Second"_s);
    QTRY_COMPARE(server.requests().size(), 2);
    const QByteArray body = server.requests().at(1).body;
    QVERIFY(body.contains("First") && body.contains("Half an answer") && body.contains("Second"));
    QTRY_VERIFY(window.answers().contains(u"Here I am."_s));
    QTRY_VERIFY(window.isAtRest());
}

void WindowRequestsTest::showsThatQuickCommandsWereTold()
{
    LoopbackServer server;
    server.enqueue(anthropicAnswer(
        {}, {{"t1", "bash", R"({"command":"echo a"})"}, {"t2", "bash", R"({"command":"echo b"})"},
                {"t3", "bash", R"({"command":"seq 3"})"}}));
    server.enqueue(anthropicAnswer("Done."));
    OpenWindow window(OpenWindow::anthropicLine(server.url()));
    window.say(u"count"_s);
    QTRY_VERIFY_WITH_TIMEOUT(window.answers().contains(u"Done."_s) && window.isAtRest(), 20'000);
    const Models::TaskTableModel &table = *window.open().taskTable;
    QCOMPARE(table.rowCount(), 3);
    for (int row = 0; row < table.rowCount(); ++row) {
        const QModelIndex told = table.index(row, Models::TaskTableModel::DeliveryColumn);
        QTRY_VERIFY2(told.data(Models::TaskTableModel::DeliveryTextRole).toString().contains(u"request"_s),
            qPrintable(told.data().toString()));
    }
}

MEANWHILE_TEST(WindowRequestsTest)
#include "tst_windowrequests.moc"
