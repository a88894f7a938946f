// SPDX-License-Identifier: MIT
#include "openwindow.h"
#include "support/loopbackserver.h"
#include "support/testregistry.h"

#include <QAbstractButton>
#include <QFile>
#include <QListWidget>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using Models::TranscriptRow;

/// Files are put back from the row of a message, and that is undone again.
class WindowRestoresTest : public QObject {
    Q_OBJECT

private slots:
    void restoresToAMessageAndUndoesIt();

private:
    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
    }
    /// The one that a row shows now.
    static QAbstractButton *action(const OpenWindow &window, const QString &text)
    {
        const auto buttons = window.findAll<QAbstractButton>(u"filesAction"_s);
        for (QAbstractButton *button : buttons) {
            if (button->isVisible() && button->text() == text)
                return button;
        }
        return nullptr;
    }
    static bool restore(const OpenWindow &window)
    {
        const auto button = [&window] { return window.find<QAbstractButton>(u"restoreNow"_s); };
        if (!Testing::waitFor([&] { return button() && button()->isEnabled(); }, 10'000))
            return false;
        button()->click();
        return Testing::waitFor([&] { return !button() || !button()->isVisible(); }, 10'000);
    }
};

void WindowRestoresTest::restoresToAMessageAndUndoesIt()
{
    LoopbackServer server;
    server.enqueue(
        anthropicAnswer({}, {{"t1", "bash", R"({"command":"echo new > notes.txt; echo more > more.txt"})"}}));
    server.enqueue(anthropicAnswer("Done."));
    server.enqueue(anthropicAnswer("I see."));
    QProcessEnvironment environment;
    environment.insert(u"ANTHROPIC_API_KEY"_s, u"bench"_s);
    OpenWindow window(OpenWindow::anthropicLine(server.url()), environment);
    QFile notes(window.path(u"notes.txt"_s));
    QVERIFY(notes.open(QIODevice::WriteOnly) && notes.write("as it was\n") > 0);
    notes.close();
    window.say(u"change the notes"_s);
    QTRY_COMPARE(server.requests().size(), 2);
    QTRY_VERIFY(window.isAtRest());
    QCOMPARE(contentOf(notes.fileName()), QByteArray("new\n"));

    QTRY_VERIFY(action(window, u"Restore files to here…"_s));
    action(window, u"Restore files to here…"_s)->click();
    QVERIFY(restore(window));
    QCOMPARE(contentOf(notes.fileName()), QByteArray("as it was\n"));
    QVERIFY(!QFile::exists(window.path(u"more.txt"_s)));
    QTRY_COMPARE(window.rows(TranscriptRow::Kind::Restored).size(), 1);
    QCOMPARE(window.rows(TranscriptRow::Kind::Restored).first().text,
        u"Restored 2 files to their state before “change the notes”."_s);

    window.say(u"and now?"_s);
    QTRY_COMPARE(server.requests().size(), 3);
    QTRY_VERIFY(window.isAtRest());
    const QByteArray body = server.requests().last().body;
    QVERIFY2(body.contains("put files of the project back to an earlier state"), body);
    QVERIFY(body.indexOf("earlier state") < body.indexOf("and now?"));
    QCOMPARE(
        window.rows(TranscriptRow::Kind::Person).size(), 2); // the program's words are none of the person's

    QTRY_VERIFY(action(window, u"Undo…"_s));
    action(window, u"Undo…"_s)->click();
    QVERIFY(restore(window));
    QCOMPARE(contentOf(notes.fileName()), QByteArray("new\n"));
    QCOMPARE(contentOf(window.path(u"more.txt"_s)), QByteArray("more\n"));
}

MEANWHILE_TEST(WindowRestoresTest)
#include "tst_windowrestores.moc"
