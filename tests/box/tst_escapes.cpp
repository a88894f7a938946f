// SPDX-License-Identifier: MIT
#include "box/reducedbox.h"
#include "boxworld.h"
#include "hostthings.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

/// Where the way out must be seen to lead out without a box, so that the attempt itself is known to work.
enum class Proof {
    Outside,
    OutsideForSuperuser,
    OutsideForOrdinary, ///< where the superuser runs this test and has prepared something
    None
};

/// Ends with 0, or leaves a file of this name outside, when it led out.
struct Way {
    int number; ///< of the list of escapes, for reports
    const char *name;
    const char *script;
    Proof proof = Proof::Outside;
    const char *mark = nullptr;
};

constexpr Proof kSuperuser = Proof::OutsideForSuperuser;
constexpr Proof kOrdinaryPerson = Proof::OutsideForOrdinary;
constexpr Proof kNone = Proof::None;

constexpr Way kWrites[] = {
    {1, "write outside", "echo x > $W/outside/new", Proof::Outside, "outside/new"},
    {1, "change outside", "echo x >> $W/outside/existing"},
    {1, "write into the home", "echo x > $HOME/new", Proof::Outside, "home/new"},
    {1, "write what is shown of the home", "echo >> $HOME/.gitconfig"},
    {1, "remove outside", "rm $W/outside/existing"},
    {2, "write to /etc", "echo x > /etc/mw-box-test && rm /etc/mw-box-test", kSuperuser},
    {3, "/var/tmp of the host", "echo x > /var/tmp/$MARK", Proof::Outside, "@/var/tmp/"},
    {4, "/tmp of the host", "echo x > /tmp/$MARK", Proof::Outside, "@/tmp/"},
    {5, "link to outside", "ln -s $W/outside l && echo x > l/new", Proof::Outside, "outside/new"},
    {5, "link in a link", "ln -s / l && echo x > l$W/outside/new", Proof::Outside, "outside/new"},
    {6, "hard link to outside", "ln $W/outside/existing h && echo x >> h"},
    {7, "rename of .git", "mv .git g"},
    {7, "removal of .git", "rm -rf .git; ! [ -e .git/config ]"},
    {8, "new .git after a rename", "mv .git g; mkdir -p .git/hooks && echo x > .git/hooks/new"},
    {8, "exchange of the project", "cd .. && mv project p && mkdir -p project/.git/hooks"},
    {9, "new hook", "echo x > .git/hooks/pre-commit"},
    {9, "hook by rename", "echo x > h && mv h .git/hooks/pre-commit"},
    {9, "folder of hooks renamed", "mv .git/hooks .git/h"},
    {9, "folder of hooks replaced", "rm -rf .git/hooks; mkdir .git/hooks"},
    {10, "git config", "git config core.fsmonitor x"},
    {10, "git config by hand", "echo >> .git/config"},
    {10, "git config by rename", "cp .git/config c && mv -f c .git/config"},
    {10, "git config by link", "ln -f a .git/config"},
    {9, "attributes of git", "echo '* filter=x' > .git/info/attributes"},
    {13, "hook of a nested repository", "echo x > nested/.git/hooks/pre-commit"},
    {13, "config of a nested repository", "git -C nested config core.fsmonitor x"},
    {13, "rename of a nested .git", "mv nested/.git nested/g"},
    {14, "file of the shell", "echo x > .envrc"},
    {15, "task of the editor", "echo x > .vscode/tasks.json"},
    {15, "task of the editor by rename", "echo x > t && mv -f t .vscode/tasks.json"},
    {16, "parent of a protected name renamed",
        "mv .vscode v && mkdir .vscode && echo x > .vscode/tasks.json"},
    {17, "unmount of hooks", "$E unmount $P/.git/hooks", kNone},
    {17, "unmount of the home", "$E unmount $HOME", kNone},
    {18, "remount writable", "$E remount $P/.git/hooks", kNone},
    {18, "remount of the root", "$E remount /", kNone},
    {18, "mount over", "$E mount-over $P", kSuperuser},
};

