// SPDX-License-Identifier: MIT
#include "box/filterprogram.h"
#include "support/testregistry.h"

#include <QtTest>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <linux/audit.h>
#include <linux/seccomp.h>

using namespace Meanwhile;
using namespace Meanwhile::Box;

namespace {

constexpr std::uint32_t kX64 = AUDIT_ARCH_X86_64;
constexpr std::uint32_t kX32Bits = AUDIT_ARCH_I386;
constexpr std::uint32_t kArm64 = AUDIT_ARCH_AARCH64;
constexpr std::uint32_t kArm32 = AUDIT_ARCH_ARM;

constexpr int kAllowed = 0;
constexpr int kKilled = -1;
constexpr int kBroken = -2;

/// The errno that a call ends with, as the kernel would run the program; kAllowed or kKilled.
int answerTo(std::span<const sock_filter> program, const seccomp_data &call)
{
    std::uint32_t value = 0;
    for (std::size_t at = 0; at < program.size(); ++at) {
        const sock_filter &step = program[at];
        switch (step.code) {
        case BPF_LD | BPF_W | BPF_ABS:
            std::memcpy(&value, reinterpret_cast<const char *>(&call) + step.k, sizeof value);
            break;
        case BPF_ALU | BPF_AND | BPF_K:
            value &= step.k;
            break;
        case BPF_JMP | BPF_JA:
            at += step.k;
            break;
        case BPF_JMP | BPF_JEQ | BPF_K:
            at += value == step.k ? step.jt : step.jf;
            break;
        case BPF_JMP | BPF_JGT | BPF_K:
            at += value > step.k ? step.jt : step.jf;
            break;
        case BPF_JMP | BPF_JGE | BPF_K:
            at += value >= step.k ? step.jt : step.jf;
            break;
        case BPF_RET | BPF_K:
            if (step.k == SECCOMP_RET_ALLOW)
                return kAllowed;
            if (step.k == SECCOMP_RET_KILL_PROCESS)
                return kKilled;
            return (step.k & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ERRNO ? int(step.k & SECCOMP_RET_DATA)
                                                                           : kBroken;
        default:
            return kBroken;
        }
    }
    return kBroken;
}

seccomp_data callOf(std::uint32_t arch, int number, std::uint64_t first = 0, std::uint64_t second = 0)
{
    return {number, arch, 0, {first, second, 0, 0, 0, 0}};
}

} // namespace

class FilterProgramTest : public QObject {
    Q_OBJECT

private slots:
    void callsAreAnsweredAsTheTableSays_data()
    {
        QTest::addColumn<std::uint32_t>("arch");
        QTest::addColumn<int>("number");
        QTest::addColumn<std::uint64_t>("first");
        QTest::addColumn<std::uint64_t>("second");
        QTest::addColumn<int>("full");
        QTest::addColumn<int>("reduced");
        const auto row = [](const char *name, std::uint32_t arch, int number, int full,
                             std::uint64_t first = 0, std::uint64_t second = 0, int reduced = -100) {
            QTest::newRow(name) << arch << number << first << second << full
                                << (reduced == -100 ? full : reduced);
        };
        constexpr std::uint64_t kHigh = 0x7f00'0000'0000'0000;
        row("read", kX64, 0, kAllowed);
        row("ptrace", kX64, 101, kAllowed);
        row("sendto", kX64, 44, kAllowed);
        row("mount", kX64, 165, EPERM);
        row("umount2", kX64, 166, EPERM);
        row("pivot_root", kX64, 155, EPERM);
        row("open_tree", kX64, 428, EPERM);
        row("move_mount", kX64, 429, EPERM);
        row("mount_setattr", kX64, 442, EPERM);
        row("open_tree_attr", kX64, 467, EPERM);
        row("setns", kX64, 308, EPERM);
        row("unshare", kX64, 272, EPERM);
        row("clone of a process", kX64, 56, kAllowed, 0x11);
        row("clone of a thread", kX64, 56, kAllowed, 0x3d0f00);
        row("clone with a user namespace", kX64, 56, EPERM, 0x10000011);
        row("clone with a user namespace and more bits", kX64, 56, EPERM, kHigh | 0x10000011);
        row("clone3", kX64, 435, ENOSYS);
        row("io_uring_setup", kX64, 425, ENOSYS);
        row("io_uring_register", kX64, 427, ENOSYS);
        row("keyctl", kX64, 250, EPERM);
        row("bpf", kX64, 321, EPERM);
        row("userfaultfd", kX64, 323, EPERM);
        row("kexec_file_load", kX64, 320, EPERM);
        row("finit_module", kX64, 313, EPERM);
        row("ioctl TCGETS", kX64, 16, kAllowed, 0, 0x5401);
        row("ioctl TIOCSTI", kX64, 16, EPERM, 0, 0x5412);
        row("ioctl TIOCSTI with more bits", kX64, 16, EPERM, 0, kHigh | 0x5412);
        row("ioctl TIOCLINUX", kX64, 16, EPERM, 7, 0x541c);
        row("socket unix", kX64, 41, kAllowed, 1);
        row("socket inet", kX64, 41, kAllowed, 2, 0, EAFNOSUPPORT);
        row("socket inet6", kX64, 41, kAllowed, 10, 0, EAFNOSUPPORT);
        row("socket netlink", kX64, 41, kAllowed, 16);
        row("socket packet", kX64, 41, EAFNOSUPPORT, 17);
        row("socket packet with more bits", kX64, 41, EAFNOSUPPORT, kHigh | 17);
        for (const std::uint64_t family : {15, 30, 31, 38, 39, 40, 44})
            row("socket of other families", kX64, 41, EAFNOSUPPORT, family);
        row("x32", kX64, 0x40000000, kKilled);
        row("x32's mount", kX64, 0x40000000 | 165, kKilled);
        row("no call, as a tracer leaves it", kX64, -1, kAllowed);
        row("another machine", AUDIT_ARCH_PPC64, 0, kKilled);

        row("32 bits: read", kX32Bits, 3, kAllowed);
        row("32 bits: mount", kX32Bits, 21, EPERM);
        row("32 bits: umount", kX32Bits, 22, EPERM);
        row("32 bits: umount2", kX32Bits, 52, EPERM);
        row("32 bits: unshare", kX32Bits, 310, EPERM);
        row("32 bits: clone with a user namespace", kX32Bits, 120, EPERM, 0x10000000);
        row("32 bits: clone of a process", kX32Bits, 120, kAllowed, 0x11);
        row("32 bits: clone3", kX32Bits, 435, ENOSYS);
        row("32 bits: keyctl", kX32Bits, 288, EPERM);
        row("32 bits: ioctl TIOCSTI", kX32Bits, 54, EPERM, 0, 0x5412);
        row("32 bits: socket vsock", kX32Bits, 359, EAFNOSUPPORT, 40);
        row("32 bits: socket unix", kX32Bits, 359, kAllowed, 1);
        row("32 bits: socketcall of socket", kX32Bits, 102, EAFNOSUPPORT, 1);
        row("32 bits: socketcall of connect", kX32Bits, 102, kAllowed, 3);
        row("32 bits: open_tree_attr", kX32Bits, 467, EPERM);

        row("arm: read", kArm64, 63, kAllowed);
        row("arm: mount", kArm64, 40, EPERM);
        row("arm: clone with a user namespace", kArm64, 220, EPERM, 0x10000011);
        row("arm: clone3", kArm64, 435, ENOSYS);
        row("arm: ioctl TIOCSTI", kArm64, 29, EPERM, 0, 0x5412);
        row("arm: socket packet", kArm64, 198, EAFNOSUPPORT, 17);
        row("arm: socket inet", kArm64, 198, kAllowed, 2, 0, EAFNOSUPPORT);
        row("arm: x86's program", kX64 ^ 1U, 0, kKilled);
        row("arm of 32 bits: mount", kArm32, 21, EPERM);
        row("arm of 32 bits: socket vsock", kArm32, 281, EAFNOSUPPORT, 40);
        row("arm of 32 bits: read", kArm32, 3, kAllowed);
    }

    void callsAreAnsweredAsTheTableSays()
    {
        QFETCH(std::uint32_t, arch);
        QFETCH(int, number);
        QFETCH(std::uint64_t, first);
        QFETCH(std::uint64_t, second);
        QFETCH(int, full);
        QFETCH(int, reduced);
        const Machine machine = arch == kArm64 || arch == kArm32 ? Machine::Arm : Machine::X86;
        const seccomp_data call = callOf(arch, number, first, second);
        QCOMPARE(answerTo(filterProgram(Kind::Full, machine), call), full);
        QCOMPARE(answerTo(filterProgram(Kind::Reduced, machine), call), reduced);
    }

    void oneMachineDoesNotTakeTheCallsOfAnother()
    {
        QCOMPARE(answerTo(filterProgram(Kind::Full, Machine::Arm), callOf(kX64, 0)), kKilled);
        QCOMPARE(answerTo(filterProgram(Kind::Full, Machine::X86), callOf(kArm64, 0)), kKilled);
    }

    void thisMachineHasAProgram() { QVERIFY(!filterProgram(Kind::Full).empty()); }
};

MEANWHILE_TEST(FilterProgramTest)
#include "tst_filterprogram.moc"
