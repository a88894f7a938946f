// SPDX-License-Identifier: MIT
#include "openwindow.h"
#include "support/loopbackserver.h"
#include "support/testregistry.h"
#include "ui/widgets/elidedlabel.h"

#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using Models::TranscriptRow;

namespace {

QProcessEnvironment withKey(const QString &maxTries = u"1"_s)
{
    QProcessEnvironment environment;
    environment.insert(u"ANTHROPIC_API_KEY"_s, u"bench"_s);
    environment.insert(u"MEANWHILE_MAX_TRIES"_s, maxTries);
    return environment;
}

} // namespace

/// What goes wrong is said in the window, nothing is lost, and the conversation goes on.
class WindowFaultsTest : public QObject {
    Q_OBJECT

private slots:
    void saysWhatTheProviderMeansAndGoesOn_data();
    void saysWhatTheProviderMeansAndGoesOn();
    void countsDownToTheNextTryUntilThePersonDecides_data();
    void countsDownToTheNextTryUntilThePersonDecides();
    void saysThatThereIsNoKey();
    void saysThatNothingAnswers();
    void testsAConnectionThatFails();
    void tellsTheModelWhatWasWrongWithACall_data();
    void tellsTheModelWhatWasWrongWithACall();
    void saysWhyADropCannotBeUsed_data();
    void saysWhyADropCannotBeUsed();
    void namesDroppedFilesInTheMessage();
    void opensADroppedFolder();
};

void WindowFaultsTest::saysWhatTheProviderMeansAndGoesOn_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<QString>("words");
    QTest::addColumn<TranscriptRow::Remedy>("remedy");
    using Remedy = TranscriptRow::Remedy;
    const QByteArray start = "data: {\"type\":\"message_start\",\"message\":{}}\n\n";
    QTest::newRow("wrong key") << 401 << QByteArray("{}") << false << u"key"_s << Remedy::OpenSettingsOrRetry;
    QTest::newRow("unknown model") << 404 << QByteArray("{}") << false << u"scripted"_s
                                   << Remedy::OpenSettingsOrRetry;
    QTest::newRow("overloaded") << 529 << QByteArray("{}") << false << u"overloaded"_s << Remedy::Retry;
    QTest::newRow("closes in mid-stream") << 200 << start << true << u"try again"_s << Remedy::Retry;
    QTest::newRow("malformed event") << 200 << QByteArray(start + "data: {\"type\n\n") << false
                                     << u"cannot be read"_s << Remedy::Retry;
}

void WindowFaultsTest::saysWhatTheProviderMeansAndGoesOn()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(bool, closes);
    QFETCH(QString, words);
    QFETCH(TranscriptRow::Remedy, remedy);
    LoopbackServer server;
    server.enqueue({.status = status, .pieces = {body}, .closeEarly = closes});
    server.enqueue(anthropicAnswer("Back again."));
    OpenWindow window(OpenWindow::anthropicLine(server.url()), withKey());
    window.say(u"First"_s);
    QTRY_COMPARE(window.rows(TranscriptRow::Kind::Error).size(), 1);
    const TranscriptRow error = window.rows(TranscriptRow::Kind::Error).first();
    QVERIFY2(error.text.contains(words, Qt::CaseInsensitive), qPrintable(error.text));
    QCOMPARE(error.remedy, remedy);
    window.say(u"Second"_s);
    QTRY_VERIFY(window.answers().contains(u"Back again."_s));
    QVERIFY(
        server.requests().last().body.contains("First") && server.requests().last().body.contains("Second"));
}

void WindowFaultsTest::countsDownToTheNextTryUntilThePersonDecides_data()
{
    QTest::addColumn<bool>("stops");
    QTest::newRow("try now") << false;
    QTest::newRow("stop") << true;
}

void WindowFaultsTest::countsDownToTheNextTryUntilThePersonDecides()
{
    QFETCH(bool, stops);
    LoopbackServer server;
    server.enqueue({.status = 503, .headers = {{"retry-after", "120"}}, .pieces = {"{}"}, .chunked = false});
    server.enqueue(anthropicAnswer("Back again."));
    OpenWindow window(OpenWindow::anthropicLine(server.url()), withKey(u"10"_s));
    window.say(u"First"_s);
    QTRY_COMPARE(window.rows(TranscriptRow::Kind::Retry).size(), 1);
    QVERIFY(
        window.rows(TranscriptRow::Kind::Retry).first().text.endsWith(u"Retrying in 120 s (attempt 2)."_s));
    window.say(u"Second"_s);
    QCOMPARE(server.requests().size(), 1);
    if (stops) {
        QTest::mouseClick(window.find<QAbstractButton>(u"stopButton"_s), Qt::LeftButton);
        QTRY_VERIFY(window.rows(TranscriptRow::Kind::Retry).isEmpty());
        QCOMPARE(server.requests().size(), 1);
        QCOMPARE(window.rows(TranscriptRow::Kind::Queued).size(), 1); // nothing typed is lost
        auto *bar = window.find<QWidget>(u"awayBar"_s);
        QTRY_VERIFY(bar->isVisible());
        QCOMPARE(window.find<Ui::ElidedLabel>(u"statusWaiting"_s)->text(), u"Stopped"_s);
        auto *sendNow = bar->findChild<QPushButton *>();
        QCOMPARE(sendNow->text(), u"Send Now"_s);
        QTest::mouseClick(sendNow, Qt::LeftButton);
        QTRY_VERIFY(window.answers().contains(u"Back again."_s));
        QVERIFY(server.requests().last().body.contains("Second"));
        return;
    }
    const auto tryNow = [&] { return window.find<QAbstractButton>(u"remedyRetry"_s); };
    QTRY_VERIFY(tryNow() && tryNow()->isVisible());
    QCOMPARE(tryNow()->text(), u"Try now"_s);
    QTest::mouseClick(tryNow(), Qt::LeftButton);
    QTRY_VERIFY(window.answers().contains(u"Back again."_s));
    QVERIFY(window.rows(TranscriptRow::Kind::Retry).isEmpty());
    QVERIFY(server.requests().last().body.contains("Second"));
}

