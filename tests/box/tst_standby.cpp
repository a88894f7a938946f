// SPDX-License-Identifier: MIT
#include "boxworld.h"
#include "support/patience.h"
#include "support/testregistry.h"
#include "tasks/jobfile.h"

#include <QtTest>

#include <csignal>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

/// A runner that stands by, and its box with it.
class StandbyTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_world = std::make_unique<BoxWorld>(::geteuid());
        QVERIFY(m_world->isWhole());
    }

    void cleanupTestCase() { m_world.reset(); }

    void init()
    {
        m_world->resetProject();
        m_runner = std::make_unique<QProcess>();
        m_world->start(*m_runner, BoxWorld::runner(), {u"--standby"_s});
        QVERIFY(m_runner->waitForStarted());
        m_said.clear();
    }

    void cleanup()
    {
        m_runner->closeWriteChannel();
        QVERIFY(m_runner->state() == QProcess::NotRunning || m_runner->waitForFinished());
        m_runner.reset();
    }

    void theBoxStandsBeforeTheCommandIsKnown()
    {
        prepare(m_world->policy());
        QVERIFY(waitFor([this] { return standing() == 1; }));
        const QByteArray output =
            run(u"echo $$; grep -c . /proc/1/comm; echo $MEANWHILE_TASK"_s, m_world->policy());
        QCOMPARE(output, "2\n1\n" + m_task + "\n");
    }

    void eachCommandHasABoxOfItsOwn()
    {
        for (int i = 0; i < 5; ++i) {
            QCOMPARE(run(u"mkdir /dev/shm/own && echo $$"_s, m_world->policy()), QByteArray("2\n"));
            QVERIFY(waitFor([this] { return standing() == 1; }));
        }
    }

    void anotherPolicyGetsAnotherBox()
    {
        Box::BoxPolicy wide = m_world->policy();
        wide.hidden.clear();
        prepare(wide);
        QVERIFY(waitFor([this] { return standing() == 1; }));
        QCOMPARE(run(u"cat ~/other/secret || echo held"_s, m_world->policy()).right(5), QByteArray("held\n"));
    }

    // A hook that is made while the box stands must be protected in it.
    void aBoxThatIsNoLongerWhatWouldBeBuiltIsNotUsed()
    {
        Box::BoxPolicy policy = m_world->policy();
        policy.protectedNames.push_back(policy.project + "/.husky");
        prepare(policy);
        QVERIFY(waitFor([this] { return standing() == 1; }));
        QVERIFY(QDir(m_world->project()).mkdir(u".husky"_s));
        QCOMPARE(run(u"touch .husky/x 2>/dev/null || echo held"_s, policy), QByteArray("held\n"));
    }

    void withoutABoxACommandRunsOutside()
    {
        prepare(m_world->policy());
        QVERIFY(waitFor([this] { return standing() == 1; }));
        QCOMPARE(run(u"cat ~/other/secret"_s, std::nullopt), QByteArray("canary\n"));
        QCOMPARE(standing(), 0);
    }

    void aLongCommandRunsNoDifferently()
    {
        QCOMPARE(run(u": '"_s + QString(300'000, u'x') + u"'\necho $0 $LINENO; ls /proc/self/fd | wc -l"_s,
                     m_world->policy()),
            QByteArray("bash 2\n4\n"));
    }

    void aKilledBoxThatStandsByIsReplaced()
    {
        prepare(m_world->policy());
        QVERIFY(waitFor([this] { return standing() == 1; }));
        for (const QString &pid : insides())
            ::kill(pid_t(pid.toInt()), SIGKILL);
        QVERIFY(waitFor([this] { return standing() == 0; }));
        QCOMPARE(run(u"echo $$"_s, m_world->policy()), QByteArray("2\n"));
    }

    void aBoxThatStandsByEndsWithItsRunner()
    {
        prepare(m_world->policy());
        QVERIFY(waitFor([this] { return standing() == 1; }));
        const QStringList before = insides();
        m_runner->kill();
        QVERIFY(m_runner->waitForFinished());
        for (const QString &pid : before)
            QVERIFY(waitFor([&pid] { return !QFile::exists(u"/proc/"_s + pid + u"/stat"_s); }));
    }

    void aPlanCarriesItsBox()
    {
        Tasks::Grant grant;
        grant.confinement.box = Box::textOf(m_world->policy()).c_str();
        Tasks::TaskSpec spec;
        spec.command = u"echo $$; cat ~/other/secret"_s;
        spec.workingDirectory = m_world->project();
        const QString task = m_world->nextTask();
        m_runner->write(Tasks::preparationWords(grant.confinement));
        QVERIFY(waitFor([this] { return standing() == 1; }));
        m_runner->write(Tasks::jobWords({task, Tasks::planFor(spec, grant), {}}, "token"));
        QVERIFY(waitFor([this] {
            m_said += m_runner->readAllStandardOutput();
            return m_said.contains("token ready\n");
        }));
        QFile log(task + u"/log"_s);
        QVERIFY(log.open(QIODevice::ReadOnly));
        const QByteArray output = log.readAll().mid(4096);
        QVERIFY2(output.startsWith("2\n") && !output.contains("canary"), output);
        QVERIFY(Tasks::preparationWords({}).isEmpty());
    }

    void aPolicyThatCannotBeReadRunsNothing()
    {
        const QString task = m_world->nextTask();
        write(task, "everything", u"echo ran > ran"_s);
        QVERIFY(waitFor([this] { return m_runner->state() == QProcess::NotRunning; }));
        QVERIFY(!QFile::exists(task));
        QVERIFY(!QFile::exists(m_world->project() + u"/ran"_s));
    }

private:
    void prepare(const Box::BoxPolicy &policy)
    {
        for (const QByteArray &word : {QByteArray("--box"), QByteArray(Box::textOf(policy).c_str()),
                 QByteArray("--words"), QByteArray("0"), QByteArray("--")})
            m_runner->write(word + '\0');
    }

    void write(const QString &task, const QByteArray &box, const QString &command)
    {
        QByteArrayList words{
            "--folder", QFile::encodeName(task), "--cwd", QFile::encodeName(m_world->project())};
        if (!box.isEmpty())
            words += {"--box", box};
        words += {"--words", "4", "--", "/bin/bash", "-c", "--", command.toUtf8()};
        for (const QByteArray &word : std::as_const(words))
            m_runner->write(word + '\0');
    }

    QByteArray run(const QString &command, const std::optional<Box::BoxPolicy> &policy)
    {
        const QString task = m_world->nextTask();
        m_task = QFile::encodeName(QFileInfo(task).fileName());
        write(task, policy ? QByteArray(Box::textOf(*policy).c_str()) : QByteArray(), command);
        m_said.clear();
        const bool isReady = waitFor([this] {
            m_said += m_runner->readAllStandardOutput();
            return m_said.contains("ready\n") || m_runner->state() == QProcess::NotRunning;
        });
        QFile log(task + u"/log"_s);
        return isReady && log.open(QIODevice::ReadOnly) ? log.readAll().mid(4096) : m_said;
    }

    /// First processes of boxes below the runner, by their numbers here.
    QStringList insides() const
    {
        QStringList found;
        const QString runner = QString::number(m_runner->processId());
        for (const QString &child : childrenOf(runner)) {
            for (const QString &inside : childrenOf(child)) {
                QFile name(u"/proc/"_s + inside + u"/comm"_s);
                if (name.open(QIODevice::ReadOnly) && name.readAll() == "meanwhile-run\n")
                    found += inside;
            }
        }
        return found;
    }

    int standing() const { return int(insides().size()); }

    static QStringList childrenOf(const QString &pid)
    {
        QFile file(u"/proc/%1/task/%1/children"_s.arg(pid));
        return file.open(QIODevice::ReadOnly)
                   ? QString::fromLatin1(file.readAll()).split(u' ', Qt::SkipEmptyParts)
                   : QStringList();
    }

    std::unique_ptr<BoxWorld> m_world;
    std::unique_ptr<QProcess> m_runner;
    QByteArray m_said;
    QByteArray m_task;
};

MEANWHILE_TEST(StandbyTest)
#include "tst_standby.moc"
