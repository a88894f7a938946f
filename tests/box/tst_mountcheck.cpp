// SPDX-License-Identifier: MIT
#include "box/mountcheck.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Box;

class MountCheckTest : public QObject {
    Q_OBJECT

private slots:
    void linesOfTheKernelAreRead()
    {
        const std::vector<Mount> mounts =
            parseMounts("36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw\n"
                        "37 36 0:5 / /a\\040b\\134c\\012d ro - tmpfs none rw\n"
                        "broken\n");
        QVERIFY(mounts == (std::vector<Mount>{{"/mnt2", "/mnt1", "98:0"}, {"/a b\\c\nd", "/", "0:5"}}));
    }

    void whatLiesOverItselfIsInOrder()
    {
        QCOMPARE(problemOfMounts(call(), inside(), {}), std::string());
        std::vector<Mount> onRoot = inside();
        onRoot[0].root = "/";
        onRoot[1].root = "/.git";
        onRoot[2].root = "/.git/hooks";
        QCOMPARE(problemOfMounts(call(), onRoot, {}), std::string());
    }

    void whatLeadsElsewhereIsFound_data()
    {
        QTest::addColumn<int>("index");
        QTest::addColumn<Mount>("mount");
        QTest::newRow("a hidden folder at a name") << 2 << Mount{"/p/.git/hooks", "/home/a/.ssh", "8:1"};
        QTest::newRow("of another file system") << 2 << Mount{"/p/.git/hooks", "/data/p/.git/hooks", "8:2"};
        QTest::newRow("deleted since") << 2 << Mount{"/p/.git/hooks", "/data/p/.git/hooks//deleted", "8:1"};
        QTest::newRow("at another place") << 2 << Mount{"/etc", "/data/p/.git/hooks", "8:1"};
        QTest::newRow("the folder above") << 1 << Mount{"/p/.git", "/home/a", "8:1"};
        QTest::newRow("no project") << 0 << Mount{"/q", "/data/p", "8:1"};
        QTest::newRow("one more") << -1 << Mount{"/p/x", "/home/a/.ssh", "8:1"};
        QTest::newRow("one more in memory") << -1 << Mount{"/p/x", "/", "0:9"};
        QTest::newRow("another over it") << -1 << Mount{"/p/.git/hooks", "/home/a/.ssh", "8:1"};
    }

    void whatLeadsElsewhereIsFound()
    {
        QFETCH(int, index);
        QFETCH(Mount, mount);
        std::vector<Mount> mounts = inside();
        if (index < 0)
            mounts.push_back(mount);
        else
            mounts[std::size_t(index)] = mount;
        QVERIFY(!problemOfMounts(call(), mounts, {}).empty());
    }

    // Somebody has a disk mounted in the project, with a repository on it.
    void mountsOfTheHostAreKnown()
    {
        BubblewrapCall more = call();
        more.kept.push_back("/p/disk/.git");
        std::vector<Mount> mounts = inside();
        mounts.push_back({"/p/disk", "/", "8:7"});
        mounts.push_back({"/p/disk/.git", "/.git", "8:7"});
        QCOMPARE(problemOfMounts(more, mounts, {{"/p/disk", "/", "8:7"}}), std::string());
        QVERIFY(!problemOfMounts(more, mounts, {}).empty());
        QVERIFY(!problemOfMounts(more, mounts, {{"/p/disk", "/", "8:8"}}).empty());
    }

private:
    static BubblewrapCall call()
    {
        BubblewrapCall call;
        call.writable = {"/p"};
        call.kept = {"/p/.git", "/p/.git/hooks"};
        call.covered = {"/p/secret"};
        return call;
    }

    static std::vector<Mount> inside()
    {
        return {{"/p", "/data/p", "8:1"}, {"/p/.git", "/data/p/.git", "8:1"},
            {"/p/.git/hooks", "/data/p/.git/hooks", "8:1"}, {"/p/secret", "/", "0:3"}, {"/", "/", "8:1"}};
    }
};

MEANWHILE_TEST(MountCheckTest)
#include "tst_mountcheck.moc"
