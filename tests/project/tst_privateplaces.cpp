// SPDX-License-Identifier: MIT
#include "project/linuxprojectfiles.h"
#include "project/resolvedpath.h"
#include "support/testregistry.h"

#include <QtTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Meanwhile;
using namespace Meanwhile::Project;
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
            u".mozilla/firefox/x"_s, u".git-credentials"_s, u".databrickscfg"_s, u".fly/config.yml"_s,
            u".bitcoin/wallet.dat"_s, u".config/solana/id.json"_s, u".config/stripe/config.toml"_s,
            u".config/op/config"_s, u".terraform.d/credentials.tfrc.json"_s, u".putty/x"_s};
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

    void looksOnlyAtHomesThatTheProjectHasToDoWith_data()
    {
        QTest::addColumn<QString>("project");
        QTest::addColumn<QStringList>("others");
        QTest::newRow("in the own home") << u"/home/me/code"_s << QStringList{};
        QTest::newRow("elsewhere") << u"/srv/code"_s << QStringList{};
        QTest::newRow("all homes") << u"/home"_s << QStringList{u"/home/ann"_s, u"/home/bob"_s};
        QTest::newRow("everything") << u"/"_s << QStringList{u"/root"_s, u"/home/ann"_s, u"/home/bob"_s};
        QTest::newRow("another home") << u"/home/ann"_s << QStringList{u"/home/ann"_s};
        QTest::newRow("in another home") << u"/home/ann/.ssh"_s << QStringList{u"/home/ann"_s};
        QTest::newRow("a name that begins alike") << u"/home/anna"_s << QStringList{};
    }

    void looksOnlyAtHomesThatTheProjectHasToDoWith()
    {
        QFETCH(QString, project);
        QFETCH(QStringList, others);
        const QByteArray users = "root:x:0:0:root:/root:/bin/bash\n"
                                 "daemon:x:1:1::/home/daemon:/usr/sbin/nologin\n"
                                 "ann:x:1000:1000::/home/ann/:/bin/bash\n"
                                 "me:x:1001:1001::/home/me:/bin/bash\n"
                                 "bob:x:1002:1002::/home/bob:/bin/bash\n"
                                 "nobody:x:65534:65534::/home/nobody:/bin/sh\n"
                                 "odd:x:1003:1003::/:/bin/sh\n\n";
        QCOMPARE(PrivatePlaces::homesFor(project, u"/home/me"_s, users), QStringList{u"/home/me"_s} + others);
    }

    void knowsTheOtherNameOfAKeyBesideALargePlace()
    {
        QVERIFY(QDir().mkpath(m_home + u"/.mozilla"_s));
        const QByteArray large = QFile::encodeName(m_home + u"/.mozilla/"_s);
        for (int i = 0; i < 4'100; ++i)
            QCOMPARE(::mknod((large + QByteArray::number(i)).constData(), S_IFREG | 0600, 0), 0);
        for (const QString &name : {u".config/meanwhile/key"_s, u".aws/credentials"_s,
                 u"state/meanwhile.db"_s, u".config/Signal/config.json"_s}) {
            if (!QFile::exists(m_home + u'/' + name))
                put(name);
            QCOMPARE(::link(QFile::encodeName(m_home + u'/' + name).constData(),
                         QFile::encodeName(m_home + u"/code/other"_s).constData()),
                0);
            const LinuxProjectFiles files(m_project, places());
            QVERIFY2(!files.open(u"code/other"_s, Reach::InsideProject), qPrintable(name));
            QVERIFY(QFile::remove(m_home + u"/code/other"_s));
        }
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
