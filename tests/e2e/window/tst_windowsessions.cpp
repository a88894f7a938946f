// SPDX-License-Identifier: MIT
#include "openwindow.h"
#include "support/loopbackserver.h"
#include "support/testregistry.h"
#include "tasks/taskmanager.h"
#include "ui/approval/approvalbar.h"
#include "ui/composer/composeredit.h"
#include "ui/transcript/rowwidget.h"

#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using Models::SessionState;
using Models::TranscriptRow;

namespace {

QProcessEnvironment withKey()
{
    QProcessEnvironment environment;
    environment.insert(u"ANTHROPIC_API_KEY"_s, u"bench"_s);
    return environment;
}

App::CommandLine asking(const QUrl &address)
{
    App::CommandLine line = OpenWindow::anthropicLine(address);
    line.mode = Permissions::Mode::Ask;
    return line;
}

ScriptedAnswer neverAnswered(const ReceivedRequest &)
{
    ScriptedAnswer answer;
    answer.neverAnswer = true;
    return answer;
}

/// The id of a stored session that has one; empty: none.
QString withRunningTask(OpenWindow &window)
{
    window.sessions().refreshAndAdopt();
    const Models::SessionListModel &list = window.sessions().list();
    for (int row = 0; row < list.rowCount(); ++row) {
        const auto *session =
            list.session(list.index(row).data(Models::SessionListModel::SessionIdRole).toString());
        if (session && session->unfinishedTasks > 0)
            return session->id;
    }
    return {};
}

/// What the person has before them of the conversation.
QString shownText(const OpenWindow &window)
{
    QStringList texts;
    for (const Ui::RowWidget *row : window.find<QWidget>(u"transcript"_s)->findChildren<Ui::RowWidget *>()) {
        if (row->isVisible())
            texts += row->spokenName();
    }
    return texts.join(u'\n');
}

int stateOf(OpenWindow &window, const QString &sessionId)
{
    const Models::SessionListModel &list = window.sessions().list();
    return list.index(list.rowOf(sessionId)).data(Models::SessionListModel::StateRole).toInt();
}

} // namespace

/// Several sessions in one window, and what an earlier run of the program left.
class WindowSessionsTest : public QObject {
    Q_OBJECT

private slots:
    void answersEachQuestionInTheSessionThatAsked()
    {
        LoopbackServer server;
        server.enqueue(anthropicAnswer("May I?", {{"c1", "bash", R"({"command":"touch one"})"}}));
        server.enqueue(anthropicAnswer("May I?", {{"c1", "bash", R"({"command":"touch two"})"}}));
        OpenWindow window(asking(server.url()), withKey());
        auto *bar = window.find<Ui::ApprovalBar>(u"approvalBar"_s);
        window.say(u"first"_s);
        QTRY_VERIFY(bar->isVisible());
        const Ui::OpenSession first = window.open();

        press(window, Qt::Key_N);
        QVERIFY(!bar->isVisible());
        const Ui::OpenSession second = window.open();
        QVERIFY(second.sessionId != first.sessionId);
        window.say(u"second"_s);
        QTRY_VERIFY(bar->isVisible());
        QTRY_VERIFY(bar->isArmed());
        QTRY_COMPARE(stateOf(window, first.sessionId), int(SessionState::WaitsForApproval));
        server.enqueue(anthropicAnswer("Done."));
        window.find<QPushButton>(u"allowButton"_s)->click();
        QTRY_VERIFY(QFile::exists(window.path(u"two"_s)));
        QTRY_VERIFY(!second.controller->isWorking());
        QVERIFY(!QFile::exists(window.path(u"one"_s)));
        QVERIFY(first.controller->isWorking());

        // The question is still there, and its answer goes where it belongs.
        press(window, Qt::Key_N);
        const QString unused = window.open().sessionId;
        QVERIFY(window.sessions().list().rowOf(unused) >= 0);
        window.window().resume(first.sessionId);
        QTRY_COMPARE(window.sessions().list().rowOf(unused), -1);
        QTRY_VERIFY(bar->isVisible());
        QTRY_VERIFY(bar->isArmed());
        server.enqueue(anthropicAnswer("Done too."));
        window.find<QPushButton>(u"allowButton"_s)->click();
        QTRY_VERIFY(QFile::exists(window.path(u"one"_s)));
        QTRY_VERIFY(!first.controller->isWorking());
        QTRY_COMPARE(stateOf(window, first.sessionId), int(SessionState::AtRest));
    }