constexpr Way kReads[] = {
    {19, "ssh key", "cat ~/.ssh/id_rsa"},
    {19, "password file", "cat ~/.netrc"},
    {19, "history", "cat ~/.bash_history"},
    {20, "key file", "cat ~/.config/meanwhile/key"},
    {21, "database", "cat ~/.local/share/meanwhile/meanwhile.db"},
    {22, "other project", "cat ~/other/secret"},
    {22, "other project by a link", "ln -s ../other o; cat o/secret"},
    {22, "homes of others", "[ -n \"$(ls -A /home /root 2>/dev/null | grep -v :)\" ]", kSuperuser},
    {22, "passwords of the system", "cat /etc/shadow | grep .", kSuperuser},
    {23, "environment of the first process", "$E read /proc/1/environ", kNone},
    {24, "memory of the first process", "$E read-memory 1", kNone},
    {25, "descriptors of the first process", "$E follow /proc/1/fd/3", kNone},
    {25, "opening them again", "$E open-to-write /proc/1/fd/3", kNone},
    {25, "opening its errors again", "$E open-to-write /proc/1/fd/2", kNone},
    {26, "root of the first process", "$E follow /proc/1/root", kNone},
    {27, "folder of the first process", "$E follow /proc/1/cwd", kNone},
    {27, "program of the first process", "$E follow /proc/1/exe", kNone},
    {28, "environment of a host's process", "cat /proc/$VICTIM/environ | grep -a canary"},
    {28, "memory of a host's process", "$E read-memory $VICTIM"},
    {28, "descriptor of a host's process", "$E follow /proc/$VICTIM/fd/1"},
    {28, "folder of a host's process", "cat /proc/$VICTIM/cwd/home/.netrc"},
    {29, "environment of the shell's parent", "cat /proc/$PPID/environ | grep -a .", kNone},
};

constexpr Way kProcesses[] = {
    {30, "signal to a host's process", "kill -0 $VICTIM"},
    {31, "signal to the supervisor", "kill -0 $SUPERVISOR"},
    {33, "trace the first process", "$E trace 1", kNone},
    {33, "trace the shell's parent", "$E trace $PPID", kNone},
    {34, "trace a host's process", "$E trace $VICTIM"},
    {35, "words to the supervisor", "echo ended exited 0 > /proc/$PPID/fd/1", kNone},
    {36, "words to another supervisor", "echo ended exited 0 > /proc/$SUPERVISOR/fd/1", kNone},
    {37, "status of the task", "echo ended exited 0 > $T/status"},
    {38, "log of the task", "echo x >> $T/log"},
    {39, "job of the task", "echo x >> $T/job"},
    {39, "job of a new task", "mkdir $T-new && echo x > $T-new/job"},
};

constexpr Way kKernel[] = {
    {40, "new user namespace", "$E new-namespace"},
    {40, "user namespace by clone", "$E clone-namespace"},
    {40, "unshare", "unshare -Ur true"},
    {41, "user namespace by clone3", "$E clone3-namespace"},
    {42, "join a namespace", "$E join-namespace /proc/self/ns/uts", kSuperuser},
    {43, "io_uring", "$E call io_uring_setup 1 0"},
    {43, "io_uring's registration", "$E call io_uring_register -1 0 0"},
    {44, "bpf", "$E call bpf 0 0 0", kSuperuser},
    {45, "perf_event_open", "$E call perf_event_open 0 0 0", kSuperuser},
    {46, "keyctl", "$E call keyctl 0 -3 0"},
    {46, "add_key", "$E call add_key 0 0 0"},
    {46, "request_key", "$E call request_key 0 0 0"},
    {46, "keyctl of 32 bits", "$E call32 288 0 -3 0"},
    {46, "unshare of 32 bits", "$E call32 310 0x10000000"},
    {46, "io_uring of 32 bits", "$E call32 425 1 0"},
    {47, "x32", "$E x32", kNone},
    {48, "mknod", "$E make-device $P/device", kSuperuser},
    {49, "modules", "$E call finit_module -1 0 0", kNone},
    {49, "modules from memory", "$E call init_module 0 0 0", kNone},
    {49, "kexec", "$E call kexec_load 0 99 0", kNone},
    {50, "core_pattern", "$E open-to-write /proc/sys/kernel/core_pattern", kSuperuser},
    {51, "sysrq", "$E open-to-write /proc/sysrq-trigger", kNone},
    {51, "other switches of /proc",
        "find /proc -maxdepth 4 -type f -writable 2>/dev/null | grep -vE "
        "'^/proc/([0-9]|self|thread-self|pressure)' | "
        "grep -vE '^/proc/sys/(fs/mqueue|kernel/(msg|sem|shm|auto_msgmni|ns_last_pid|pid_max))' | grep -m1 .",
        kSuperuser},
    {52, "control groups", "find /sys/fs/cgroup -type f -writable 2>/dev/null | grep -m1 .", kSuperuser},
    {53, "sysfs", "find /sys/kernel /sys/module -type f -writable 2>/dev/null | grep -m1 .", kSuperuser},
    {53, "sysctl",
        "find /proc/sys/vm /proc/sys/fs /proc/sys/kernel/core_pattern /proc/sys/kernel/panic -type f "
        "-writable 2>/dev/null | grep -v /mqueue/ | grep -m1 .",
        kSuperuser},
    {54, "userfaultfd", "$E call userfaultfd 1", kSuperuser},
    {55, "set-user-id program", "[ $(id -u) != 0 ] && $W/superuser is-superuser", kOrdinaryPerson},
    {56, "sudo", "command -v sudo >/dev/null || exit 1; sudo -n true", kNone},
    {57, "bounding set", "$E has-rights"},
    {58, "TIOCSTI", "$E push-input 0x5412"},
    {58, "TIOCSTI with more bits", "$E push-input 0x100005412"},
    {58, "TIOCLINUX", "$E push-input 0x541c"},
    {59, "device nodes",
        "cat /dev/mem /dev/kmsg /dev/vda /dev/sda /dev/nvme0n1 2>/dev/null | head -c1 | grep -a .", kNone},
    {59, "other devices",
        "ls /dev/ | grep -vxE "
        "'core|fd|full|null|ptmx|pts|random|shm|std(in|out|err)|tty|urandom|zero|console'",
        kSuperuser},
};

