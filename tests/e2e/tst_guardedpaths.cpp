// SPDX-License-Identifier: MIT
#include "e2e/printrun.h"
#include "support/testregistry.h"

#include <QtTest>

#include <sys/stat.h>

using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

/// What is asked about whatever the project is, as a run without a window tells it: there is nobody to ask.
class GuardedPathsTest : public QObject {
    Q_OBJECT

private slots:
    void keepsSecretsAndWhatRunsLaterBehindAQuestion_data();
    void keepsSecretsAndWhatRunsLaterBehindAQuestion();
    void keepsThePrivatePlacesOfAHomeThatIsTheProject_data();
    void keepsThePrivatePlacesOfAHomeThatIsTheProject();
    void leavesThemOutOfAListingAndASearch();
    void hangsOnNoPipeThatGitWouldRead();
    void saysOnceThatTheProjectWasReplaced();

private:
    static QString answerTo(const PrintRun &run, const QByteArray &tool, const QByteArray &input,
        const QStringList &more, QByteArray *errors = nullptr);
    static void put(const QString &path, const QByteArray &bytes);
};

void GuardedPathsTest::put(const QString &path, const QByteArray &bytes)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly) && file.write(bytes) == bytes.size());
}

QString GuardedPathsTest::answerTo(const PrintRun &run, const QByteArray &tool, const QByteArray &input,
    const QStringList &more, QByteArray *errors)
{
    LoopbackServer server;
    server.enqueue(anthropicAnswer({}, {{"t1", tool, input}}));
    server.enqueue(anthropicAnswer("I see."));
    const PrintResult result = run.ask(server, more);
    if (errors)
        *errors = result.errors;
    const QList<QJsonObject> answers = result.lines(u"tool_result"_s);
    return answers.size() == 1 ? answers.first().value(u"text"_s).toString()
                               : QString::fromUtf8(result.everything());
}

void GuardedPathsTest::keepsSecretsAndWhatRunsLaterBehindAQuestion_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addColumn<QByteArray>("tool");
    QTest::addColumn<QByteArray>("input");
    const auto row = [](const char *name, const QString &mode, const char *tool, const char *input) {
        QTest::newRow(name) << mode << QByteArray(tool) << QByteArray(input);
    };
    row("secrets, plan", u"plan"_s, "read_file", R"({"path":".env"})");
    row("secrets, auto", u"auto"_s, "read_file", R"({"path":"./x/..//.env"})");
    row("secrets, searched by name", u"ask"_s, "search_files", R"({"regex":"CANARY","path":".env"})");
    row("secrets, edited", u"edits"_s, "edit_file", R"({"path":".env","old_text":"A","new_text":"B"})");
    row("a key by its kind", u"plan"_s, "read_file", R"({"path":"x/deploy_key"})");
    row("another assistant's rules", u"edits"_s, "write_file",
        R"({"path":"x/AGENTS.md","content":"CANARY"})");
    row("a hook", u"edits"_s, "write_file", R"({"path":".git/hooks/pre-commit","content":"CANARY"})");
    row("git's settings", u"edits"_s, "write_file", R"({"path":"x/../.git/config","content":"CANARY"})");
    row("direnv", u"edits"_s, "write_file", R"({"path":".envrc","content":"CANARY"})");
    row("an editor's tasks", u"edits"_s, "write_file", R"({"path":".vscode/tasks.json","content":"CANARY"})");
}

void GuardedPathsTest::keepsSecretsAndWhatRunsLaterBehindAQuestion()
{
    QFETCH(QString, mode);
    QFETCH(QByteArray, tool);
    QFETCH(QByteArray, input);
    const PrintRun run;
    put(run.path(u".env"_s), "A=CANARY\n");
    put(run.path(u"x/deploy_key"_s), "CANARY\n");
    const QString answer = answerTo(run, tool, input, {u"--permission-mode"_s, mode});
    QVERIFY2(answer.startsWith(u"Refused: this needs the person's word"_s), qPrintable(answer));
    QVERIFY(!answer.contains(u"CANARY"_s));
    QVERIFY(!QFile::exists(run.path(u".git"_s)) && !QFile::exists(run.path(u".envrc"_s)));
}

void GuardedPathsTest::keepsThePrivatePlacesOfAHomeThatIsTheProject_data()
{
    QTest::addColumn<QByteArray>("path");
    for (const char *path : {".ssh/id_rsa", "./.ssh//id_rsa", "handy/id_rsa", ".config/meanwhile/key",
             ".bash_history", "meanwhile/settings.ini", ".ssh/authorized_keys"})
        QTest::newRow(path) << QByteArray(path);
}

