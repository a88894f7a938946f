// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "tools/laterrun.h"
#include "tools/toolbench.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Meanwhile::Tools;
using namespace Qt::StringLiterals;

class LaterRunTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void knowsByTheNameWhatRunsLater()
    {
        const QStringList obeyed{u".git"_s, u".git/hooks/pre-commit"_s, u".git/config"_s, u".GIT/Config"_s,
            u".git/commondir"_s, u".git/info/attributes"_s, u".git/config.worktree"_s,
            u".git/modules/a/hooks/x"_s, u"vendor/lib/.git/config"_s, u"sub/.git"_s, u"a/b/HEAD"_s,
            u".envrc"_s, u"a/.envrc"_s, u".vscode/tasks.json"_s, u".vscode/settings.json"_s,
            u".idea/runConfigurations/a.xml"_s, u".devcontainer/devcontainer.json"_s, u".devcontainer.json"_s,
            u".zed/tasks.json"_s, u".husky/pre-commit"_s, u".bashrc"_s, u".zshrc"_s, u".zshenv"_s,
            u".profile"_s, u".bash_profile"_s, u".config/fish/config.fish"_s, u".npmrc"_s, u".yarnrc.yml"_s,
            u".mcp.json"_s, u".claude/settings.json"_s, u".github/workflows/ci.yml"_s, u".gitlab-ci.yml"_s,
            u".gitconfig"_s, u".config/git/config"_s, u".config/autostart/x.desktop"_s,
            u".config/systemd/user/x.service"_s, u".local/bin/ls"_s, u".vimrc"_s, u".exrc"_s,
            u".dir-locals.el"_s, u".gdbinit"_s, u".pre-commit-config.yaml"_s};
        const QStringList plain{u"Makefile"_s, u"package.json"_s, u"src/main.cpp"_s, u".gitignore"_s,
            u".gitattributes"_s, u".gitmodules"_s, u"docs/git/config"_s, u"head"_s, u"config"_s,
            u"AGENTS.md"_s, u".github/ISSUE_TEMPLATE/a.md"_s, u".clang-format"_s, u".editorconfig"_s,
            u"autostart/a.c"_s, u"profile"_s, u"src/bashrc.py"_s};
        for (const QString &path : obeyed)
            QVERIFY2(laterRunnerOf(path) != LaterRunner::Nobody, qPrintable(path));
        for (const QString &path : plain)
            QVERIFY2(laterRunnerOf(path) == LaterRunner::Nobody, qPrintable(path));
    }

    void asksHoweverThePathIsSpeltAndWhateverLinksLeadThere_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("runsLater");
        const auto row = [](const QString &path, bool runsLater) {
            QTest::newRow(qPrintable(path)) << path << runsLater;
        };
        row(u".git/hooks/post-checkout"_s, true);
        row(u"./src//../.git/./config"_s, true);
        row(u"PROJECT/.git/config"_s, true);
        row(u"handy/pre-commit"_s, true);  // links to .git/hooks
        row(u"tasks-link.json"_s, true);   // links to .vscode/tasks.json, which is missing
        row(u"editor/tasks.json"_s, true); // .vscode is a link to editor
        row(u"store/config"_s, true);      // a repository of another name
        row(u"store/hooks/update"_s, true);
        row(u"my-hooks/pre-push"_s, true); // core.hooksPath
        row(u"src/new.cpp"_s, false);
        row(u"Makefile"_s, false);
        row(u"store-room/config"_s, false);
    }

    void asksHoweverThePathIsSpeltAndWhateverLinksLeadThere()
    {
        QFETCH(QString, path);
        QFETCH(bool, runsLater);
        const ToolBench bench;
        bench.put(u".git/config"_s, "[core]\n\thooksPath = my-hooks\n");
        bench.put(u".git/hooks/x"_s, "");
        bench.put(u"src/a.cpp"_s, "x");
        bench.put(u"editor/x"_s, "x");
        bench.put(u"store/HEAD"_s, "ref: refs/heads/main\n");
        bench.put(u"store/objects/x"_s, "");
        bench.put(u"store/refs/x"_s, "");
        bench.put(u"store-room/x"_s, "");
        QVERIFY(QFile::link(u".git/hooks"_s, bench.path(u"handy"_s)));
        QVERIFY(QFile::link(u"editor"_s, bench.path(u".vscode"_s)));
        QVERIFY(QFile::link(u".vscode/tasks.json"_s, bench.path(u"tasks-link.json"_s)));
        path.replace(u"PROJECT"_s, bench.path());
        const Intent intent = bench.intent(u"write_file"_s, {{u"path"_s, path}, {u"content"_s, u"x"_s}});
        QCOMPARE(int(intent.care), int(runsLater ? Intent::Care::RunsLater : Intent::Care::None));
        QCOMPARE(intent.why.isEmpty(), !runsLater);
        QVERIFY(!intent.leavesProject);
    }
};

MEANWHILE_TEST(LaterRunTest)
#include "tst_laterrun.moc"
