// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "taskfixture.h"
#include "tasks/childenvironment.h"
#include "tasks/loginshellpath.h"

#include <QElapsedTimer>

using namespace Meanwhile::Tasks;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// A login shell of our own making, with `profile` run before the command it is given.
QProcessEnvironment withShell(const QTemporaryDir &folder, const QByteArray &profile)
{
    QFile shell(folder.filePath(u"shell"_s));
    if (shell.open(QIODevice::WriteOnly)) {
        shell.write("#!/bin/bash\n[ \"$1\" = -lc ] || exit 9\n" + profile + "\neval \"$2\"\n");
        shell.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"SHELL"_s, shell.fileName());
    return environment;
}

} // namespace

class ChildEnvironmentTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void knowsTheKeysOfModels_data()
    {
        QTest::addColumn<bool>("isKey");
        for (const char *name : {"ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "OPENAI_API_KEY",
                 "GEMINI_API_KEY", "AZURE_OPENAI_API_KEY", "OPENROUTER_API_KEY", "MISTRAL_API_KEY",
                 "CLAUDE_CODE_OAUTH_TOKEN", "anthropic_api_key"})
            QTest::newRow(name) << true;
        for (const char *name : {"STRIPE_API_KEY", "ANTHROPIC_BASE_URL", "OPENAI_MODEL", "GITHUB_TOKEN",
                 "PATH", "MY_OPENAI_API_KEY_NAME", "XAIR_API_KEY", "_API_KEY", "NPM_AUTH_TOKEN"})
            QTest::newRow(name) << false;
    }

    void knowsTheKeysOfModels()
    {
        QFETCH(bool, isKey);
        QCOMPARE(ChildEnvironment::isModelKey(QString::fromLatin1(QTest::currentDataTag())), isKey);
    }

    void takesKeysAwayAndTurnsPagersOff()
    {
        QProcessEnvironment own;
        own.insert(u"ANTHROPIC_API_KEY"_s, u"secret"_s);
        own.insert(u"STRIPE_API_KEY"_s, u"test"_s);
        own.insert(u"TERM"_s, u"xterm"_s);
        own.insert(u"PAGER"_s, u"less"_s);
        const QProcessEnvironment made = ChildEnvironment::make(own);
        QStringList entries = made.toStringList();
        entries.sort();
        QCOMPARE(entries, (QStringList{u"GIT_PAGER=cat"_s, u"GIT_TERMINAL_PROMPT=0"_s, u"NO_COLOR=1"_s,
                              u"PAGER=cat"_s, u"STRIPE_API_KEY=test"_s, u"TERM=dumb"_s}));
    }

    void putsTheLoginPathFirstAndNothingTwice()
    {
        QProcessEnvironment own;
        own.insert(u"PATH"_s, u"/usr/bin:/opt/app"_s);
        QCOMPARE(ChildEnvironment::make(own, u"/home/me/bin:/usr/bin"_s).value(u"PATH"_s),
            u"/home/me/bin:/usr/bin:/opt/app"_s);
        QCOMPARE(ChildEnvironment::make(own).value(u"PATH"_s), u"/usr/bin:/opt/app"_s);
    }

    void tellsADesktopStartFromATerminal()
    {
        QProcessEnvironment own;
        QVERIFY(ChildEnvironment::lacksLoginShell(own));
        own.insert(u"SHLVL"_s, u"1"_s);
        QVERIFY(!ChildEnvironment::lacksLoginShell(own));
    }

    void readsThePathThroughTheNoiseOfProfiles_data()
    {
        QTest::addColumn<QByteArray>("profile");
        QTest::addColumn<QString>("path");
        const QString usual = u"/from/profile:/usr/bin:/bin"_s;
        const QByteArray set = "export PATH=/from/profile:/usr/bin:/bin\n";
        QTest::newRow("quiet") << set << usual;
        QTest::newRow("greeting without a line end") << set + "printf 'Welcome, PATH=/evil'" << usual;
        QTest::newRow("on stderr") << set + "echo noise >&2" << usual;
        QTest::newRow("traced") << set + "set -x" << usual;
        QTest::newRow("asks a question") << set + "read answer; echo \"you said $answer\"" << usual;
        QTest::newRow("leaves an agent behind") << set + "sleep 1000 &" << usual;
        QTest::newRow("prints after it") << set + "trap 'echo bye' EXIT" << usual;
        QTest::newRow("breaks off") << QByteArray("exit 3") << QString();
    }

    void readsThePathThroughTheNoiseOfProfiles()
    {
        QFETCH(QByteArray, profile);
        QFETCH(QString, path);
        const QTemporaryDir folder;
        LoginShellPath shell(TaskFixture::runnerPath());
        const QFuture<QString> answer = shell.read(withShell(folder, profile));
        QTRY_VERIFY(answer.isFinished());
        QCOMPARE(answer.result(), path);
    }

    void givesUpOnAShellThatHangs()
    {
        const QTemporaryDir folder;
        LoginShellPath shell(TaskFixture::runnerPath());
        const QFuture<QString> answer = shell.read(withShell(folder, "sleep 1000"), 50ms);
        QTRY_VERIFY(answer.isFinished());
        QCOMPARE(answer.result(), QString());
    }

    void givesUpWithoutARunner()
    {
        LoginShellPath shell(u"/nowhere/meanwhile-run"_s);
        const QFuture<QString> answer = shell.read(QProcessEnvironment::systemEnvironment());
        QTRY_VERIFY(answer.isFinished());
        QCOMPARE(answer.result(), QString());
    }
};

MEANWHILE_TEST(ChildEnvironmentTest)
#include "tst_childenvironment.moc"