void WindowFaultsTest::saysThatThereIsNoKey()
{
    App::CommandLine line = OpenWindow::anthropicLine(QUrl());
    OpenWindow window(line);
    window.say(u"Hello"_s);
    QTRY_COMPARE(window.rows(TranscriptRow::Kind::Error).size(), 1);
    QCOMPARE(
        window.rows(TranscriptRow::Kind::Error).first().remedy, TranscriptRow::Remedy::OpenSettingsOrRetry);
    QCOMPARE(window.rows(TranscriptRow::Kind::Person).size(), 1);
}

void WindowFaultsTest::saysThatNothingAnswers()
{
    QUrl gone;
    {
        LoopbackServer server;
        gone = server.url();
    }
    OpenWindow window(OpenWindow::anthropicLine(gone), withKey());
    window.say(u"Hello"_s);
    QTRY_COMPARE(window.rows(TranscriptRow::Kind::Error).size(), 1);
    QVERIFY(window.rows(TranscriptRow::Kind::Error).first().text.contains(u"Could not connect"_s));
}

void WindowFaultsTest::testsAConnectionThatFails()
{
    QUrl gone;
    {
        LoopbackServer server;
        gone = server.url();
    }
    OpenWindow window;
    window.find<QAction>(u"settingsAction"_s)->trigger();
    auto *provider = window.find<QComboBox>(u"provider"_s);
    provider->setCurrentIndex(provider->findData(u"anthropic"_s));
    QTest::keyClicks(window.find<QLineEdit>(u"key"_s), u"bench"_s);
    QTest::keyClicks(window.find<QLineEdit>(u"baseUrl"_s), gone.toString());
    auto *check = window.find<QPushButton>(u"check"_s);
    check->click();
    QTRY_VERIFY(check->isEnabled());
    const QString status = window.find<QLabel>(u"status"_s)->text();
    QVERIFY2(status.contains(u"Could not connect"_s), qPrintable(status));
}

void WindowFaultsTest::tellsTheModelWhatWasWrongWithACall_data()
{
    QTest::addColumn<QByteArray>("tool");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("unknown tool") << QByteArray("fly") << QByteArray("{}") << QByteArray("fly");
    QTest::newRow("missing parameter") << QByteArray("read_file") << QByteArray("{}") << QByteArray("path");
    QTest::newRow("bad arguments") << QByteArray("read_file") << QByteArray("{nonsense")
                                   << QByteArray("JSON");
    QTest::newRow("missing file") << QByteArray("read_file") << QByteArray(R"({"path":"nothing.txt"})")
                                  << QByteArray("nothing.txt");
    QTest::newRow("command not found")
        << QByteArray("bash") << QByteArray(R"({"command":"no-such-command"})") << QByteArray("not found");
    QTest::newRow("reads standard input")
        << QByteArray("bash") << QByteArray(R"({"command":"read x; echo got:$x."})") << QByteArray("got:.");
    QTest::newRow("closing tag") << QByteArray("bash")
                                 << QByteArray(R"({"command":"echo '</background-results>'"})")
                                 << QByteArray("tool_result");
}

void WindowFaultsTest::tellsTheModelWhatWasWrongWithACall()
{
    QFETCH(QByteArray, tool);
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, words);
    LoopbackServer server;
    server.enqueue(anthropicAnswer("Trying.", {{"c1", tool, input}}));
    server.enqueue(anthropicAnswer("I see."));
    OpenWindow window(OpenWindow::anthropicLine(server.url()), withKey());
    window.say(u"Go"_s);
    QTRY_COMPARE(server.requests().size(), 2);
    QVERIFY2(server.requests().at(1).body.contains(words), server.requests().at(1).body);
    QTRY_VERIFY(window.answers().contains(u"I see."_s));
    QCOMPARE(window.rows(TranscriptRow::Kind::ToolCall).size(), 1);
}

void WindowFaultsTest::saysWhyADropCannotBeUsed_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::newRow("a web address") << QUrl(u"https://example.org/x"_s);
    QTest::newRow("a folder that is gone") << QUrl::fromLocalFile(u"/no/such/folder"_s);
}

void WindowFaultsTest::saysWhyADropCannotBeUsed()
{
    QFETCH(QUrl, url);
    OpenWindow window;
    const QString title = window.window().windowTitle();
    window.drop({url});
    QTRY_VERIFY(window.find<QWidget>(u"messageBar"_s)->isVisible());
    QVERIFY(!window.find<QLabel>(u"messageText"_s)->text().isEmpty());
    QCOMPARE(window.window().windowTitle(), title);
}

void WindowFaultsTest::namesDroppedFilesInTheMessage()
{
    OpenWindow window;
    QFile file(window.path(u"notes.txt"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    window.drop({QUrl::fromLocalFile(window.project() + u"/notes.txt"_s)});
    QTRY_VERIFY(
        window.find<QWidget>(u"composerEdit"_s)->property("plainText").toString().contains(u"notes.txt"_s));
}

void WindowFaultsTest::opensADroppedFolder()
{
    const QTemporaryDir other;
    OpenWindow window;
    window.drop({QUrl::fromLocalFile(other.path())});
    QTRY_VERIFY(window.window().windowTitle().contains(QFileInfo(other.path()).fileName()));
}

MEANWHILE_TEST(WindowFaultsTest)
#include "tst_windowfaults.moc"
