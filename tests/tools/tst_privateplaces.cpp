// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "tools/linuxprojectfiles.h"
#include "tools/resolvedpath.h"

#include <QtTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Meanwhile;
using namespace Meanwhile::Tools;
using namespace Qt::StringLiterals;

/// A project that is a home.
class PrivatePlacesTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void init()
    {
        m_root = std::make_unique<QTemporaryDir>();
        m_home = resolvedPath(m_root->path()).value();
        for (const QString &name : {u".ssh/id_rsa"_s, u".ssh/authorized_keys"_s, u".aws/credentials"_s,
                 u".bash_history"_s, u".netrc"_s, u".config/meanwhile/key"_s, u".docker/config.json"_s,
                 u".docker/other"_s, u"code/main.c"_s, u"state/meanwhile.db"_s})
            put(name);
        QVERIFY(QFile::link(m_home + u"/.ssh"_s, m_home + u"/code/handy"_s));
        QVERIFY(QFile::link(u"../.ssh/id_rsa"_s, m_home + u"/code/key"_s));
        QCOMPARE(::link(QFile::encodeName(m_home + u"/.ssh/id_rsa"_s).constData(),
                     QFile::encodeName(m_home + u"/code/twin"_s).constData()),
            0);
        m_project = std::make_shared<ProjectRoot>(m_home);
    }

    void keepsThePrivatePlacesOfAHomeOutside_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("isOutside");
        const QStringList outside{u".ssh"_s, u".ssh/id_rsa"_s, u"./.ssh//id_rsa"_s, u"code/../.ssh/id_rsa"_s,
            u"HOME/.ssh/id_rsa"_s, u"/proc/self/root/HOME/.ssh/id_rsa"_s, u"code/handy/id_rsa"_s,
            u"code/key"_s, u"code/twin"_s, u".ssh/new"_s, u".gnupg/new"_s, u".aws/credentials"_s,
            u".bash_history"_s, u".zsh_history"_s, u".netrc"_s, u".docker/config.json"_s,
            u".config/meanwhile/key"_s, u"state/meanwhile.db"_s, u"/proc/self/environ"_s,
            u".mozilla/firefox/x"_s, u".git-credentials"_s};
        const QStringList inside{
            u"code/main.c"_s, u"."_s, u".docker/other"_s, u".config/other"_s, u"new"_s, u".sshx"_s};
        for (const QString &path : outside)
            QTest::newRow(qPrintable(path)) << path << true;
        for (const QString &path : inside)
            QTest::newRow(qPrintable(path)) << path << false;
    }

    void keepsThePrivatePlacesOfAHomeOutside()
    {
        QFETCH(QString, path);
        QFETCH(bool, isOutside);
        path.replace(u"/HOME"_s, m_home).replace(u"HOME"_s, m_home);
        for (const auto resolver :
            {LinuxProjectFiles::Resolver::Kernel, LinuxProjectFiles::Resolver::ComponentWalk}) {
            const LinuxProjectFiles files(m_project, places(), resolver);
            QCOMPARE(files.factsOf(path).leavesProject, isOutside);
            const auto opened = files.open(path, Reach::InsideProject);
            const auto place = files.placeFor(path, Reach::InsideProject, false);
            if (isOutside) {
                QVERIFY(!opened && !place);
                QVERIFY(opened.error().kind != ErrorKind::NotFound || !QFile::exists(path));
                QVERIFY(!QFile::exists(m_home + u"/.gnupg"_s));
            }
        }
    }

    void opensAPrivatePlaceThatThePersonAllowed()
    {
        const LinuxProjectFiles files(m_project, places());
        const QString place = files.factsOf(u"code/key"_s).place;
        QCOMPARE(place, m_home + u"/.ssh/id_rsa"_s);
        QVERIFY(files.open(u"code/key"_s, {Reach::Border::None, place}));
    }

    void knowsWhichOfThemAWalkMustNotEnter()
    {
        const LinuxProjectFiles files(m_project, places());
        const QStringList closed = files.closedBelow(u"."_s, Reach::InsideProject);
        QVERIFY(closed.contains(m_home + u"/.ssh"_s) && closed.contains(m_home + u"/.bash_history"_s));
        QVERIFY(!closed.contains(m_home + u"/.mozilla"_s)); // there is none
        QVERIFY(files.closedBelow(u"code"_s, Reach::InsideProject).isEmpty());
    }

    void countsAProjectInItsOwnFoldersWithoutThem()
    {
        put(u"state/work/main.c"_s);
        const PrivatePlaces own({}, {m_home + u"/state"_s}, m_home + u"/state/work"_s);
        QVERIFY(!own.hold(m_home + u"/state/work/main.c"_s));
        QVERIFY(own.hold(m_home + u"/state/meanwhile.db"_s));
        QVERIFY(PrivatePlaces({}, {m_home + u"/state"_s}, m_home).hold(m_home + u"/state/work"_s));
    }

private:
    PrivatePlaces places() const { return PrivatePlaces({m_home}, {m_home + u"/state"_s}, m_home); }
    void put(const QString &name) const
    {
        const QString path = m_home + u'/' + name;
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QFile file(path);
        QVERIFY(file.open(QFile::WriteOnly));
    }

    std::unique_ptr<QTemporaryDir> m_root;
    std::shared_ptr<ProjectRoot> m_project;
    QString m_home;
};

MEANWHILE_TEST(PrivatePlacesTest)
#include "tst_privateplaces.moc"
