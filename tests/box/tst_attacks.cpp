// SPDX-License-Identifier: MIT
#include "boxworld.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

/// Attempts whose way is not known beforehand.
class AttacksTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_world = std::make_unique<BoxWorld>(::geteuid());
        QVERIFY(m_world->isWhole());
    }

    void cleanupTestCase() { m_world.reset(); }

    void init() { m_world->resetProject(); }

    void randomProgramsChangeNothingThatIsProtected()
    {
        constexpr int kBoxes = 20;
        const int programs = qEnvironmentVariableIntValue("MEANWHILE_RANDOM_PROGRAMS");
        for (int seed = 0; seed < kBoxes; ++seed) {
            m_world->resetProject();
            const QByteArray outside = m_world->snapshot();
            const QByteArray names = protectedBytes();
            QVERIFY(names.contains("sample"));
            const BoxWorld::Ending ending = m_world->run(
                u"$E anything $P %1 %2"_s.arg(seed).arg(programs > 0 ? programs : 1000), m_world->policy());
            QVERIFY2(ending.exitCode == 0, ending.output + ending.status);
            QCOMPARE(m_world->snapshot(), outside);
            QCOMPARE(protectedBytes(), names);
        }
    }

    // They are seen to do so where nothing is.
    void randomProgramsChangeWhatIsNotProtected()
    {
        const QByteArray names = protectedBytes();
        Box::BoxPolicy policy = m_world->policy();
        policy.protectedNames.clear();
        policy.pinned.clear();
        QCOMPARE(m_world->run(u"$E anything $P 1 1000"_s, policy).exitCode, 0);
        QVERIFY(protectedBytes() != names);
    }

    // The builder looks at a name while a command of another box changes what it is.
    void aNameThatChangesWhileTheBoxIsBuiltShowsNothing()
    {
        QVERIFY(m_world->shell(u"mkdir home/project/.husky; ln -s ../.ssh home/project/other"_s));
        Box::BoxPolicy policy = m_world->policy();
        policy.protectedNames.push_back(policy.project + "/.husky");
        QProcess flipping;
        m_world->start(flipping, m_world->environment().value(u"ESCAPE"_s),
            {u"flip"_s, m_world->project() + u"/.husky"_s, m_world->project() + u"/other"_s});
        QVERIFY(flipping.waitForStarted());
        int refused = 0;
        for (int i = 0; i < 60; ++i) {
            const BoxWorld::Ending ending = m_world->run(
                u"for i in {1..20}; do cat .husky/id_rsa other/id_rsa; done 2>/dev/null"_s, policy);
            QVERIFY2(!ending.output.contains("canary"), ending.output + ending.status);
            refused += ending.status.startsWith("failed box ");
        }
        QVERIFY(flipping.state() == QProcess::Running);
        flipping.kill();
        flipping.waitForFinished();
        qInfo("%d of 60 boxes were refused", refused);
    }

private:
    /// What is protected, as it is outside.
    QByteArray protectedBytes() const
    {
        QProcess process;
        m_world->start(process, u"/bin/bash"_s,
            {u"-c"_s, u"cd home/project && for f in $(find .git/config .git/hooks .git/info .envrc "
                      u".vscode/tasks.json | sort); do stat -c '%n %a %F' $f; [ -f $f ] && cat $f; done"_s});
        return process.waitForFinished() ? process.readAllStandardOutput() : QByteArray();
    }

    std::unique_ptr<BoxWorld> m_world;
};

MEANWHILE_TEST(AttacksTest)
#include "tst_attacks.moc"
