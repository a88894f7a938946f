// SPDX-License-Identifier: MIT
#include "project/laterrun.h"
#include "project/resolvedpath.h"
#include "support/testregistry.h"
#include "tools/toolbench.h"

#include <QtTest>

#include <unistd.h>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Meanwhile::Project;
using namespace Meanwhile::Tools;
using namespace Qt::StringLiterals;

class LaterRunTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void knowsByTheNameWhatRunsLater_data()
    {
        QTest::addColumn<bool>("runsLater");
        for (const char *path :
            {".Rprofile", ".ghci", ".irbrc", ".pryrc", ".psqlrc", ".sqliterc", ".gdbinit", ".lldbinit",
                ".pythonrc", ".tmux.conf", ".config/tmux/tmux.conf", ".config/nushell/env.nu",
                ".venv/bin/python", "venv/bin/activate", "a/.venv-3.11/bin/pip", "venv/pyvenv.cfg",
                "node_modules/.bin/tsc", ".venv/lib/python3.11/site-packages/x.pth", "sitecustomize.py",
                "src/usercustomize.py", ".ipython/profile_default/startup/a.py", "mise.toml",
                "mise.local.toml", ".mise.toml", ".mise/config.toml", ".mise.local.toml",
                ".config/sway/config", ".config/i3/config", ".config/hypr/hyprland.conf",
                ".config/openbox/autostart", ".config/kitty/kitty.conf", ".config/fish/conf.d/a.fish",
                ".config/starship.toml", ".config/user-dirs.dirs", ".gradle/init.d/a.gradle",
                ".m2/settings.xml", ".overcommit.yml", "lefthook.yml", ".lefthook.yml", ".husky/pre-push",
                ".aider.conf.yml", ".continue/config.yaml", ".qwen/settings.json", ".crush.json",
                ".cursor/rules/a.mdc", ".codex/config.toml", ".gemini/settings.json", "AGENTS.md",
                "sub/CLAUDE.md", "GEMINI.md", ".github/copilot-instructions.md", ".cursorrules",
                ".config/VSCodium/User/settings.json", ".config/Code/User/tasks.json",
                ".config/Code - OSS/User/tasks.json", ".spacemacs", ".emacs", ".emacs.d/init.el", ".exrc",
                ".nvimrc", ".nvim.lua", ".vimrc", ".vim/plugin/a.vim", ".bundle/config", ".helix/config.toml",
                "appveyor.yml", ".cirrus.yml", ".circleci/config.yml", ".gitlab/ci/build.yml", "Jenkinsfile"})
            QTest::newRow(path) << true;
        for (const char *path : {"Makefile", "package.json", "CMakeLists.txt", "docs/agents.txt",
                 "src/agents.cpp", "bin/tool", "environments/bin/a", "environment/bin/a", "env/model.py",
                 "mise.md", "venv.py", "docs/i3/config", ".config/nextest.toml", ".eslintrc", ".prettierrc",
                 ".nvmrc", ".gitlab/issue_templates/a.md", "site-packages/x.py", "kitty/kitty.conf",
                 "customize.py", "README.md", "emacs.md"})
            QTest::newRow(path) << false;
    }

    void knowsByTheNameWhatRunsLater()
    {
        QFETCH(bool, runsLater);
        const QString path = QString::fromLatin1(QTest::currentDataTag());
        QCOMPARE(laterRunnerOf(path) != LaterRunner::Nobody, runsLater);
    }

    void knowsFilesAndFoldersInAnyCaseAndPlace()
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
            u".github/ISSUE_TEMPLATE/a.md"_s, u".clang-format"_s, u".editorconfig"_s, u"autostart/a.c"_s,
            u"profile"_s, u"src/bashrc.py"_s};
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
        row(u"docs/guide.md"_s, true);     // CLAUDE.md is a link to it
        row(u"scripts/env.sh"_s, true);    // another name of .envrc
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
        bench.put(u".git/HEAD"_s, "ref: refs/heads/main\n");
        bench.put(u".git/objects/x"_s, "");
        bench.put(u".git/refs/x"_s, "");
        bench.put(u"src/a.cpp"_s, "x");
        bench.put(u"editor/x"_s, "x");
        bench.put(u"store/HEAD"_s, "ref: refs/heads/main\n");
        bench.put(u"store/objects/x"_s, "");
        bench.put(u"store/refs/x"_s, "");
        bench.put(u"store-room/x"_s, "");
        bench.put(u"scripts/env.sh"_s, "");
        QCOMPARE(::link(QFile::encodeName(bench.path(u"scripts/env.sh"_s)).constData(),
                     QFile::encodeName(bench.path(u".envrc"_s)).constData()),
            0);
        QVERIFY(QFile::link(u"docs/guide.md"_s, bench.path(u"CLAUDE.md"_s)));
        QVERIFY(QFile::link(u".git/hooks"_s, bench.path(u"handy"_s)));
        QVERIFY(QFile::link(u"editor"_s, bench.path(u".vscode"_s)));
        QVERIFY(QFile::link(u".vscode/tasks.json"_s, bench.path(u"tasks-link.json"_s)));
        path.replace(u"PROJECT"_s, bench.path());
        const Intent intent = bench.intent(u"write_file"_s, {{u"path"_s, path}, {u"content"_s, u"x"_s}});
        QCOMPARE(int(intent.care), int(runsLater ? Intent::Care::RunsLater : Intent::Care::None));
        QCOMPARE(intent.why.isEmpty(), !runsLater);
        QVERIFY(!intent.leavesProject);
    }

    void asksForWhatGitRunsOrObeysWhereverItIs_data()
    {
        QTest::addColumn<QString>("place");
        QTest::addColumn<bool>("runsLater");
        const auto row = [](const char *name, const QString &place, bool runsLater) {
            QTest::newRow(name) << place << runsLater;
        };
        row("what a hook links to", u"repo/scripts/check.sh"_s, true);
        row("what a hook links to, missing", u"repo/scripts/gone.sh"_s, true);
        row("another name of a hook", u"repo/scripts/hl.sh"_s, true);
        row("settings that are included", u"repo/conf/team.gitconfig"_s, true);
        row("settings that are included, missing", u"repo/conf/gone.gitconfig"_s, true);
        row("settings for a branch", u"repo/conf/branch.gitconfig"_s, true);
        row("hooksPath on one line", u"repo/ci/hooks/pre-push"_s, true);
        row("hooksPath in included settings", u"repo/team-hooks/pre-push"_s, true);
        row("hooksPath in a further working tree", u"tree/ci/hooks/pre-push"_s, true);
        row("a program that settings name", u"repo/scripts/clean.sh"_s, true);
        row("another name of such a program", u"repo/scripts/clean-twin.sh"_s, true);
        row("a hook of a repository within", u"repo/vendor/lib/tool.sh"_s, true);
        row("a script beside", u"repo/scripts/other.sh"_s, false);
        row("rules for ignoring", u"repo/conf/ignore"_s, false);
        row("a file beside the settings", u"repo/conf/other.gitconfig"_s, false);
        row("a folder beside the hooks", u"repo/ci/build.sh"_s, false);
        row("a word that is looked up in PATH", u"repo/main"_s, false);
    }

    void asksForWhatGitRunsOrObeysWhereverItIs()
    {
        QFETCH(QString, place);
        QFETCH(bool, runsLater);
        const QTemporaryDir root;
        const QString folder = resolvedPath(root.path()).value();
        makeRepository(folder);
        const QString path = folder + u'/' + place;
        const QStringList parts = place.split(u'/');
        // The project may be the repository, or a part of it.
        for (qsizetype i = 1; i < parts.size(); ++i) {
            const QString project = folder + u'/' + parts.first(i).join(u'/');
            QCOMPARE(laterRunnerAt(project, path), runsLater ? LaterRunner::Git : LaterRunner::Nobody);
        }
    }

    void takesTheNamesOfHooksWhereTheProjectIsTheirFolder()
    {
        const ToolBench bench;
        bench.put(u".git/HEAD"_s, "ref: refs/heads/main\n");
        bench.put(u".git/objects/x"_s, "");
        bench.put(u".git/refs/x"_s, "");
        bench.put(u".git/config"_s, "[core]\n\thooksPath = .\n");
        const QString project = resolvedPath(bench.path()).value();
        QCOMPARE(laterRunnerAt(project, project + u"/pre-commit"_s), LaterRunner::Git);
        QCOMPARE(laterRunnerAt(project, project + u"/src/main.cpp"_s), LaterRunner::Nobody);
    }

