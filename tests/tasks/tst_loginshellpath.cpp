// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "taskfixture.h"
#include "tasks/loginshellpath.h"

#include <QStandardPaths>

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
        shell.write(
            "#!/bin/bash\ncase \"$1\" in -ilc|-lc) ;; *) exit 9;; esac\n" + profile + "\neval \"$2\"\n");
        shell.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"SHELL"_s, shell.fileName());
    return environment;
}

/// A home with these start files, and the shell of this name as it is installed; empty where it is not.
QProcessEnvironment atHome(
    const QTemporaryDir &home, const QString &shell, const QMap<QString, QByteArray> &files)
{
    for (auto it = files.begin(); it != files.end(); ++it) {
        const QString path = home.filePath(it.key());
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(*it);
    }
    QProcessEnvironment environment;
    environment.insert(u"HOME"_s, home.path());
    environment.insert(u"SHELL"_s, QStandardPaths::findExecutable(shell));
    environment.insert(u"PATH"_s, u"/usr/bin:/bin"_s);
    return environment;
}

// As Debian has them: .profile reads .bashrc, which leaves at once where nobody sits at a terminal.
const QByteArray kDebianProfile = "if [ -n \"$BASH_VERSION\" ]; then\n  if [ -f \"$HOME/.bashrc\" ]; then\n  "
                                  "  . \"$HOME/.bashrc\"\n  fi\nfi\n"
                                  "PATH=\"$HOME/.local/bin:$PATH\"\n";
const QByteArray kDebianBashrc = "case $- in\n    *i*) ;;\n      *) return;;\nesac\n";

} // namespace

class LoginShellPathTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void findsWhatOnlyATerminalsStartFilesAdd_data()
    {
        QTest::addColumn<QString>("shell");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("text");
        const QByteArray add = "export PATH=\"/from/nvm/bin:$PATH\"\n";
        const QByteArray bash = kDebianBashrc + add;
        QTest::newRow("bash") << u"bash"_s << u".bashrc"_s << bash;
        QTest::newRow("bash that greets")
            << u"bash"_s << u".bashrc"_s << "echo Hello; printf 'PATH=/evil'\n" + bash;
        QTest::newRow("bash with a prompt command")
            << u"bash"_s << u".bashrc"_s << bash + "PROMPT_COMMAND='echo prompt'; PS1='$ '; set -m\n";
        QTest::newRow("bash that asks") << u"bash"_s << u".bashrc"_s << bash + "read -p 'Update? ' answer\n";
        QTest::newRow("bash that wants the terminal")
            << u"bash"_s << u".bashrc"_s << bash + "stty -ixon; exec 3</dev/tty; read x </dev/tty\n";
        QTest::newRow("bash that becomes another") << u"bash"_s << u".bashrc"_s << bash + "exec sh\n";
        QTest::newRow("dash") << u"dash"_s << u".profile"_s << add;
        QTest::newRow("zsh") << u"zsh"_s << u".zshrc"_s << add;
        QTest::newRow("bash that becomes zsh") << u"bash"_s << u".bashrc"_s << kDebianBashrc + "exec zsh\n";
        QTest::newRow("fish") << u"fish"_s << u".config/fish/config.fish"_s
                              << QByteArray(
                                     "if status is-interactive\n  set -gx PATH /from/nvm/bin $PATH\nend\n");
    }

    void findsWhatOnlyATerminalsStartFilesAdd()
    {
        QFETCH(QString, shell);
        QFETCH(QString, file);
        QFETCH(QByteArray, text);
        const bool becomesZsh = text.contains("exec zsh");
        if (QStandardPaths::findExecutable(becomesZsh ? u"zsh"_s : shell).isEmpty())
            QSKIP("this shell is not installed");
        const QTemporaryDir home;
        QMap<QString, QByteArray> files{{file, text}};
        if (shell == u"bash"_s)
            files.insert(u".profile"_s, kDebianProfile);
        if (becomesZsh)
            files.insert(u".zshrc"_s, "export PATH=\"/from/nvm/bin:$PATH\"\n");
        LoginShellPath path(TaskFixture::runnerPath());
        const QFuture<QString> answer = path.read(atHome(home, shell, files));
        QTRY_VERIFY_WITH_TIMEOUT(answer.isFinished(), 20'000);
        QVERIFY2(answer.result().split(u':').contains(u"/from/nvm/bin"_s), qPrintable(answer.result()));
    }

    void takesTheProfilesPathWhereTheOtherFilesHang()
    {
        const QTemporaryDir home;
        LoginShellPath path(TaskFixture::runnerPath());
        const QFuture<QString> answer = path.read(
            atHome(home, u"bash"_s,
                {{u".profile"_s, kDebianProfile},
                    {u".bashrc"_s,
                        kDebianBashrc + "trap '' TERM; echo $$ > ~/pid; while :; do sleep 1000; done\n"}}),
            3s);
        QTRY_VERIFY_WITH_TIMEOUT(answer.isFinished(), 20'000);
        QVERIFY2(answer.result().startsWith(home.path() + u"/.local/bin:"_s), qPrintable(answer.result()));
        QFile file(home.filePath(u"pid"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const pid_t pid = pid_t(file.readAll().trimmed().toInt());
        QVERIFY(pid > 1);
        QTRY_VERIFY_WITH_TIMEOUT(::kill(pid, 0) != 0, 20'000); // the whole group is gone
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

MEANWHILE_TEST(LoginShellPathTest)
#include "tst_loginshellpath.moc"
