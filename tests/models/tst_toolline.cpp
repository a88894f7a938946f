// SPDX-License-Identifier: MIT
#include "models/toolline.h"
#include "support/knowntools.h"
#include "support/testregistry.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace Meanwhile::Models;
using Meanwhile::Testing::knownTools;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using CallState = TranscriptRow::CallState;

class ToolLineTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void saysEachToolByVerbAndObject_data()
    {
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QString>("object");
        QTest::addColumn<QString>("writing");
        QTest::addColumn<QString>("running");
        QTest::addColumn<QString>("done");
        const auto row = [](const char *tool, const char *input, const QString &object,
                             const QString &writing, const QString &running, const QString &done) {
            QTest::newRow(tool) << QByteArray(input) << object << writing << running << done;
        };
        row("bash", "{\"command\":\"npm test\"}", u"npm test"_s, u"Run"_s, u"Running"_s, u"Ran"_s);
        row("read_file", "{\"path\":\"a.txt\"}", u"a.txt"_s, u"Read"_s, u"Reading"_s, u"Read"_s);
        row("write_file", "{\"path\":\"a.txt\"}", u"a.txt"_s, u"Write"_s, u"Writing"_s, u"Wrote"_s);
        row("edit_file", "{\"path\":\"a.txt\"}", u"a.txt"_s, u"Edit"_s, u"Editing"_s, u"Edited"_s);
        row("search_files", "{\"pattern\":\"x+\",\"path\":\"src\"}", u"x+ · src"_s, u"Search"_s,
            u"Searching"_s, u"Searched"_s);
        row("list_files", "{\"pattern\":\"*.cpp\"}", u"*.cpp"_s, u"List"_s, u"Listing"_s, u"Listed"_s);
        row("check_background", "{}", u"all tasks"_s, u"Check"_s, u"Checking"_s, u"Checked"_s);
        row("wait_background", "{\"task_ids\":[\"3f9a\",\"81c2\"]}", u"3f9a, 81c2"_s, u"Wait for"_s,
            u"Waiting for"_s, u"Waited for"_s);
        row("stop_background", "{\"task_id\":\"3f9a\"}", u"3f9a"_s, u"Stop"_s, u"Stopping"_s, u"Stopped"_s);
        row("background_run", "{\"command\":\"npm i\"}", u"npm i"_s, u"Task"_s, u"Task"_s, u"Task"_s);
        row("make_coffee", "{\"sugar\":2}", u"make_coffee"_s, u"Call"_s, u"Calling"_s, u"Called"_s);
    }

    void saysEachToolByVerbAndObject()
    {
        QFETCH(QByteArray, input);
        TranscriptRow row;
        row.tool = QString::fromLatin1(QTest::currentDataTag());
        QTEST(describeCall(knownTools(), row.tool, input).subject, "object");
        const auto verb = [&](CallState state) {
            row.callState = state;
            refreshLine(row, knownTools(), u"so"_s, nullptr, 0ms);
            return row.verb;
        };
        QTEST(verb(CallState::Writing), "writing");
        QTEST(verb(CallState::Running), "running");
        QTEST(verb(CallState::Done), "done");
        QCOMPARE(row.summary, u"so"_s);
    }

    void saysWhetherAFileIsNew_data()
    {
        QTest::addColumn<QString>("diff");
        QTest::addColumn<QString>("verb");
        QTest::addColumn<QString>("summary");
        QTest::newRow("other words") << u"--- f\n+++ f\n@@ -1 +1 @@\n-a\n+b\n"_s << u"Wrote"_s << u"+1 −1"_s;
        QTest::newRow("more words") << u"--- f\n+++ f\n@@ -1 +1,2 @@\n a\n+b\n"_s << u"Wrote"_s << u"+1"_s;
        QTest::newRow("new") << u"--- f\n+++ f\n@@ -0,0 +1 @@\n+b\n"_s << u"Created"_s << u"+1"_s;
        QTest::newRow("new, from arguments") << u"--- /dev/null\n+++ f\n+b\n"_s << u"Created"_s << u"+1"_s;
    }

    void saysWhetherAFileIsNew()
    {
        QFETCH(QString, diff);
        TranscriptRow row;
        row.tool = u"write_file"_s;
        row.callState = CallState::Done;
        row.diff = diff;
        refreshLine(row, knownTools(), {}, nullptr, 0ms);
        QTEST(row.verb, "verb");
        QTEST(row.summary, "summary");
    }

    void saysWhichCommandRanOutsideTheBox()
    {
        Meanwhile::Tasks::Task task;
        task.spec.command = u"docker ps"_s;
        task.spec.outside = true;
        task.state = Meanwhile::Tasks::TaskState::Exited;
        TranscriptRow row;
        row.kind = TranscriptRow::Kind::ToolCall;
        row.tool = u"bash"_s;
        row.taskId = u"3f9a0000"_s;
        row.subject = task.spec.command;
        row.callState = CallState::Done;
        refreshLine(row, knownTools(), {}, &task, 2s);
        QCOMPARE(row.outside, u"outside"_s);
        QCOMPARE(plainText(row), u"Ran docker ps, Ran outside the box, done 0:02"_s);
        task.spec.outside = false;
        refreshLine(row, knownTools(), {}, &task, 2s);
        QCOMPARE(row.outside, QString());
        QCOMPARE(plainText(row), u"Ran docker ps, done 0:02"_s);
    }

    void showsArgumentsAsAPersonWritesThem()
    {
        const auto call = describeCall(
            knownTools(), u"bash"_s, "{\"command\":\"echo \\\"a\\\"\\necho b\",\"timeout_s\":5}");
        QCOMPARE(call.input, u"echo \"a\"\necho b\ntimeout_s: 5"_s);
        QCOMPARE(call.subject, u"echo \"a\" ↵ echo b"_s);
    }

    void showsArgumentsThatAreNoJsonAsTheyCame()
    {
        QCOMPARE(describeCall(knownTools(), u"bash"_s, "{\"command\": \"rm\xff").input,
            u"{\"command\": \"rm\uFFFD"_s);
    }

    void hidesNothingInTheObjectOfALine()
    {
        const QJsonObject arguments{{u"command"_s, u"rm \u202Efdp.exe"_s}};
        QCOMPARE(describeCall(knownTools(), u"bash"_s, QJsonDocument(arguments).toJson()).subject,
            u"rm ⟦U+202E⟧fdp.exe"_s);
    }
};

MEANWHILE_TEST(ToolLineTest)
#include "tst_toolline.moc"
