// SPDX-License-Identifier: MIT
#include "openwindow.h"
#include "support/loopbackserver.h"
#include "support/testregistry.h"
#include "tasks/taskmanager.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using Models::SessionState;

namespace {

QProcessEnvironment withKey()
{
    QProcessEnvironment environment;
    environment.insert(u"ANTHROPIC_API_KEY"_s, u"bench"_s);
    return environment;
}

SessionState stateOf(OpenWindow &window, const QString &sessionId)
{
    const Models::SessionListModel &list = window.sessions().list();
    return SessionState(list.index(list.rowOf(sessionId)).data(Models::SessionListModel::StateRole).toInt());
}

} // namespace

/// What the list of sessions says of one, live and after a restart.
class SessionMarksTest : public QObject {
    Q_OBJECT

private slots:
    void whatEndsUnseenIsMarkedUntilItIsSeen()
    {
        LoopbackServer server;
        OpenWindow window(OpenWindow::anthropicLine(server.url()), withKey());
        server.enqueue(
            anthropicAnswer({}, {{"t1", "bash", R"({"command":"until [ -e go ]; do sleep 0.01; done"})"}}));
        server.enqueue(anthropicAnswer("Done."));
        window.say(u"One"_s);
        QTRY_VERIFY(window.open().tasks->liveCount() > 0);
        const QString first = window.open().sessionId;
        QTest::keyClick(&window.window(), Qt::Key_N, Qt::ControlModifier);
        QTRY_VERIFY(window.sessions().list().current() != first);
        QFile go(window.path(u"go"_s));
        QVERIFY(go.open(QIODevice::WriteOnly));
        QTRY_COMPARE(stateOf(window, first), SessionState::Finished);
        window.window().resume(first);
        QTRY_COMPARE(stateOf(window, first), SessionState::AtRest);
        ScriptedAnswer refusal;
        refusal.status = 401;
        refusal.contentType = "application/json";
        refusal.pieces = {R"({"error":{"type":"authentication_error","message":"no"}})"};
        server.enqueue(refusal);
        window.say(u"Two"_s);
        QTRY_COMPARE(stateOf(window, first), SessionState::Failed);
        server.enqueue(anthropicAnswer("Better."));
        window.say(u"Three"_s);
        QTRY_COMPARE(stateOf(window, first), SessionState::AtRest);
    }

    // Before it is opened, and once it is: as it was when the program ended.
    void aSessionIsMarkedAfterARestartAsItWasBefore_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<SessionState>("state");
        QTest::addColumn<SessionState>("opened");
        QTest::newRow("answered, seen") << u"seen"_s << SessionState::NotOpen << SessionState::AtRest;
        QTest::newRow("finished, not seen") << u"unseen"_s << SessionState::Finished << SessionState::AtRest;
        QTest::newRow("failed") << u"failed"_s << SessionState::Failed << SessionState::Failed;
        QTest::newRow("stopped") << u"stopped"_s << SessionState::NotOpen << SessionState::AtRest;
        QTest::newRow("under way") << u"under way"_s << SessionState::WaitsForPerson
                                   << SessionState::WaitsForPerson;
    }

    void aSessionIsMarkedAfterARestartAsItWasBefore()
    {
        QFETCH(const QString, what);
        QFETCH(const SessionState, state);
        QFETCH(const SessionState, opened);
        LoopbackServer server;
        OpenWindow window(OpenWindow::anthropicLine(server.url()), withKey());
        ScriptedAnswer answer = anthropicAnswer("Done.");
        if (what == u"failed"_s)
            answer.status = 401;
        if (what == u"stopped"_s || what == u"under way"_s)
            answer.neverAnswer = true;
        if (what == u"unseen"_s) {
            server.enqueue(anthropicAnswer(
                {}, {{"t1", "bash", R"({"command":"until [ -e go ]; do sleep 0.01; done"})"}}));
        }
        server.enqueue(answer);
        window.say(u"One"_s);
        const Ui::OpenSession first = window.open();
        const QString id = first.sessionId;
        QTRY_VERIFY(!server.requests().isEmpty());
        if (what == u"stopped"_s)
            first.controller->stop();
        if (what == u"unseen"_s) {
            QTRY_VERIFY(first.tasks->liveCount() > 0);
            QTest::keyClick(&window.window(), Qt::Key_N, Qt::ControlModifier);
            QTRY_VERIFY(window.sessions().list().current() != id);
            QFile go(window.path(u"go"_s));
            QVERIFY(go.open(QIODevice::WriteOnly));
        }
        if (what != u"under way"_s)
            QTRY_VERIFY(!first.controller->isWorking());
        window.restart();
        QTRY_COMPARE(stateOf(window, id), state);
        window.window().resume(id);
        QTRY_COMPARE(window.sessions().list().current(), id);
        QTRY_COMPARE(stateOf(window, id), opened);
        QCOMPARE(window.find<QWidget>(u"awayBar"_s)->isVisible(), opened == SessionState::WaitsForPerson);
    }
};

MEANWHILE_TEST(SessionMarksTest)
#include "tst_sessionmarks.moc"
