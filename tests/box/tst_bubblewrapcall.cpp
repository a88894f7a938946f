// SPDX-License-Identifier: MIT
#include "box/bubblewrap.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Box;

namespace {

constexpr int kFirstEmpty = 6;

Surroundings folders(std::initializer_list<const char *> paths)
{
    Surroundings around;
    for (const char *path : paths)
        around.kinds.emplace(path, FileKind::Folder);
    return around;
}

std::string joined(const std::vector<std::string> &words)
{
    std::string text;
    for (const std::string &word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

std::string callFor(const BoxPolicy &policy, const Surroundings &around)
{
    return joined(bubblewrapCall(policy, around, kFirstEmpty).words);
}

const std::string kBegin = "--unshare-user --unshare-pid --unshare-ipc --unshare-uts --unshare-net "
                           "--disable-userns --cap-drop ALL --ro-bind / / --proc /proc --dev /dev";

} // namespace

class BubblewrapCallTest : public QObject {
    Q_OBJECT

private slots:
    void anEmptyPolicyShowsEverythingAndWritesNothing()
    {
        QCOMPARE(callFor({}, {}), kBegin);
        QCOMPARE(callFor({}, folders({"/run", "/tmp", "/var/tmp"})),
            kBegin + " --tmpfs /run --tmpfs /tmp --tmpfs /var/tmp --remount-ro /run");
    }

    void theNetworkIsTheHostsOnlyWhereThatIsAsked()
    {
        BoxPolicy policy;
        policy.network = Network::Host;
        QVERIFY(callFor(policy, {}).find("--unshare-net") == std::string::npos);
        QVERIFY(callFor(policy, {}).find("--unshare-ipc") != std::string::npos);
    }

    // What comes later lies over what came before.
    void mountsComeInTheOrderInWhichTheyCoverEachOther()
    {
        BoxPolicy policy;
        policy.project = "/home/a/project";
        policy.temporary = "/home/a/state/tmp";
        policy.hidden = {"/root", "/home", "/home/a"};
        policy.shown = {"/home/a/sdk/bin", "/home/a/sdk", "/usr/bin", "/home/a/.gitconfig"};
        policy.writable = {{"/home/a/state/npm", "/home/a/.npm"}};
        policy.secrets = {"/home/a/sdk/key", "/home/a/sdk/private", "/home/a/.ssh", "/home/a/project/keys"};
        policy.pinned = {"/home/a/project/.git"};
        policy.protectedNames = {"/home/a/project/.git/hooks", "/home/a/project/.git/config", "/etc/passwd",
            "/home/a/project/missing"};
        Surroundings around =
            folders({"/home", "/root", "/home/a", "/home/a/sdk", "/home/a/sdk/bin", "/home/a/sdk/private",
                "/home/a/state/tmp", "/home/a/state/npm", "/home/a/project", "/tmp", "/home/a/project/.git",
                "/home/a/project/.git/hooks", "/home/a/.ssh", "/usr/bin", "/home/a/project/keys"});
        for (const char *file :
            {"/home/a/.gitconfig", "/home/a/sdk/key", "/home/a/project/.git/config", "/etc/passwd"})
            around.kinds.emplace(file, FileKind::File);
        const BubblewrapCall call = bubblewrapCall(policy, around, kFirstEmpty);
        QCOMPARE(joined(call.words),
            kBegin + " --tmpfs /home --tmpfs /root"
                     " --bind /home/a/state/tmp /tmp"
                     " --ro-bind /home/a/.gitconfig /home/a/.gitconfig --ro-bind /home/a/sdk /home/a/sdk"
                     " --bind /home/a/project /home/a/project --bind /home/a/state/npm /home/a/.npm"
                     " --bind /home/a/project/.git /home/a/project/.git"
                     " --ro-bind /home/a/project/.git/config /home/a/project/.git/config"
                     " --ro-bind /home/a/project/.git/hooks /home/a/project/.git/hooks"
                     " --tmpfs /home/a/project/keys --ro-bind-data 6 /home/a/sdk/key"
                     " --tmpfs /home/a/sdk/private"
                     " --remount-ro /home --remount-ro /root --remount-ro /home/a/project/keys"
                     " --remount-ro /home/a/sdk/private");
        QCOMPARE(call.emptyFiles, 1);
    }

    void aProjectThatIsAHiddenFolderStaysWritable()
    {
        BoxPolicy policy;
        policy.project = "/home";
        policy.hidden = {"/home"};
        QCOMPARE(callFor(policy, folders({"/home"})), kBegin + " --tmpfs /home --bind /home /home");
    }

    void linksAreMadeWhereTheyWouldBeHidden()
    {
        BoxPolicy policy;
        policy.hidden = {"/home"};
        policy.links = {{"/data/b", "/home/a/b"}, {"/data/a", "/home/a"}, {"/data/a", "/home/a"},
            {"/usr/bin", "/bin"}, {"/opt/c", "/home/c"}};
        QCOMPARE(callFor(policy, folders({"/home"})),
            kBegin + " --tmpfs /home --symlink /data/a /home/a --symlink /opt/c /home/c --remount-ro /home");
    }

    void aPlaceThatWouldHaveToBeMadeOnDiskIsLeftOut()
    {
        BoxPolicy policy;
        policy.project = "/p";
        policy.hidden = {"/home"};
        policy.shown = {"/home/a/sdk"};
        policy.writable = {
            {"/c", "/p/cache"}, {"/c", "/home/a/sdk/cache"}, {"/c", "/home/a/cache"}, {"/c", "/opt"}};
        QCOMPARE(callFor(policy, folders({"/p", "/c", "/home", "/home/a/sdk", "/opt"})),
            kBegin + " --tmpfs /home --ro-bind /home/a/sdk /home/a/sdk --bind /p /p --bind /c /home/a/cache"
                     " --bind /c /opt --remount-ro /home");
    }

    void whatALinkLeadsToIsNotBound()
    {
        BoxPolicy policy;
        policy.project = "/p";
        policy.protectedNames = {"/p/.husky"};
        policy.pinned = {"/p/.git"};
        Surroundings around = folders({"/p"});
        around.kinds = {
            {"/p", FileKind::Folder}, {"/p/.husky", FileKind::Other}, {"/p/.git", FileKind::Other}};
        QCOMPARE(callFor(policy, around), kBegin + " --bind /p /p");
    }

    void socketsThatStayVisibleAreCovered()
    {
        BoxPolicy policy;
        policy.project = "/home/a/p";
        policy.hidden = {"/home"};
        policy.sockets = {"/run/podman.sock", "/var/allowed.sock"};
        Surroundings around = folders({"/home", "/home/a/p", "/run", "/tmp"});
        around.sockets = {"/home/a/agent.sock", "/home/a/p/own.sock", "/run/dbus.sock", "/run/podman.sock",
            "/tmp/x.sock", "/var/allowed.sock", "/var/lib/x.sock"};
        QCOMPARE(callFor(policy, around),
            kBegin + " --tmpfs /home --tmpfs /run --tmpfs /tmp --bind /home/a/p /home/a/p"
                     " --ro-bind /dev/null /home/a/p/own.sock --bind /run/podman.sock /run/podman.sock"
                     " --ro-bind /dev/null /var/lib/x.sock --remount-ro /home --remount-ro /run");
    }

    void whatCannotBeKeptIsObjectedTo()
    {
        BoxPolicy policy;
        policy.project = "/p";
        QVERIFY(objectionTo(policy, folders({"/p"})).empty());
        QVERIFY(!objectionTo(policy, {}).empty());
        policy.temporary = "/t";
        QVERIFY(!objectionTo(policy, folders({"/p"})).empty());
        policy = {};
        policy.project = "/";
        QVERIFY(!objectionTo(policy, folders({"/"})).empty());
        policy.project = "/home/a/state/p";
        policy.secrets = {"/home/a/state"};
        QVERIFY(!objectionTo(policy, folders({"/home/a/state/p"})).empty());
        policy = {};
        Surroundings crowded;
        crowded.sockets.resize(1000, "/s");
        QVERIFY(!objectionTo(policy, crowded).empty());
        policy.protectedNames.resize(2000, "/p/x");
        QVERIFY(!objectionTo(policy, {}).empty());
    }
};

MEANWHILE_TEST(BubblewrapCallTest)
#include "tst_bubblewrapcall.moc"