constexpr Way kNetwork[] = {
    {60, "TCP", "$E tcp $ADDRESS $PORT"},
    {61, "UDP", "$E udp $ADDRESS $PORT"},
    {62, "name server", "$E udp $(awk '$1==\"nameserver\"{print $2;exit}' /etc/resolv.conf) 53", kNone},
    {62, "name of a host", "timeout 3 getent ahostsv4 example.com || exit 1", kNone},
    {63, "ping", "$E ping $ADDRESS", kNone},
    {64, "raw socket", "$E family 2 3 1", kSuperuser},
    {65, "packet socket", "$E family 17 3 0", kSuperuser},
    {66, "vsock", "$E family 40 1 0", kNone},
    {66, "vsock of 32 bits", "$E call32 359 40 1 0", kNone},
    {66, "socketcall of 32 bits", "$E call32 102 1 0", kNone},
    {67, "alg", "$E family 38 5 0", kNone},
    {67, "bluetooth, key, xdp, tipc, nfc",
        "for f in 31 15 44 30 39; do $E family $f 3 0 && exit 0; done; false", kNone},
    {68, "loopback of the host", "$E tcp 127.0.0.1 $PORT"},
    {68, "UDP to the host's loopback", "$E udp 127.0.0.1 $PORT"},
    {69, "metadata address", "$E tcp 169.254.169.254 80", kNone},
    {70, "address of IPv4 in IPv6", "$E tcp6 ::ffff:127.0.0.1 $PORT"},
};

constexpr Way kSockets[] = {
    {74, "abstract socket", "$E abstract-socket $ABSTRACT"},
    {75, "socket in /tmp", "$E local-socket $TMPSOCKET"},
    {77, "socket in /run", "$E local-socket $RUNSOCKET", kSuperuser},
    {79, "socket of an agent in the home", "$E local-socket $W/home/.gnupg/S"},
    {81, "socket of the window", "$E local-socket $W/home/.local/share/meanwhile/w"},
    {82, "socket elsewhere", "$E local-socket $W/outside/s"},
    {82, "socket in the project", "$E local-socket $P/s", kNone},
    {82, "socket by a link", "ln -s $W/outside o; $E local-socket o/s"},
    {83, "shared memory", "$E shared-memory $MEMORY"},
    {84, "/dev/shm of the host", "[ -e /dev/shm/$MARK-shm ]"},
};

/// Those that a reduced box holds as well.
constexpr int kReduced[] = {1, 2, 3, 5, 6, 30, 31, 34, 40, 41, 42, 43, 46, 47, 48, 54, 55, 58, 60, 61, 63, 64,
    65, 66, 67, 68, 69, 70, 74};

struct Group {
    const char *name;
    const Way *begin;
    const Way *end;
};
constexpr Group kGroups[] = {
    {"writes", std::begin(kWrites), std::end(kWrites)},
    {"reads", std::begin(kReads), std::end(kReads)},
    {"processes", std::begin(kProcesses), std::end(kProcesses)},
    {"kernel", std::begin(kKernel), std::end(kKernel)},
    {"network", std::begin(kNetwork), std::end(kNetwork)},
    {"sockets", std::begin(kSockets), std::end(kSockets)},
};

} // namespace

class EscapesTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        addPerson(::geteuid());
        if (::geteuid() == 0)
            addPerson(kOrdinary);
        for (const Place &place : m_places) {
            QVERIFY(place.world->isWhole());
            QVERIFY2(place.things->isWhole(), qPrintable(place.things->problem()));
        }
    }

    void cleanupTestCase() { m_places.clear(); }

    /// Where no box can be built nothing below could fail.
    void theBoxCanBeBuilt()
    {
        for (const Place &place : m_places) {
            place.world->resetProject();
            const BoxWorld::Ending ending = place.world->run(u"echo here; exit 5"_s, place.world->policy());
            QVERIFY2(ending.exitCode == 5, ending.output + ending.status);
            QCOMPARE(ending.output, QByteArray("here\n"));
        }
    }

    void noWayLeadsOut_data()
    {
        QTest::addColumn<int>("person");
        QTest::addColumn<const Way *>("way");
        QTest::addColumn<bool>("isReduced");
        for (int person = 0; person < int(m_places.size()); ++person) {
            const char *who = m_places.at(size_t(person)).world->isSuperuser() ? "superuser" : "ordinary";
            for (const Group &group : kGroups) {
                for (const Way *way = group.begin; way != group.end; ++way) {
                    QTest::addRow("%s, %s, %d: %s", who, group.name, way->number, way->name)
                        << person << way << false;
                    if (std::find(std::begin(kReduced), std::end(kReduced), way->number) !=
                        std::end(kReduced))
                        QTest::addRow("%s, reduced, %s, %d: %s", who, group.name, way->number, way->name)
                            << person << way << true;
                }
            }
        }
    }

    void noWayLeadsOut()
    {
        QFETCH(int, person);
        QFETCH(const Way *, way);
        QFETCH(bool, isReduced);
        const Place &place = m_places.at(size_t(person));
        BoxWorld &world = *place.world;
        const bool isPrepared = way->proof == kOrdinaryPerson && ::geteuid() == 0 && !world.isSuperuser();
        if (isPrepared || way->proof == Proof::Outside || (way->proof == kSuperuser && world.isSuperuser())) {
            QVERIFY2(
                leadsOut(place, *way, std::nullopt), "it does not lead out where no box is: " + m_output);
            place.things->restore();
        }
        world.resetProject();
        const QByteArray before = world.snapshot();
        Box::BoxPolicy policy = world.policy();
        policy.kind = isReduced ? Box::Kind::Reduced : Box::Kind::Full;
        QVERIFY2(!leadsOut(place, *way, policy), m_output);
        QVERIFY2(m_code >= 0 && m_code != 2 && m_code != 126 && m_code != 127,
            "it could not be tried: " + QByteArray::number(m_code) + ' ' + m_output);
        QCOMPARE(world.snapshot(), before);
    }

    // They are the network's, and Landlock keeps them out all the same.
    void abstractSocketsAreOutOfReachAlsoInTheNetworkOfTheHost()
    {
        if (Box::landlockVersion() < 6)
            return; // such a kernel cannot do that, and nobody says that it does
        for (const Place &place : m_places) {
            place.world->resetProject();
            Box::BoxPolicy policy = place.world->policy();
            policy.network = Box::Network::Host;
            QCOMPARE(place.world->run(u"$E tcp 127.0.0.1 $PORT"_s, policy).exitCode, 0);
            QCOMPARE(place.world->run(u"$E abstract-socket $ABSTRACT"_s, policy).exitCode, 1);
        }
    }

private:
    static constexpr uid_t kOrdinary = 12345;

    struct Place {
        std::unique_ptr<BoxWorld> world;
        std::unique_ptr<HostThings> things;
    };

    void addPerson(uid_t person)
    {
        Place place{std::make_unique<BoxWorld>(person), nullptr};
        place.things = std::make_unique<HostThings>(*place.world);
        m_places.push_back(std::move(place));
    }

    bool leadsOut(const Place &place, const Way &way, const std::optional<Box::BoxPolicy> &policy)
    {
        BoxWorld &world = *place.world;
        if (!policy)
            world.resetProject();
        const QString mark = world.environment().value(u"MARK"_s);
        QString path = QString::fromUtf8(way.mark);
        path = path.startsWith(u'@') ? path.mid(1) + mark : world.path(path);
        const BoxWorld::Ending ending = world.run(QString::fromUtf8(way.script), policy);
        m_output = ending.output + ending.status;
        m_code = ending.exitCode;
        if (way.mark) {
            m_code = std::max(m_code, 0);
            return QFile::remove(path);
        }
        return ending.exitCode == 0;
    }

    std::vector<Place> m_places;
    QByteArray m_output;
    int m_code = 0;
};

MEANWHILE_TEST(EscapesTest)
#include "tst_escapes.moc"
