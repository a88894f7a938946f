// SPDX-License-Identifier: MIT
#include "app/window/windownotices.h"
#include "models/sessionlistmodel.h"
#include "models/transcriptmodel.h"
#include "notify/freedesktopnotifier.h"
#include "notify/privatebus.h"
#include "notify/scripteddaemon.h"
#include "openwindow.h"
#include "support/fakeclock.h"
#include "support/loopbackserver.h"
#include "support/testregistry.h"
#include "tasks/taskmanager.h"
#include "ui/approval/approvalbar.h"
#include "ui/taskpanel/taskpanel.h"
#include "ui/transcript/transcriptview.h"
#include "ui/window/adaptivepanes.h"

#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QProcessEnvironment withKey()
{
    QProcessEnvironment environment;
    environment.insert(u"ANTHROPIC_API_KEY"_s, u"bench"_s);
    return environment;
}

App::CommandLine lineIn(Permissions::Mode mode, const QUrl &address)
{
    App::CommandLine line = OpenWindow::anthropicLine(address);
    line.mode = mode;
    return line;
}

/// The window, and a desktop that shows what it has to say while the person is elsewhere.
struct Desktop {
    PrivateBus bus;
    ScriptedDaemon daemon{bus.address()};
    LoopbackServer server;
    OpenWindow window;
    FakeClock clock;
    // This test may run in a command itself.
    Notify::FreedesktopNotifier notifier{
        bus.environment(), {[](qint64) { return false; }, [](qintptr) { return false; }}};
    QSignalSpy shown{&notifier, &Notify::Notifier::shown};
    App::WindowNotices notices{window.program(), window.window(), notifier, clock};
    QWidget elsewhere;

    explicit Desktop(Permissions::Mode mode = Permissions::Mode::Ask)
        : window(lineIn(mode, server.url()), withKey())
    {
        daemon.takeName();
        come();
    }

    static bool isInFront(const QWidget &widget)
    {
        return QGuiApplication::focusWindow() == widget.windowHandle();
    }
    void go(QWidget &to)
    {
        to.show();
        to.activateWindow();
        (void)Testing::waitFor([&] { return isInFront(to); });
    }
    void come() { go(window.window()); }
    void leave() { go(elsewhere); }
    void willCall(const QByteArray &tool, const QByteArray &command)
    {
        server.enqueue(anthropicAnswer("So be it.", {{"c1", tool, R"({"command":")" + command + R"("})"}}));
    }
    /// The person clicks on what was shown last, when they have read it.
    void click(const QString &words)
    {
        (void)Testing::waitFor([&] { return shown.size() == daemon.shown.size(); });
        clock.advance(1s);
        const ScriptedDaemon::Shown &last = daemon.shown.constLast();
        daemon.click(last.id, last.key(words));
    }
    /// Of the session that the window shows, as the sidebar marks it.
    Models::SessionState stateInList()
    {
        using Model = Models::SessionListModel;
        const Model &list = window.sessions().list();
        const QModelIndexList found = list.match(
            list.index(0, 0), Model::SessionIdRole, list.current(), 1, Qt::MatchExactly | Qt::MatchRecursive);
        return found.isEmpty() ? Models::SessionState::NotOpen
                               : Models::SessionState(found.first().data(Model::StateRole).toInt());
    }
    bool isWithdrawn() const { return daemon.closed.contains(daemon.shown.constLast().id); }
};

} // namespace

