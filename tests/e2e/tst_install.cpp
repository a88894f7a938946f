// SPDX-License-Identifier: MIT
#include "support/testregistry.h"

#include <QDirIterator>
#include <QProcess>
#include <QtTest>

using namespace Qt::StringLiterals;

/// `cmake --install` and what it leaves.
class InstallTest : public QObject {
    Q_OBJECT

private slots:
    void aPackageIsEverybodysToReadUnderAnyUmask();
    void whatOneInstallsForOneselfFollowsTheUmask();
    void theInstalledProgramFindsItsPartsWhereverItLies();

private:
    static constexpr auto kEverybodys = QFile::ReadOther | QFile::ReadGroup;

    /// Under a strict umask, with these variables.
    static void install(const QString &prefix, const QMap<QString, QString> &variables = {})
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.remove(u"DESTDIR"_s);
        for (auto variable = variables.begin(); variable != variables.end(); ++variable)
            environment.insert(variable.key(), variable.value());
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(
            u"/bin/sh"_s, {u"-c"_s, u"umask 077; exec \"$@\""_s, u"sh"_s, QStringLiteral(MEANWHILE_CMAKE),
                              u"--install"_s, QStringLiteral(MEANWHILE_BUILD), u"--prefix"_s, prefix});
        QVERIFY(process.waitForFinished(120'000));
        QVERIFY2(process.exitCode() == 0, process.readAll().constData());
    }
    static QStringList all(const QString &folder)
    {
        QStringList found;
        QDirIterator files(
            folder, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
        while (files.hasNext())
            found += files.next();
        return found;
    }
};

void InstallTest::aPackageIsEverybodysToReadUnderAnyUmask()
{
    QTemporaryDir stage;
    install(u"/usr"_s, {{u"DESTDIR"_s, stage.path()}});
    const QStringList files = all(stage.path());
    QVERIFY(files.contains(stage.filePath(u"usr/bin/meanwhile"_s)));
    QVERIFY(files.contains(stage.filePath(u"usr/share/man/man1/meanwhile.1.gz"_s)));
    for (const QString &file : files) {
        const QFileInfo info(file);
        const auto wanted = info.isDir() ? kEverybodys | QFile::ExeOther | QFile::ExeGroup : kEverybodys;
        QVERIFY2(info.permission(wanted), qPrintable(file));
        QVERIFY2(!(info.permissions() & (QFile::WriteOther | QFile::WriteGroup)), qPrintable(file));
    }
}

void InstallTest::whatOneInstallsForOneselfFollowsTheUmask()
{
    QTemporaryDir home;
    install(home.filePath(u".local"_s), {{u"HOME"_s, home.path()}});
    QVERIFY(!QFileInfo(home.filePath(u".local"_s)).permission(QFile::ExeOther));
    QVERIFY(!QFileInfo(home.filePath(u".local/share"_s)).permission(QFile::ExeOther));
}

void InstallTest::theInstalledProgramFindsItsPartsWhereverItLies()
{
    QTemporaryDir top;
    install(top.filePath(u"made here"_s));
    QVERIFY(QDir(top.path()).rename(u"made here"_s, u"and moved"_s));
    QVERIFY(QDir(top.path()).mkdir(u"project"_s));
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"MEANWHILE_HOME"_s, top.filePath(u"home"_s));
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(top.filePath(u"project"_s));
    process.start(top.filePath(u"and moved/bin/meanwhile"_s),
        {u"--provider"_s, u"demo"_s, u"--permission-mode"_s, u"auto"_s, u"-p"_s, u"Run echo it-works"_s});
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.readAllStandardError(), QByteArray());
    QVERIFY(process.readAllStandardOutput().contains("\nit-works\n"));
    QCOMPARE(process.exitCode(), 0);
}

MEANWHILE_TEST(InstallTest)
#include "tst_install.moc"
