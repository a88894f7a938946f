// SPDX-License-Identifier: MIT
#include "openwindow.h"
#include "support/loopbackserver.h"
#include "support/testregistry.h"
#include "tasks/taskmanager.h"

#include <QProcess>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using Kind = Models::TranscriptRow::Kind;

namespace {

QProcessEnvironment withKey()
{
    QProcessEnvironment environment;
    environment.insert(u"ANTHROPIC_API_KEY"_s, u"bench"_s);
    return environment;
}

/// Its words come, its end does not.
ScriptedAnswer unended(const QByteArray &text)
{
    ScriptedAnswer answer = anthropicAnswer(text);
    answer.pieces = answer.pieces.mid(0, 3);
    answer.holdOpen = true;
    return answer;
}

ScriptedAnswer neverAnswered(const ReceivedRequest &)
{
    ScriptedAnswer answer;
    answer.neverAnswer = true;
    return answer;
}

QStringList textsOf(OpenWindow &window, Kind kind)
{
    QStringList texts;
    const QVector<Models::TranscriptRow> rows = window.rows(kind);
    for (const Models::TranscriptRow &row : rows)
        texts += row.text;
    return texts;
}

} // namespace

/// What is under way when the program ends in good order.
class WindowQuitsTest : public QObject {
    Q_OBJECT

private slots:
    void keepsWhatWasSaidSoFarAndWhatIsQueued()
    {
        LoopbackServer server;
        OpenWindow window(OpenWindow::anthropicLine(server.url()), withKey());
        server.enqueue(unended("I speak until you quit"));
        window.say(u"Speak"_s);
        QTRY_VERIFY(window.answers().contains(u"until you quit"_s));
        window.say(u"And then that"_s);
        const QString id = window.open().sessionId;
        window.sessions().opened().stopAnswers();
        window.restart();
        window.window().resume(id);
        QTRY_COMPARE(window.sessions().list().current(), id);
        QCOMPARE(textsOf(window, Kind::Person), QStringList{u"Speak"_s});
        QCOMPARE(window.answers(), u"I speak until you quit"_s);
        QCOMPARE(textsOf(window, Kind::Notice).first(), u"Stopped. The partial answer above was kept."_s);
        QCOMPARE(textsOf(window, Kind::Queued), QStringList{u"And then that"_s});
        QCOMPARE(server.requests().size(), 1);
    }

    void leavesACommandThatIsWaitedFor()
    {
        LoopbackServer server;
        OpenWindow window(OpenWindow::anthropicLine(server.url()), withKey());
        server.enqueue(anthropicAnswer(
            "I wait.", {{"c1", "bash", R"({"command":"while [ ! -e go ]; do sleep 0.05; done"})"}}));
        window.say(u"Wait"_s);
        QTRY_COMPARE(window.open().tasks->liveCount(), 1);
        const QString id = window.open().sessionId;
        window.sessions().opened().stopAnswers();
        QVERIFY(window.open().controller->isWorking());
        window.restart();
        window.window().resume(id);
        QTRY_COMPARE(window.sessions().list().current(), id);
        QCOMPARE(window.open().tasks->liveCount(), 1);
        QFile go(window.path(u"go"_s));
        QVERIFY(go.open(QIODevice::WriteOnly));
        QTRY_COMPARE(window.open().tasks->liveCount(), 0);
        QVERIFY(window.open().tasks->tasks().first().isSuccess());
    }

    void aSignalToEndStopsAsThePersonDoes()
    {
        LoopbackServer server;
        server.setFallback(&neverAnswered);
        OpenWindow window;
        QProcess other;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"MEANWHILE_HOME"_s, window.home());
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        environment.insert(u"ANTHROPIC_API_KEY"_s, u"bench"_s);
        other.setProcessEnvironment(environment);
        other.start(qEnvironmentVariable("MEANWHILE_BIN_DIR") + u"/meanwhile"_s,
            {u"--provider"_s, u"anthropic"_s, u"--base-url"_s, server.url().toString(), u"--model"_s,
                u"scripted"_s, window.project(), u"--send"_s, u"Speak"_s});
        QTRY_COMPARE_WITH_TIMEOUT(server.requests().size(), 1, 15'000);
        other.terminate();
        QTRY_COMPARE_WITH_TIMEOUT(other.state(), QProcess::NotRunning, 15'000);
        QCOMPARE(other.exitCode(), 130);
        window.restart();
        window.window().resumeNewest(window.project());
        QTRY_COMPARE(textsOf(window, Kind::Person), QStringList{u"Speak"_s});
        QCOMPARE(textsOf(window, Kind::Notice), QStringList{u"Stopped."_s});
    }
};

MEANWHILE_TEST(WindowQuitsTest)
#include "tst_windowquits.moc"