private:
    static void put(const QString &path, const QByteArray &bytes)
    {
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QFile file(path);
        QVERIFY(file.open(QFile::WriteOnly) && file.write(bytes) == bytes.size());
    }

    static void makeRepository(const QString &folder)
    {
        const auto twin = [&](const char *name, const char *other) {
            const QByteArray top = QFile::encodeName(folder + u'/');
            QCOMPARE(::link((top + name).constData(), (top + other).constData()), 0);
        };
        for (const QString &git : {u"/repo/.git"_s, u"/repo/vendor/lib/.git"_s}) {
            put(folder + git + u"/HEAD"_s, "ref: refs/heads/main\n");
            put(folder + git + u"/objects/x"_s, "");
            put(folder + git + u"/refs/x"_s, "");
            put(folder + git + u"/hooks/x"_s, "");
        }
        put(folder + u"/repo/.git/config"_s,
            "[core] hooksPath = ci/hooks\n\texcludesFile = conf/ignore\n"
            "[include]\n\tpath = ../conf/team.gitconfig\n\tpath = ../conf/gone.gitconfig\n"
            "[includeIf \"onbranch:x\"]\n\tpath = ../conf/branch.gitconfig\n"
            "[init]\n\tdefaultBranch = main\n"
            "[filter \"x\"]\n\tclean = sh scripts/clean.sh %f\n");
        put(folder + u"/repo/conf/team.gitconfig"_s, "[core]\nhookspath = \"team-hooks\"\n");
        for (const QString &name : {u"check.sh"_s, u"hl.sh"_s, u"clean.sh"_s})
            put(folder + u"/repo/scripts/"_s + name, "true\n");
        twin("repo/scripts/hl.sh", "repo/.git/hooks/post-checkout");
        twin("repo/scripts/clean.sh", "repo/scripts/clean-twin.sh");
        const QString hooks = folder + u"/repo/.git/hooks/"_s;
        QVERIFY(QFile::link(u"../../scripts/check.sh"_s, hooks + u"pre-commit"_s));
        QVERIFY(QFile::link(u"../../scripts/gone.sh"_s, hooks + u"pre-push"_s));
        QVERIFY(QFile::link(u"../../tool.sh"_s, folder + u"/repo/vendor/lib/.git/hooks/pre-commit"_s));
        put(folder + u"/tree/.git"_s, "gitdir: ../repo/.git/worktrees/tree\n");
        put(folder + u"/repo/.git/worktrees/tree/HEAD"_s, "ref: refs/heads/x\n");
        put(folder + u"/repo/.git/worktrees/tree/commondir"_s, "../..\n");
    }
};

MEANWHILE_TEST(LaterRunTest)
#include "tst_laterrun.moc"
