// SPDX-License-Identifier: MIT
#include "checkpoints/diskcheckpointstore.h"
#include "e2e/printrun.h"
#include "support/testregistry.h"

#include <QJsonDocument>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

QByteArray command(const QString &text, int timeoutSeconds = 60)
{
    return QJsonDocument(QJsonObject{{u"command"_s, text}, {u"timeout_s"_s, timeoutSeconds}})
        .toJson(QJsonDocument::Compact);
}

bool neverCancelled()
{
    return false;
}

} // namespace

/// What becomes of the project's files is known: how they were before a message, and what changed while a
/// task ran.
class FileHistoryTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void theFilesAreKeptBeforeTheFirstChange()
    {
        PrintRun run;
        run.setVariable(u"ANTHROPIC_API_KEY"_s, u"test-key"_s);
        run.write(u"notes.txt"_s, "as the person left it\n");
        LoopbackServer server;
        server.enqueue(
            anthropicAnswer({}, {{"t1", "bash", command(u"echo overwritten > notes.txt; touch new.txt"_s)}}));
        server.enqueue(anthropicAnswer("Done."));
        const PrintResult result = run.ask(server);
        QCOMPARE(result.exitCode, 0);
        QVERIFY(QFile::exists(run.path(u"new.txt"_s)));

        Checkpoints::DiskCheckpointStore folder(
            run.project(), run.state(), std::make_shared<Project::GitModule>());
        const auto kept = folder.list();
        QVERIFY2(kept, qPrintable(kept ? QString() : kept.error().message));
        QVERIFY2(!kept->isEmpty() && kept->last().label.startsWith(u"message:m1@"_s), result.everything());
        const auto restored = folder.restore(kept->last().id, u"undo"_s, neverCancelled);
        QVERIFY(restored);
        QCOMPARE(restored->written, QByteArrayList{"notes.txt"});
        QCOMPARE(restored->removed, QByteArrayList{"new.txt"});
        QFile notes(run.path(u"notes.txt"_s));
        QVERIFY(notes.open(QIODevice::ReadOnly));
        QCOMPARE(notes.readAll(), QByteArray("as the person left it\n"));
    }

    void theModelHearsThatFilesChangedWhileATaskRan()
    {
        PrintRun run;
        run.setVariable(u"ANTHROPIC_API_KEY"_s, u"test-key"_s);
        LoopbackServer server;
        server.enqueue(
            anthropicAnswer({}, {{"t1", "background_run",
                                    R"({"command":"until [ -e go ]; do sleep 0.01; done; echo passed"})"}}));
        // Nothing changes before the checkpoint of the task's start is there.
        server.enqueue(anthropicAnswer(
            {}, {{"t2", "bash",
                    command(u"until grep -q task: '%1'/checkpoints/*/records/*; do sleep 0.01; done; "
                            u"mkdir src; echo x > src/a.cpp; touch go"_s.arg(run.state()))}}));
        server.enqueue(anthropicAnswer({}, {{"t3", "wait_background", R"({"mode":"all","timeout_s":60})"}}));
        server.enqueue(anthropicAnswer("Done."));
        const PrintResult result = run.ask(server);
        QCOMPARE(result.exitCode, 0);
        const QByteArray last = server.requests().last().body;
        QVERIFY2(last.contains("exit 0, but 2 files changed since it started: go, src/a.cpp."), last);
    }

    void theModelHearsOfEachFileThatItWroteItselfWhileATaskRan()
    {
        PrintRun run;
        run.setVariable(u"ANTHROPIC_API_KEY"_s, u"test-key"_s);
        run.write(u".gitignore"_s, "*.log\n");
        run.write(u"old.txt"_s, "one\n");
        LoopbackServer server;
        server.enqueue(anthropicAnswer(
            {}, {{"t1", "background_run",
                    R"({"command":"until [ -e go.log ]; do sleep 0.01; done; echo passed"})"}}));
        server.enqueue(
            anthropicAnswer({}, {{"t2", "write_file", R"({"path":"src/new.cpp","content":"x\n"})"}}));
        server.enqueue(anthropicAnswer({}, {{"t3", "read_file", R"({"path":"old.txt"})"}}));
        server.enqueue(anthropicAnswer(
            {}, {{"t4", "edit_file", R"({"path":"old.txt","old_text":"one","new_text":"two"})"}}));
        server.enqueue(anthropicAnswer({}, {{"t5", "write_file", R"({"path":"go.log","content":"x\n"})"}}));
        server.enqueue(anthropicAnswer({}, {{"t6", "wait_background", R"({"mode":"all","timeout_s":60})"}}));
        server.enqueue(anthropicAnswer("Done."));
        const PrintResult result = run.ask(server);
        QCOMPARE(result.exitCode, 0);
        const QByteArray last = server.requests().last().body;
        QVERIFY2(last.contains("exit 0, but 2 files changed since it started: old.txt, src/new.cpp."), last);
    }
};

MEANWHILE_TEST(FileHistoryTest)
#include "tst_filehistory.moc"