void GuardedPathsTest::keepsThePrivatePlacesOfAHomeThatIsTheProject()
{
    QFETCH(QByteArray, path);
    const PrintRun run;
    const QString home = QFileInfo(run.state()).path();
    for (const QString &name :
        {u"/.ssh/id_rsa"_s, u"/.config/meanwhile/key"_s, u"/.bash_history"_s, u"/meanwhile/settings.ini"_s})
        put(home + name, "");
    QVERIFY(QFile::link(home + u"/.ssh"_s, home + u"/handy"_s));
    QByteArray errors;
    const QString read = answerTo(run, "read_file", R"({"path":")" + path + R"("})",
        {u"--permission-mode"_s, u"plan"_s, home}, &errors);
    QVERIFY2(read.startsWith(u"Refused: this needs the person's word"_s), qPrintable(read));
    QVERIFY2(errors.contains("holds more than a project"), errors.constData());
    const QString written = answerTo(run, "write_file", R"({"path":")" + path + R"(","content":"x"})",
        {u"--permission-mode"_s, u"edits"_s, home});
    QVERIFY2(written.startsWith(u"Refused: this needs the person's word"_s), qPrintable(written));
}

void GuardedPathsTest::leavesThemOutOfAListingAndASearch()
{
    const PrintRun run;
    const QString home = QFileInfo(run.state()).path();
    put(home + u"/.ssh/notes.txt"_s, "CANARY\n");
    put(home + u"/code/notes.txt"_s, "CANARY\n");
    put(home + u"/code/.git/config"_s, "CANARY\n");
    const QStringList more{u"--permission-mode"_s, u"plan"_s, home};
    const QString listed = answerTo(run, "list_files", R"({"glob":"**/*.txt"})", more);
    QVERIFY2(listed.contains(u"code/notes.txt"_s) && !listed.contains(u".ssh/"_s), qPrintable(listed));
    const QString found = answerTo(run, "search_files", R"({"regex":"CANARY"})", more);
    QVERIFY2(found.contains(u"code/notes.txt"_s) && !found.contains(u".ssh/"_s), qPrintable(found));
    const QString inGit = answerTo(run, "search_files", R"({"regex":"CANARY","path":"code/.git"})", more);
    QVERIFY2(inGit.contains(u"keys or passwords"_s) && !inGit.contains(u"CANARY"_s), qPrintable(inGit));
}

void GuardedPathsTest::hangsOnNoPipeThatGitWouldRead()
{
    for (const QString &name : {u".gitignore"_s, u".git/config"_s, u".git/info/exclude"_s, u".git/HEAD"_s}) {
        PrintRun run;
        run.setLimit(30);
        QVERIFY(QDir().mkpath(run.path(u".git/info"_s)));
        run.write(u"a.txt"_s, "x");
        QCOMPARE(::mkfifo(QFile::encodeName(run.path(name)).constData(), 0600), 0);
        const QString listed = answerTo(run, "list_files", R"({"glob":"*.txt"})", {});
        QVERIFY2(listed.contains(u"a.txt"_s), qPrintable(name + u": "_s + listed));
    }
}

void GuardedPathsTest::saysOnceThatTheProjectWasReplaced()
{
    const PrintRun run;
    LoopbackServer server;
    const QByteArray aside = QFile::encodeName(run.project() + u".bak"_s);
    server.enqueue(anthropicAnswer({},
        {{"t1", "bash",
            R"({"command":"mv \"$PWD\" \"$PWD.bak\" && mkdir \"$PWD\" && echo new > \"$PWD/k.txt\""})"}}));
    server.enqueue(anthropicAnswer({}, {{"t2", "read_file", R"({"path":"k.txt"})"},
                                           {"t3", "write_file", R"({"path":"made.txt","content":"x"})"},
                                           {"t4", "bash", R"({"command":"touch ran"})"}}));
    server.enqueue(anthropicAnswer("I see."));
    const PrintResult result = run.ask(server);
    const QList<QJsonObject> answers = result.lines(u"tool_result"_s);
    QCOMPARE(answers.size(), 4);
    for (const QJsonObject &answer : answers.mid(1))
        QVERIFY2(answer.value(u"text"_s).toString().contains(u"moved, replaced or removed"_s),
            qPrintable(answer.value(u"text"_s).toString()));
    QCOMPARE(result.errors.count("was moved, replaced or removed"), 1);
    QCOMPARE(QDir(run.project()).entryList(QDir::Files), QStringList{u"k.txt"_s});
    QVERIFY(QDir(QFile::decodeName(aside)).removeRecursively());
}

MEANWHILE_TEST(GuardedPathsTest)
#include "tst_guardedpaths.moc"