    void anotherModeAnswersNoQuestionThatIsNotSeen()
    {
        LoopbackServer server;
        server.enqueue(anthropicAnswer("May I?", {{"c1", "bash", R"({"command":"touch one"})"}}));
        server.enqueue(anthropicAnswer("May I?", {{"c1", "bash", R"({"command":"touch two"})"}}));
        server.setFallback([](const ReceivedRequest &) { return anthropicAnswer("Done."); });
        OpenWindow window(asking(server.url()), withKey());
        auto *bar = window.find<Ui::ApprovalBar>(u"approvalBar"_s);
        window.say(u"first"_s);
        QTRY_VERIFY(bar->isVisible());
        const Ui::OpenSession first = window.open();
        press(window, Qt::Key_N);
        window.say(u"second"_s);
        QTRY_VERIFY(bar->isVisible());
        const Ui::OpenSession second = window.open();

        Settings settings = window.program().settings();
        settings.permissionMode = u"auto"_s;
        window.window().takeOver(settings);
        QTRY_VERIFY(QFile::exists(window.path(u"two"_s)));
        QTRY_VERIFY(!second.controller->isWorking());
        QCOMPARE(stateOf(window, first.sessionId), int(SessionState::WaitsForApproval));
        window.window().resume(first.sessionId);
        QTRY_VERIFY(bar->isVisible() && bar->isArmed());
        QVERIFY(!QFile::exists(window.path(u"one"_s)));
        window.find<QPushButton>(u"allowButton"_s)->click();
        QTRY_VERIFY(QFile::exists(window.path(u"one"_s)));
        QTRY_VERIFY(!first.controller->isWorking());
    }

    void stopsAndQueuesInTheSessionThatIsShown()
    {
        LoopbackServer server;
        server.setFallback(&neverAnswered);
        OpenWindow window(asking(server.url()), withKey());
        window.say(u"first"_s);
        QTRY_COMPARE(server.requests().size(), 1);
        const Ui::OpenSession first = window.open();
        window.say(u"queued in the first"_s);
        type(window, u"half a thou"_s);
        press(window, Qt::Key_N);
        QCOMPARE(edit(window)->toPlainText(), QString());
        window.say(u"second"_s);
        QTRY_COMPARE(server.requests().size(), 2);
        const Ui::OpenSession second = window.open();
        QTest::keyClick(edit(window), Qt::Key_Escape);
        QTRY_VERIFY(!second.controller->isWorking());
        QVERIFY(first.controller->isWorking());
        window.window().resume(first.sessionId);
        QTRY_COMPARE(edit(window)->toPlainText(), u"half a thou"_s);
        edit(window)->clear();
        QTest::keyClick(edit(window), Qt::Key_Up);
        QCOMPARE(edit(window)->toPlainText(), u"queued in the first"_s);
        QTest::keyClick(edit(window), Qt::Key_Escape);
        QTRY_VERIFY(!first.controller->isWorking());
    }

    void goesOnWithAStoredSession()
    {
        OpenWindow window;
        window.say(u"Hello there"_s);
        QTRY_VERIFY(window.isAtRest() && !window.answers().isEmpty());
        const QString id = window.open().sessionId;
        const QVector<TranscriptRow> said = window.rows();
        window.restart();
        window.window().resumeNewest(window.project());
        QTRY_COMPARE(window.sessions().list().current(), id);
        QCOMPARE(window.rows().size(), said.size());
        QVERIFY(!window.find<QWidget>(u"awayBar"_s)->isVisible());
        window.say(u"And again"_s);
        QTRY_COMPARE(window.rows(TranscriptRow::Kind::Person).size(), 2);
        QTRY_VERIFY(window.isAtRest());
    }

