// SPDX-License-Identifier: MIT
#include "base/homefolder.h"
#include "e2e/printrun.h"
#include "support/testregistry.h"

#include <QDir>
#include <QProcess>
#include <QtTest>

#include <pwd.h>
#include <unistd.h>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

/// What a shell says of `script`, in which $M is the program and the folder is a project.
PrintResult runScript(const QString &script)
{
    const QTemporaryDir home;
    const QTemporaryDir project;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"MEANWHILE_HOME"_s, home.filePath(u"meanwhile"_s));
    environment.insert(u"M"_s, qEnvironmentVariable("MEANWHILE_BIN_DIR") + u"/meanwhile"_s);
    QProcess shell;
    shell.setProcessEnvironment(environment);
    shell.setWorkingDirectory(project.path());
    shell.start(u"/bin/bash"_s, {u"-c"_s, script});
    if (!shell.waitForFinished(60'000))
        return {};
    return {shell.exitStatus() == QProcess::NormalExit ? shell.exitCode() : -1, shell.readAllStandardOutput(),
        shell.readAllStandardError()};
}

} // namespace

/// Machines that lack what one counts on: one sentence and a status, never a core and never silence.
class FreshMachinesTest : public QObject {
    Q_OBJECT

private slots:
    void saysWhatIsMissing_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QByteArray>("errors");
        QTest::newRow("a full disk behind the output")
            << u"$M --provider demo -p hello >/dev/full"_s << 1
            << QByteArray("meanwhile: The answer could not be written to standard output: No space left on "
                          "device.\n");
        QTest::newRow("no display")
            << u"env -u DISPLAY -u WAYLAND_DISPLAY -u QT_QPA_PLATFORM $M"_s << 1
            << QByteArray("meanwhile: There is no display to open a window on. Start it in a desktop "
                          "session, connect with "
                          "\"ssh -X\", or use meanwhile -p \"your request\", which needs none.\n");
        QTest::newRow("the current folder is gone")
            << u"d=$(mktemp -d); cd $d; rmdir $d; $M --provider demo -p x"_s << 2
            << QByteArray("meanwhile: The current folder was removed. Go to the project's folder, then start "
                          "Meanwhile again.\n");
        QTest::newRow("files may not grow")
            << u"ulimit -f 1; $M --provider demo -p hello"_s << 1 << QByteArray("could not be saved");
        QTest::newRow("no locale") << u"env -i LC_ALL=xx_XX $M --version"_s << 0 << QByteArray();
    }
    void saysWhatIsMissing()
    {
        QFETCH(const QString, script);
        QFETCH(const QByteArray, errors);
        const PrintResult result = runScript(script);
        QVERIFY2(errors.endsWith('\n') || errors.isEmpty() ? result.errors == errors
                                                           : result.errors.contains(errors),
            result.everything());
        QTEST(result.exitCode, "exitCode");
    }

    void asksTheSystemForAHomeThatIsNone_data()
    {
        QTest::addColumn<bool>("isSet");
        QTest::addColumn<QByteArray>("home");
        QTest::newRow("unset") << false << QByteArray();
        QTest::newRow("empty") << true << QByteArray("");
        QTest::newRow("the root") << true << QByteArray("/");
        QTest::newRow("relative") << true << QByteArray("home");
    }
    void asksTheSystemForAHomeThatIsNone()
    {
        QFETCH(const bool, isSet);
        QFETCH(const QByteArray, home);
        const QByteArray before = qgetenv("HOME");
        if (isSet)
            qputenv("HOME", home);
        else
            qunsetenv("HOME");
        const QString found = homeFolder();
        qputenv("HOME", before);
        const passwd *user = getpwuid(geteuid());
        QVERIFY(user);
        QCOMPARE(found, QDir::cleanPath(QFile::decodeName(user->pw_dir)));
    }
};

MEANWHILE_TEST(FreshMachinesTest)
#include "tst_freshmachines.moc"
