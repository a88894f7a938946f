// SPDX-License-Identifier: MIT
#include "base/jsontext.h"
#include "support/testregistry.h"
#include "tools/toolbench.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Tools;
using namespace Qt::StringLiterals;
using Meanwhile::Testing::ToolBench;

/// Providers keep what a request begins with, and these bytes are at its very beginning.
class ToolBytesTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void areTheSameAsEver()
    {
        const ToolBench bench;
        const QByteArrayList expected = QByteArray(kDefinitions).trimmed().split('\n');
        QByteArrayList found;
        for (const ToolSpec *spec : bench.registry.specs())
            found += R"({"name":)" + jsonString(spec->name) + R"(,"description":)" +
                     jsonString(spec->description) + R"(,"input_schema":)" + inputSchema(*spec) + '}';
        for (qsizetype i = 0; i < std::max(found.size(), expected.size()); ++i)
            QCOMPARE(found.value(i), expected.value(i));
    }

private:
    static constexpr const char *kDefinitions = R"json(
{"name":"bash","description":"Run a shell command in the project folder and wait for it. For anything that may take longer than a few seconds use background_run and go on working. When timeout_s is up the command is not killed: it goes on as a background task. stdin is empty.","input_schema":{"type":"object","properties":{"command":{"type":"string"},"timeout_s":{"type":"integer","description":"how long to wait, default 120"},"description":{"type":"string","description":"a few words for the person"}},"required":["command"]}}
{"name":"read_file","description":"Read a text file as numbered lines (the numbers are not part of it), or look at an image.","input_schema":{"type":"object","properties":{"path":{"type":"string","description":"relative to the project folder, or absolute"},"offset":{"type":"integer","description":"first line, default 1"},"limit":{"type":"integer","description":"number of lines, default 2000"}},"required":["path"]}}
{"name":"write_file","description":"Create a file or replace all of it; missing folders are made. To change a part, use edit_file.","input_schema":{"type":"object","properties":{"path":{"type":"string"},"content":{"type":"string"}},"required":["path","content"]}}
{"name":"edit_file","description":"Replace a piece of text in a file. old_text must match exactly and occur once; include neighbouring lines to make it unique.","input_schema":{"type":"object","properties":{"path":{"type":"string"},"old_text":{"type":"string"},"new_text":{"type":"string"},"replace_all":{"type":"boolean","description":"every occurrence"}},"required":["path","old_text","new_text"]}}
{"name":"background_run","description":"Start a shell command as a background task and get its id at once. Its result will be given to you by itself when it ends, so go on working and do not poll.","input_schema":{"type":"object","properties":{"command":{"type":"string"},"description":{"type":"string","description":"a few words for the person"},"timeout_s":{"type":"integer","description":"end it after this long; default: never"},"notify_on":{"type":"string","enum":["any","failure","never"],"description":"which end wakes you when idle, default any"}},"required":["command"]}}
{"name":"check_background","description":"State and output of one background task, or a line for each task.","input_schema":{"type":"object","properties":{"task_id":{"type":"string","description":"default: all"},"tail":{"type":"integer","description":"last lines of output"},"grep":{"type":"string","description":"only lines matching this regex"},"since":{"type":"integer","description":"only output after this byte"}}}}
{"name":"wait_background","description":"Wait until any or all of the tasks have ended, and get their results. Costs no requests while waiting. Use it only when nothing else is left to do; a message from the person ends the wait.","input_schema":{"type":"object","properties":{"mode":{"type":"string","enum":["any","all"]},"timeout_s":{"type":"integer"},"task_ids":{"type":"array","items":{"type":"string"},"description":"default: all that run"}},"required":["mode","timeout_s"]}}
{"name":"stop_background","description":"End a background task and every process it started.","input_schema":{"type":"object","properties":{"task_id":{"type":"string"},"reason":{"type":"string"}},"required":["task_id"]}}
{"name":"list_files","description":"List a folder, or with a glob the files below it that match, newest first. Ignored files are left out.","input_schema":{"type":"object","properties":{"glob":{"type":"string","description":"e.g. *.py or src/**/*.h"},"path":{"type":"string","description":"folder, default the project"}}}}
{"name":"search_files","description":"Find lines matching a regex (one line at a time; no look-around); answers path:line:text, newest files first. Ignored and binary files are left out.","input_schema":{"type":"object","properties":{"regex":{"type":"string"},"path":{"type":"string","description":"file or folder, default the project"},"glob":{"type":"string","description":"only these files"}},"required":["regex"]}}
)json";
};

MEANWHILE_TEST(ToolBytesTest)
#include "tst_toolbytes.moc"
