// SPDX-License-Identifier: MIT
#include "box/defaultpolicy.h"
#include "box/protectednames.h"
#include "support/testregistry.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Box;
using namespace Qt::StringLiterals;

class DefaultPolicyTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        m_root = QFileInfo(m_folder->path()).canonicalFilePath();
        for (const char *name : {"home/project", "home/.ssh", "home/sdk/bin", "home/bin", "home/.local/bin",
                 "home/.local/lib", "home/.local/share/private", "tmp", "tools/bin", "state"})
            QVERIFY(QDir().mkpath(m_root + u'/' + QString::fromUtf8(name)));
    }

    void theHomeIsHiddenButForProgramsAndGit()
    {
        write(u"home/.gitconfig"_s);
        const BoxPolicy policy = made(u"home/sdk/bin:home/bin:home/.local/bin:relative"_s);
        QVERIFY(has(policy.hidden, u"home"_s));
        for (const QString &name : {u"home/sdk/bin"_s, u"home/sdk"_s, u"home/bin"_s, u"home/.local/bin"_s,
                 u"home/.local/lib"_s, u"home/.gitconfig"_s})
            QVERIFY2(has(policy.shown, name), qPrintable(name));
        for (const QString &name : {u"home"_s, u"home/.local"_s, u"home/.ssh"_s})
            QVERIFY2(!has(policy.shown, name), qPrintable(name));
        QVERIFY(has(policy.secrets, u"home/.ssh"_s));
        QVERIFY(has(policy.secrets, u"state"_s));
        QCOMPARE(policy.project, path(u"home/project"_s));
        QVERIFY(policy.network == Network::Off);
    }

    void entriesOfPathThatLeadNowhereAreLeftOut()
    {
        const BoxPolicy policy = made(u":.:../home:missing:home:home/.."_s, QString());
        for (const std::string &shown : policy.shown)
            QVERIFY2(!isWithin(path(u"home"_s), shown), shown.c_str());
    }

    void configurationThatIsALinkIsShownWhereItLies()
    {
        QVERIFY(QDir().mkpath(m_root + u"/home/dotfiles"_s));
        write(u"home/dotfiles/git"_s);
        QVERIFY(QFile::link(m_root + u"/home/dotfiles/git"_s, m_root + u"/home/.gitconfig"_s));
        const BoxPolicy policy = made(QString());
        QVERIFY(has(policy.shown, u"home/dotfiles/git"_s));
        QCOMPARE(policy.links.size(), 1U);
        QCOMPARE(policy.links.front().place, path(u"home/.gitconfig"_s));
    }

    void programsBehindALinkAreFoundByIt()
    {
        QVERIFY(QFile::link(m_root + u"/tools"_s, m_root + u"/home/tools"_s));
        const BoxPolicy policy = made(u"home/tools/bin"_s);
        QVERIFY(has(policy.shown, u"tools/bin"_s));
        QCOMPARE(policy.links.size(), 1U);
        QCOMPARE(policy.links.front().source, path(u"tools/bin"_s));
        QCOMPARE(policy.links.front().place, path(u"home/tools/bin"_s));
    }

    void whatGitRunsIsProtected()
    {
        git({u"init"_s, u"-q"_s, u"home/project"_s});
        QVERIFY(QDir().mkpath(m_root + u"/home/project/.git/modules/m/hooks"_s));
        write(u"home/project/.git/modules/m/config"_s);
        write(u"home/project/.envrc"_s);
        const BoxPolicy policy = made(QString());
        for (const QString &name : {u".git/config"_s, u".git/hooks"_s, u".git/info"_s,
                 u".git/modules/m/config"_s, u".git/modules/m/hooks"_s, u".envrc"_s})
            QVERIFY2(has(policy.protectedNames, u"home/project/"_s + name), qPrintable(name));
        QVERIFY(has(policy.pinned, u"home/project/.git"_s));
        QVERIFY(has(policy.pinned, u"home/project/.git/modules/m"_s));
        QVERIFY(!has(policy.protectedNames, u"home/project/.git/commondir"_s));
    }

    void aLinkedWorktreeGetsItsGitFolder()
    {
        makeWorktree();
        const BoxPolicy policy = made(QString());
        QCOMPARE(policy.writable.size(), 1U);
        QCOMPARE(policy.writable.front().place, path(u"main/.git"_s));
        for (const QString &name :
            {u"main/.git/config"_s, u"main/.git/hooks"_s, u"main/.git/worktrees/project/gitdir"_s,
                u"main/.git/worktrees/project/commondir"_s, u"home/project/.git"_s})
            QVERIFY2(has(policy.protectedNames, name), qPrintable(name));
    }

    // Anybody can write a file named .git.
    void aFolderThatDoesNotKnowTheWorktreeIsNoGitFolder()
    {
        makeWorktree();
        write(u"main/.git/worktrees/project/gitdir"_s, "/elsewhere/.git\n");
        QVERIFY(made(QString()).writable.empty());
        write(u"home/project/.git"_s, ("gitdir: " + path(u"home"_s) + "\n").c_str());
        QVERIFY(made(QString()).writable.empty());
    }

    void theTextOfADefaultPolicyCanBeRead()
    {
        const BoxPolicy policy = made(u"home/bin"_s);
        QVERIFY(parsePolicy(textOf(policy)) == policy);
    }

private:
    std::string path(const QString &name) const { return (m_root + u'/' + name).toStdString(); }

    bool has(const std::vector<std::string> &list, const QString &name) const
    {
        return std::find(list.begin(), list.end(), path(name)) != list.end();
    }

    void write(const QString &name, const char *text = "x\n") const
    {
        QFile file(m_root + u'/' + name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    BoxPolicy made(const QString &programs) const { return made(programs, m_root + u'/'); }

    BoxPolicy made(const QString &programs, const QString &before) const
    {
        QStringList entries = programs.split(u':', Qt::SkipEmptyParts);
        for (QString &entry : entries)
            entry.prepend(before);
        Places places;
        places.project = path(u"home/project"_s);
        places.home = path(u"home"_s);
        places.programPath = entries.join(u':').toStdString();
        places.temporary = path(u"tmp"_s);
        places.ownFolders = {path(u"state"_s), path(u"missing"_s)};
        return defaultPolicy(places);
    }

    void git(const QStringList &arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_root);
        process.start(u"git"_s,
            QStringList{u"-c"_s, u"user.name=a"_s, u"-c"_s, u"user.email=a@b.example"_s} + arguments);
        QVERIFY(process.waitForFinished());
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError());
    }

    void makeWorktree() const
    {
        git({u"init"_s, u"-q"_s, u"main"_s});
        git({u"-C"_s, u"main"_s, u"commit"_s, u"-q"_s, u"--allow-empty"_s, u"-m"_s, u"a"_s});
        QVERIFY(QDir(m_root).rmdir(u"home/project"_s));
        git({u"-C"_s, u"main"_s, u"worktree"_s, u"add"_s, u"-q"_s, u"../home/project"_s});
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_root;
};

MEANWHILE_TEST(DefaultPolicyTest)
#include "tst_defaultpolicy.moc"