/// What the window says to the desktop while the person is elsewhere, and what their clicks do.
class WindowNoticesTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { SKIP_WITHOUT_BUS(); }

    void runsTheCommandThatIsAllowedInANotice()
    {
        Desktop desktop;
        desktop.leave();
        desktop.willCall("bash", "touch one");
        desktop.window.say(u"Please"_s);
        QTRY_COMPARE(desktop.daemon.shown.size(), 1);
        QCOMPARE(desktop.daemon.shown.first().summary, u"Approval needed · project"_s);
        QCOMPARE(desktop.daemon.shown.first().body, u"touch one"_s);
        QVERIFY(!QFile::exists(desktop.window.path(u"one"_s)));
        desktop.server.enqueue(anthropicAnswer("Done."));
        desktop.click(u"Run"_s);
        QTRY_VERIFY(QFile::exists(desktop.window.path(u"one"_s)));
        QTRY_VERIFY(desktop.isWithdrawn());
        QTRY_VERIFY(desktop.window.isAtRest());
        QVERIFY(desktop.isInFront(desktop.elsewhere)); // nobody took the person away
    }

    void runsNothingThatIsDeniedInANotice()
    {
        Desktop desktop;
        desktop.leave();
        desktop.willCall("bash", "touch one");
        desktop.window.say(u"Please"_s);
        QTRY_COMPARE(desktop.daemon.shown.size(), 1);
        desktop.server.enqueue(anthropicAnswer("Well."));
        desktop.click(u"Deny"_s);
        QTRY_COMPARE(desktop.window.answers(), u"So be it.\nWell."_s);
        QVERIFY(!QFile::exists(desktop.window.path(u"one"_s)));
        QTRY_VERIFY(desktop.isWithdrawn());
    }

    void opensTheWindowForACommandThatANoticeCannotShow()
    {
        Desktop desktop;
        desktop.willCall("bash", "touch one && touch two");
        desktop.leave();
        desktop.window.say(u"Please"_s);
        QTRY_COMPARE(desktop.daemon.shown.size(), 1);
        QCOMPARE(desktop.daemon.shown.first().key(u"Run"_s), QString());
        // Another session is shown by then.
        const QString asks = desktop.window.open().sessionId;
        const QTemporaryDir otherProject;
        QVERIFY(desktop.window.window().openFolder(otherProject.path()));
        QVERIFY(desktop.window.sessions().list().current() != asks);
        desktop.click(u"Open"_s);
        QTRY_VERIFY(desktop.isInFront(desktop.window.window()));
        QTRY_COMPARE(desktop.window.sessions().list().current(), asks);
        auto *bar = desktop.window.find<Ui::ApprovalBar>(u"approvalBar"_s);
        QTRY_VERIFY(bar->isVisible());
        QTRY_VERIFY(desktop.isWithdrawn());
        QVERIFY(!QFile::exists(desktop.window.path(u"one"_s)));
    }

    void answersNothingByALateClick()
    {
        Desktop desktop;
        desktop.leave();
        desktop.willCall("bash", "touch one");
        desktop.window.say(u"Please"_s);
        QTRY_COMPARE(desktop.daemon.shown.size(), 1);
        const ScriptedDaemon::Shown first = desktop.daemon.shown.first();
        desktop.willCall("bash", "touch two");
        desktop.click(u"Deny"_s);
        QTRY_COMPARE(desktop.daemon.shown.size(), 2);
        QCOMPARE(desktop.daemon.shown.at(1).body, u"touch two"_s);
        desktop.clock.advance(1s);
        desktop.daemon.click(first.id, first.key(u"Run"_s));
        QTRY_VERIFY(desktop.isInFront(desktop.window.window()));
        QTRY_VERIFY(desktop.isWithdrawn());
        QVERIFY(!QFile::exists(desktop.window.path(u"one"_s)));
        QVERIFY(!QFile::exists(desktop.window.path(u"two"_s)));
        QVERIFY(desktop.window.find<QWidget>(u"approvalBar"_s)->isVisible());
    }

    void showsTheTaskThatEnded()
    {
        Desktop desktop(Permissions::Mode::Auto);
        desktop.willCall("background_run", "while [ ! -e go ]; do sleep 0.05; done; exit 3");
        desktop.server.enqueue(anthropicAnswer("It runs."));
        desktop.window.say(u"Please"_s);
        QTRY_VERIFY(!desktop.window.open().controller->isWorking() && desktop.server.requests().size() == 2);
        const Ui::OpenSession session = desktop.window.open();
        const QString taskId = session.tasks->tasks().constFirst().id;
        QTest::keyClick(&desktop.window.window(), Qt::Key_N, Qt::ControlModifier);
        desktop.leave();
        desktop.server.enqueue(anthropicAnswer("I see."));
        QVERIFY(QFile(desktop.window.path(u"go"_s)).open(QIODevice::WriteOnly));
        QTRY_COMPARE(desktop.daemon.shown.size(), 1);
        QCOMPARE(desktop.daemon.shown.first().summary, u"Task failed · project"_s);
        QVERIFY(desktop.daemon.shown.first().body.contains(u": exit 3 after 0:0"_s));
        desktop.daemon.click(desktop.daemon.shown.first().id, u"default"_s);
        QTRY_COMPARE(desktop.window.sessions().list().current(), session.sessionId);
        QTRY_COMPARE(desktop.window.window().findChild<Ui::TaskPanel *>()->selectedTaskId(), taskId);
        QTRY_VERIFY(desktop.isWithdrawn());
    }

    void bringsIntoSightWhatTheNoticeTellsOf_data()
    {
        QTest::addColumn<bool>("asks");
        QTest::addColumn<bool>("isShown");
        QTest::newRow("an approval in the session that is shown") << true << true;
        QTest::newRow("an approval in another session") << true << false;
        QTest::newRow("a turn's end in the session that is shown") << false << true;
        QTest::newRow("a turn's end in another session") << false << false;
    }
    void bringsIntoSightWhatTheNoticeTellsOf()
    {
        QFETCH(const bool, asks);
        QFETCH(const bool, isShown);
        Desktop desktop;
        desktop.server.enqueue(anthropicAnswer(QByteArray("A paragraph.\n\n").repeated(100)));
        desktop.window.say(u"Tell me"_s);
        QTRY_VERIFY(desktop.server.requests().size() == 1 && desktop.window.isAtRest());
        const Ui::OpenSession session = desktop.window.open();
        if (asks)
            desktop.willCall("bash", "touch one && touch two");
        else
            desktop.server.enqueue(anthropicAnswer("Done."));
        desktop.leave();
        desktop.window.say(u"Please"_s);
        desktop.clock.advance(21s);
        auto *view = desktop.window.find<Ui::TranscriptView>(u"transcript"_s);
        view->verticalScrollBar()->setValue(0); // to read what is above
        const QTemporaryDir otherProject;
        if (!isShown)
            QVERIFY(desktop.window.window().openFolder(otherProject.path()));
        desktop.leave();
        QTRY_COMPARE(desktop.daemon.shown.size(), 1);
        QVERIFY(!isShown || !view->isFollowing());
        desktop.daemon.click(desktop.daemon.shown.first().id, u"default"_s);
        QTRY_COMPARE(desktop.window.sessions().list().current(), session.sessionId);
        QTRY_VERIFY(view->rowWidget(session.transcript->rowCount() - 1));
        QCOMPARE(session.transcript->row(session.transcript->rowCount() - 1).id == u"c1"_s, asks);
    }

    void showsNoTaskOfANoticeLaterThanItIsClicked()
    {
        Desktop desktop(Permissions::Mode::Auto);
        desktop.willCall("background_run", "true");
        desktop.server.setFallback([](const ReceivedRequest &) { return anthropicAnswer("I see."); });
        desktop.window.say(u"Please"_s);
        const Ui::OpenSession session = desktop.window.open();
        QTRY_VERIFY(!session.tasks->tasks().isEmpty() && desktop.window.isAtRest());
        auto *panes = desktop.window.window().findChild<Ui::AdaptivePanes *>();
        panes->setPanelVisible(false);
        emit desktop.notices.board().openWanted(
            session.sessionId, {{}, session.tasks->tasks().constFirst().id}, {});
        const QTemporaryDir otherProject;
        QVERIFY(desktop.window.window().openFolder(otherProject.path())); // the person chose this one
        desktop.window.window().resume(session.sessionId);
        QTRY_COMPARE(desktop.window.sessions().list().current(), session.sessionId);
        QVERIFY(!panes->isPanelVisible());
    }

    void forgetsASessionOnceItIsDeletedUntilThatIsUndone()
    {
        Desktop desktop;
        desktop.server.enqueue(anthropicAnswer("Hello."));
        desktop.window.say(u"Hello"_s);
        QTRY_VERIFY(desktop.server.requests().size() == 1 && desktop.window.isAtRest());
        const QString id = desktop.window.open().sessionId;
        App::WindowSessions &sessions = desktop.window.sessions();
        QSignalSpy deleted(&sessions, &App::WindowSessions::deleted);
        QSignalSpy undeleted(&sessions, &App::WindowSessions::undeleted);
        sessions.setDeleted(id, true);
        QCOMPARE(deleted.size(), 0); // it may yet fail
        QTRY_COMPARE(deleted.size(), 1);
        sessions.setDeleted(id, false);
        QTRY_COMPARE(undeleted.size(), 1);
        desktop.leave();
        desktop.willCall("bash", "touch one");
        desktop.window.say(u"Please"_s);
        QTRY_COMPARE(desktop.daemon.shown.size(), 1);
        QCOMPARE(desktop.daemon.shown.first().summary, u"Approval needed · project"_s);
    }

    void tellsOfAnAnswerThoughTheSummaryBeforeItFailed()
    {
        Desktop desktop(Permissions::Mode::Auto);
        for (const QString &words : {u"One"_s, u"Two"_s, u"Three"_s}) {
            const qsizetype count = desktop.server.requests().size();
            desktop.server.enqueue(anthropicAnswer("Right."));
            desktop.window.say(words);
            QTRY_VERIFY(desktop.server.requests().size() > count && desktop.window.isAtRest());
        }
        desktop.leave();
        desktop.server.enqueue({.status = 400, .pieces = {"{}"}});
        desktop.server.enqueue(anthropicAnswer("Four it is."));
        desktop.window.open().controller->compact();
        desktop.window.say(u"Four"_s);
        desktop.clock.advance(21s);
        QTRY_COMPARE(desktop.daemon.shown.size(), 1);
        QCOMPARE(desktop.daemon.shown.first().summary, u"Turn ended · project"_s);
        QVERIFY(desktop.window.answers().endsWith(u"Four it is."_s));
        QVERIFY(!desktop.window.rows(Models::TranscriptRow::Kind::Error).isEmpty());
        QVERIFY(!desktop.window.open().controller->hasFailed());
        QCOMPARE(desktop.stateInList(), Models::SessionState::AtRest);
    }

    void saysNothingOfWhatThePersonSeesOrDoes()
    {
        Desktop desktop(Permissions::Mode::Auto);
        desktop.willCall("bash", "true");
        desktop.server.enqueue(anthropicAnswer("It ran."));
        desktop.window.say(u"Please"_s);
        QTRY_VERIFY(desktop.server.requests().size() == 2 && desktop.window.isAtRest());
        desktop.leave();
        // What the agent waits for is no task of its own.
        desktop.willCall("bash", "true");
        desktop.server.enqueue(anthropicAnswer("It ran."));
        desktop.window.say(u"Again"_s);
        QTRY_VERIFY(desktop.server.requests().size() == 4 && desktop.window.isAtRest());
        const Ui::OpenSession session = desktop.window.open();
        session.tasks->start({u"sleep 60"_s, {}, session.folder});
        QTRY_COMPARE(session.tasks->liveCount(), 1);
        (void)session.tasks->stop(session.tasks->tasks().constLast().id, Tasks::StoppedBy::Person);
        QTRY_COMPARE(session.tasks->liveCount(), 0);
        QCOMPARE(desktop.notifier.reach(), Notify::Reach::NotAsked);
    }

    void keepsStillWhereThePersonSaysSo()
    {
        Desktop desktop;
        Settings settings = desktop.window.program().settings();
        settings.notifiesOfApprovals = false;
        desktop.window.program().apply(settings);
        desktop.leave();
        desktop.willCall("bash", "touch one");
        desktop.window.say(u"Please"_s);
        auto *bar = desktop.window.find<Ui::ApprovalBar>(u"approvalBar"_s);
        QTRY_VERIFY(bar->isVisible());
        QCOMPARE(desktop.notifier.reach(), Notify::Reach::NotAsked);
        settings.notifiesOfApprovals = true;
        desktop.window.program().apply(settings);
        desktop.window.open().controller->stop();
        QTRY_VERIFY(!bar->isVisible());
        desktop.willCall("bash", "touch two");
        desktop.window.say(u"Again"_s);
        QTRY_COMPARE(desktop.daemon.shown.size(), 1);
        QCOMPARE(desktop.daemon.shown.first().body, u"touch two"_s);
    }
};

MEANWHILE_TEST(WindowNoticesTest)
#include "tst_windownotices.moc"