    void tellsOnceWhatCameInWhileThePersonWasAway()
    {
        LoopbackServer server;
        server.enqueue(anthropicAnswer("I start it.",
            {{"c1", "background_run", R"({"command":"while [ ! -e go ]; do sleep 0.05; done; exit 3"})"}}));
        server.enqueue(anthropicAnswer("It runs."));
        OpenWindow window(OpenWindow::anthropicLine(server.url()), withKey());
        window.say(u"Go"_s);
        QTRY_COMPARE(server.requests().size(), 2);
        QTRY_VERIFY(!window.open().controller->isWorking());
        const QString id = window.open().sessionId;
        QCOMPARE(window.open().tasks->liveCount(), 1);

        window.restart();
        // Ticks on, though it is not shown.
        QTRY_COMPARE(stateOf(window, id), int(SessionState::TasksRun));
        QFile go(window.path(u"go"_s));
        QVERIFY(go.open(QIODevice::WriteOnly));
        QTRY_COMPARE(stateOf(window, id), int(SessionState::WaitsForPerson));
        window.window().resume(id);
        auto *bar = window.find<QWidget>(u"awayBar"_s);
        QTRY_VERIFY(bar->isVisible());
        QCOMPARE(window.find<QLabel>(u"awayText"_s)->text(), u"1 result was not sent yet."_s);
        const QVector<Tasks::Task> tasks = window.open().tasks->tasks();
        QCOMPARE(tasks.size(), 1);
        QCOMPARE(tasks.first().exitCode, 3);
        QCOMPARE(server.requests().size(), 2); // nothing goes by itself

        server.enqueue(anthropicAnswer("I see."));
        window.find<QPushButton>(u"awayContinue"_s)->click();
        QVERIFY(!bar->isVisible());
        QTRY_COMPARE(server.requests().size(), 3);
        QTRY_VERIFY(window.isAtRest());
        QCOMPARE(window.rows(TranscriptRow::Kind::Delivered).size(), 1);
        QCOMPARE(server.requests().at(2).body.count("</background-results>"), 1);

        window.restart();
        window.window().resume(id);
        QTRY_COMPARE(window.sessions().list().current(), id);
        QVERIFY(!window.find<QWidget>(u"awayBar"_s)->isVisible());
    }

    void takesOverFromAWindowThatWasKilled()
    {
        OpenWindow window;
        QProcess other;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"MEANWHILE_HOME"_s, window.home());
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        other.setProcessEnvironment(environment);
        other.start(qEnvironmentVariable("MEANWHILE_BIN_DIR") + u"/meanwhile"_s,
            {u"--provider"_s, u"demo"_s, u"--permission-mode"_s, u"auto"_s, window.project(), u"--send"_s,
                u"Run \"sleep 60\" in the background"_s});
        QString id;
        QTRY_VERIFY_WITH_TIMEOUT(!(id = withRunningTask(window)).isEmpty(), 15'000);
        // While it lives, its session is its own.
        const QString shown = window.open().sessionId;
        window.window().resume(id);
        QTRY_VERIFY(window.find<QWidget>(u"messageBar"_s)->isVisible());
        QVERIFY(window.find<QLabel>(u"messageText"_s)->text().contains(u"another Meanwhile"_s));
        QCOMPARE(window.open().sessionId, shown);

        other.kill();
        QTRY_COMPARE(other.state(), QProcess::NotRunning);
        window.restart();
        QTRY_VERIFY(stateOf(window, id) > int(SessionState::AtRest));
        window.window().resume(id);
        QTRY_COMPARE(window.sessions().list().current(), id);
        QCOMPARE(window.open().tasks->liveCount(), 1);
        QCOMPARE(window.rows(TranscriptRow::Kind::Person).size(), 1);
    }

    void forksAndLeavesTheOriginalAsItWas()
    {
        OpenWindow window;
        window.say(u"Hello there"_s);
        QTRY_VERIFY(window.isAtRest() && !window.answers().isEmpty());
        const Ui::OpenSession original = window.open();
        const qsizetype messages = original.controller->history().size();
        const auto forked =
            window.sessions().fork(original.sessionId, window.rows(TranscriptRow::Kind::Answer).first().id);
        QTRY_VERIFY(forked.isFinished());
        QVERIFY(forked.result());
        QVERIFY(forked.result()->sessionId != original.sessionId);
        QCOMPARE(forked.result()->controller->history().size(), messages);
        const QString path = window.path(u"out.md"_s);
        const auto written = window.sessions().exportTo(original.sessionId, path);
        QTRY_VERIFY(written.isFinished());
        QVERIFY(written.result());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("Hello there"));
        forked.result()->controller->submit(u"Another way"_s);
        QTRY_VERIFY(!forked.result()->controller->isWorking());
        QCOMPARE(original.controller->history().size(), messages);
    }

    void aForkClaimsNothingOfATaskOfTheOriginal()
    {
        LoopbackServer server;
        server.enqueue(anthropicAnswer({}, {{"c1", "background_run", R"({"command":"sleep 1000"})"}}));
        server.enqueue(anthropicAnswer("It runs."));
        OpenWindow window(OpenWindow::anthropicLine(server.url()), withKey());
        window.say(u"Go"_s);
        QTRY_COMPARE(window.rows(TranscriptRow::Kind::Answer).size(), 1);
        QVERIFY(window.rows(TranscriptRow::Kind::ToolCall).first().hasTask);
        const auto forked = window.sessions().fork(
            window.open().sessionId, window.rows(TranscriptRow::Kind::Answer).first().id);
        QTRY_VERIFY(forked.isFinished());
        QVERIFY(forked.result());
        const TranscriptRow row = forked.result()->transcript->row(1);
        QCOMPARE(row.summary, u"not a task of this session"_s);
        QVERIFY(!row.hasTask);
    }

    void deletesNothingThatRunsAndForgetsWhatItDeletes()
    {
        LoopbackServer server;
        server.setFallback(&neverAnswered);
        OpenWindow window(asking(server.url()), withKey());
        window.say(u"first"_s);
        QTRY_COMPARE(server.requests().size(), 1);
        const QString id = window.open().sessionId;
        auto refused = window.sessions().setDeleted(id, true);
        QTRY_VERIFY(refused.isFinished());
        QVERIFY(!refused.result());
        window.open().controller->stop();
        auto done = window.sessions().setDeleted(id, true);
        QTRY_VERIFY(done.isFinished());
        QVERIFY(done.result());
        QTRY_COMPARE(window.sessions().list().rowOf(id), -1);
        // Its folder opens with another one, and nothing leads to it.
        QVERIFY(window.window().openFolder(window.project()));
        QVERIFY(window.open().sessionId != id);
        const auto resumed = window.sessions().resume(id);
        QTRY_VERIFY(resumed.isFinished());
        QVERIFY(!resumed.result());
        done = window.sessions().setDeleted(id, false);
        QTRY_VERIFY(window.sessions().list().rowOf(id) >= 0);
        const auto again = window.sessions().resume(id);
        QTRY_VERIFY(again.isFinished());
        QVERIFY(again.result());
    }

    void aReplacedFolderIsUsedOnlyOnceThePersonOpensIt()
    {
        LoopbackServer server;
        OpenWindow window(OpenWindow::anthropicLine(server.url()), withKey());
        const auto writeOne = [&] {
            server.enqueue(anthropicAnswer({}, {{"t1", "bash", R"({"command":"touch made"})"}}));
            server.enqueue(anthropicAnswer("Done."));
            window.say(u"Go on"_s);
        };
        writeOne();
        QTRY_VERIFY(window.isAtRest() && QFile::exists(window.path(u"made"_s)));
        const Ui::OpenSession session = window.open();
        QVERIFY(QDir().rename(session.folder, session.folder + u"-old"_s) && QDir().mkpath(session.folder));
        window.window().resume(session.sessionId);
        auto *bar = window.find<QLabel>(u"messageText"_s);
        QTRY_VERIFY(bar->isVisible() && bar->text().contains(u"moved, replaced or removed"_s));
        writeOne();
        QTRY_COMPARE(server.requests().size(), 4);
        QTRY_VERIFY(window.isAtRest());
        QVERIFY(!QFile::exists(window.path(u"made"_s)));
        QVERIFY(window.window().openFolder(session.folder));
        QVERIFY(!bar->isVisible());
        writeOne();
        QTRY_VERIFY(window.isAtRest() && QFile::exists(window.path(u"made"_s)));
    }

    void aMovedProjectTakesAllItsSessionsAlong()
    {
        LoopbackServer server;
        OpenWindow window(OpenWindow::anthropicLine(server.url()), withKey());
        const auto talk = [&](const QString &words) {
            server.enqueue(anthropicAnswer("Done."));
            window.say(words);
            return Testing::waitFor([&] { return window.isAtRest() && window.rows().size() > 1; });
        };
        QVERIFY(talk(u"One"_s));
        const Ui::OpenSession first = window.open();
        press(window, Qt::Key_N);
        QVERIFY(talk(u"Two"_s));
        const Ui::OpenSession second = window.open();
        QVERIFY(first.sessionId != second.sessionId);
        const QString place = first.folder + u"-moved"_s;
        QVERIFY(QDir().rename(first.folder, place));

        // The agent finds it gone, and the bar offers what helps until it was done.
        server.enqueue(anthropicAnswer({}, {{"t1", "bash", R"({"command":"pwd"})"}}));
        server.enqueue(anthropicAnswer("It is gone."));
        window.say(u"Where are we?"_s);
        auto *bar = window.find<QLabel>(u"messageText"_s);
        auto *button = window.find<QPushButton>(u"messageButton"_s);
        QTRY_VERIFY(bar->isVisible() && bar->text().contains(u"is missing"_s));
        QTRY_COMPARE(server.requests().size(), 4);
        QTRY_VERIFY(second.controller->isAtRest());
        const auto folderOf = [&](const QString &sessionId) {
            const auto opened = window.sessions().resume(sessionId);
            return opened.isFinished() && opened.result() ? opened.result()->folder : QString();
        };
        const auto dialog = [&] {
            QTest::mouseClick(button, Qt::LeftButton);
            return window.find<QFileDialog>(u"newPlaceDialog"_s);
        };
        dialog()->reject();
        QVERIFY(bar->isVisible() && button->isVisible());
        QCOMPARE(button->text(), u"Choose New Location…"_s);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QFileDialog *choosing = dialog();
        choosing->findChild<QLineEdit *>(u"fileNameEdit"_s)->setText(place);
        QTest::keyClick(choosing->findChild<QLineEdit *>(u"fileNameEdit"_s), Qt::Key_Return);
        QTRY_COMPARE(folderOf(second.sessionId), place);
        QTRY_VERIFY(window.window().windowTitle().contains(u"project-moved"_s));
        QVERIFY(!bar->isVisible());

        // What is said from here on goes to the session in the new place, and that is the one that is shown.
        const auto writesAndShows = [&](const QString &sessionId, const QString &name) {
            server.enqueue(anthropicAnswer(
                {}, {{"t-" + name.toUtf8(), "bash", R"({"command":"touch )" + name.toUtf8() + R"("})"}}));
            server.enqueue(anthropicAnswer("Made " + name.toUtf8()));
            window.say(u"Make "_s + name);
            return Testing::waitFor([&] { return shownText(window).contains(u"Made "_s + name); }) &&
                   shownText(window).contains(u"Make "_s + name) && QFile::exists(place + u'/' + name) &&
                   window.sessions().list().current() == sessionId && !bar->isVisible();
        };
        QVERIFY(writesAndShows(second.sessionId, u"at-once"_s));
        window.window().resume(first.sessionId);
        QTRY_COMPARE(folderOf(first.sessionId), place);
        QTRY_COMPARE(window.sessions().list().current(), first.sessionId);
        QVERIFY(!bar->isVisible());
        QVERIFY(writesAndShows(first.sessionId, u"in-the-other"_s));
        window.window().resume(second.sessionId);
        QTRY_COMPARE(window.sessions().list().current(), second.sessionId);
        QVERIFY(writesAndShows(second.sessionId, u"back-again"_s));

        // A folder that is made anew where the project was is another one, with a session of its own.
        QVERIFY(QDir().mkpath(first.folder));
        QVERIFY(window.window().openFolder(first.folder));
        QCOMPARE(window.open().folder, first.folder);
        QVERIFY(window.open().sessionId != first.sessionId && window.open().sessionId != second.sessionId);
    }

    void aProjectThatWasGoneBeforeTheStartIsMovedAtOnce()
    {
        LoopbackServer server;
        OpenWindow window(OpenWindow::anthropicLine(server.url()), withKey());
        server.enqueue(anthropicAnswer("Done."));
        window.say(u"One"_s);
        QTRY_VERIFY(window.isAtRest() && !window.answers().isEmpty());
        const QString id = window.open().sessionId;
        const QString place = window.project() + u"-moved"_s;
        QVERIFY(QDir().rename(window.project(), place));
        window.restart();
        window.window().resume(id);
        auto *button = window.find<QPushButton>(u"messageButton"_s);
        QTRY_VERIFY(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        auto *edit = window.find<QFileDialog>(u"newPlaceDialog"_s)->findChild<QLineEdit *>(u"fileNameEdit"_s);
        edit->setText(place);
        QTest::keyClick(edit, Qt::Key_Return);
        QTRY_VERIFY(window.window().windowTitle().contains(u"project-moved"_s));
        QVERIFY(!button->isVisible());
        server.enqueue(anthropicAnswer({}, {{"t1", "bash", R"({"command":"touch made"})"}}));
        server.enqueue(anthropicAnswer("Made it"));
        window.say(u"Go on"_s);
        QTRY_VERIFY(shownText(window).contains(u"Made it"_s));
        QVERIFY(shownText(window).contains(u"Go on"_s));
        QVERIFY(QFile::exists(place + u"/made"_s));
    }

    void changesFromOutsideWaitForTheButtonWhateverIsShown()
    {
        OpenWindow window;
        window.say(u"Hello there"_s);
        QTRY_VERIFY(window.isAtRest() && !window.answers().isEmpty());
        const Ui::OpenSession first = window.open();
        press(window, Qt::Key_N);
        const auto mode = [&] { return Settings::load(window.home()).permissionMode; };
        QTRY_COMPARE(mode(), u"ask"_s);
        QTRY_COMPARE(Settings::load(window.home()).recentFolders, QStringList{first.folder});
        auto *bar = window.find<QLabel>(u"messageText"_s);
        const auto asks = [&] { return bar->isVisible() && bar->text().contains(u"changed outside"_s); };
        Settings forged = Settings::load(window.home());
        forged.permissionMode = u"edits"_s;
        const auto asksOnceForged = [&] {
            if (mode() != u"edits"_s) // a save of the window's own that was under way came behind it
                forged.save(window.home());
            return asks();
        };
        QTRY_VERIFY(asksOnceForged());
        // Other sessions, folders and notices come and go.
        window.window().resume(first.sessionId);
        QTRY_COMPARE(window.sessions().list().current(), first.sessionId);
        QVERIFY(asks());
        QVERIFY(!window.window().openFolder(u"/nowhere"_s));
        QVERIFY(!asks());
        const QString other = QFileInfo(first.folder).path() + u"/other"_s;
        QVERIFY(QDir().mkpath(other) && window.window().openFolder(other));
        QVERIFY(asks());
        QTRY_COMPARE(Settings::load(window.home()).recentFolders, QStringList({other, first.folder}));
        QCOMPARE(mode(), u"edits"_s);

        // Nor is a start of the program an answer.
        window.restart();
        bar = window.find<QLabel>(u"messageText"_s);
        QVERIFY(asks());
        window.window().resume(first.sessionId);
        QTRY_COMPARE(window.sessions().list().current(), first.sessionId);
        QTRY_COMPARE(Settings::load(window.home()).recentFolders, QStringList({first.folder, other}));
        QVERIFY(asks());
        QCOMPARE(mode(), u"edits"_s);
        window.find<QPushButton>(u"messageOtherButton"_s)->click();
        QTRY_COMPARE(mode(), u"ask"_s);
        QVERIFY(!bar->isVisible());
    }

    void aStartWithoutAFolderShowsWhatWasThereLast()
    {
        OpenWindow window;
        window.say(u"Hello there"_s);
        QTRY_VERIFY(window.isAtRest() && !window.answers().isEmpty());
        const QString id = window.open().sessionId;
        QTRY_COMPARE(Settings::load(window.home()).recentFolders, QStringList{window.project()});
        window.restart();
        window.window().reopen({u"and then"_s, true});
        QTRY_COMPARE(window.sessions().list().current(), id);
        QCOMPARE(window.open().sessionId, id);
        QVERIFY(shownText(window).contains(u"Hello there"_s));
        QTRY_VERIFY2(window.window().windowTitle().contains(u"Hello there"_s),
            qPrintable(window.window().windowTitle()));
        // Words of that start belong to no session yet.
        QTRY_COMPARE(window.find<QPlainTextEdit>(u"composerEdit"_s)->toPlainText(), u"and then"_s);
        // A folder that is gone is not offered.
        QVERIFY(QDir().rename(window.project(), window.project() + u"-moved"_s));
        window.restart();
        window.window().reopen({});
        QVERIFY(window.find<QWidget>(u"firstRunOpen"_s)->isVisible());
        QVERIFY(!window.find<QWidget>(u"recentFolder1"_s));
    }

    void theBarGoesWhenTheFolderIsBack()
    {
        OpenWindow window;
        window.say(u"Hello there"_s);
        QTRY_VERIFY(window.isAtRest() && !window.answers().isEmpty());
        const QString id = window.open().sessionId;
        const QString place = window.project() + u"-moved"_s;
        QVERIFY(QDir().rename(window.project(), place));
        window.restart();
        window.window().resume(id);
        auto *bar = window.find<QWidget>(u"messageBar"_s);
        QTRY_VERIFY(bar->isVisible());
        QVERIFY(QDir().rename(place, window.project()));
        QTRY_VERIFY(!bar->isVisible());
    }

    void aFolderInTheProjectsPlaceIsUsedOrTheProjectFound()
    {
        OpenWindow window;
        window.say(u"Hello there"_s);
        QTRY_VERIFY(window.isAtRest() && !window.answers().isEmpty());
        const QString id = window.open().sessionId;
        QVERIFY(QDir().rename(window.project(), window.project() + u"-moved"_s));
        QVERIFY(QDir().mkpath(window.project()));
        window.window().resume(id);
        auto *choose = window.find<QPushButton>(u"messageButton"_s);
        auto *use = window.find<QPushButton>(u"messageOtherButton"_s);
        QTRY_VERIFY(choose->isVisible() && use->isVisible());
        QCOMPARE(choose->text(), u"Choose New Location…"_s);
        QCOMPARE(use->text(), u"Use This Folder"_s);
        QTest::mouseClick(use, Qt::LeftButton);
        QTRY_VERIFY(!use->isVisible());
        QVERIFY(window.open().notice.isEmpty());
    }

    void saysThatASessionIsNotThere()
    {
        OpenWindow window;
        const QString shown = window.open().sessionId;
        window.window().resume(u"nothing"_s, {u"words to send"_s});
        QTRY_VERIFY(window.find<QWidget>(u"messageBar"_s)->isVisible());
        QCOMPARE(window.open().sessionId, shown);
        QCOMPARE(edit(window)->toPlainText(), u"words to send"_s); // and not sent elsewhere
        QVERIFY(window.rows().isEmpty());
    }

private:
    static Ui::ComposerEdit *edit(OpenWindow &window)
    {
        return window.find<Ui::ComposerEdit>(u"composerEdit"_s);
    }
    static void type(OpenWindow &window, const QString &words) { QTest::keyClicks(edit(window), words); }
    static void press(OpenWindow &window, Qt::Key key)
    {
        QTest::keyClick(&window.window(), key, Qt::ControlModifier);
    }
};

MEANWHILE_TEST(WindowSessionsTest)
#include "tst_windowsessions.moc"
