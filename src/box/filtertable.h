// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

/// The system calls that no build needs and no namespace confines, and how each is refused. makefilter turns
/// the table into programs for the kernel when the program is built; nothing else says what is filtered.
namespace Meanwhile::Box {

enum class Refusal {
    NotThere,     ///< ENOSYS: the caller uses an older call instead
    NotPermitted, ///< EPERM
    NoSuchFamily  ///< EAFNOSUPPORT
};

enum class RefusedIn { EveryBox, ReducedBox };

/// A call, and if `argument` is not negative only where (argument & mask) == value. The kernel looks at 32
/// bits of these arguments, so the filter does, too.
struct RefusedCall {
    const char *name;
    Refusal refusal = Refusal::NotPermitted;
    int argument = -1;
    std::uint32_t mask = 0;
    std::uint32_t value = 0;
    RefusedIn where = RefusedIn::EveryBox;
    int number = -1; ///< of a call newer than the library, the same for all machines
};

inline constexpr std::uint32_t kAll = 0xffffffff;
inline constexpr std::uint32_t kNewUserNamespace = 0x10000000; // CLONE_NEWUSER
inline constexpr std::uint32_t kPushInput = 0x5412;            // TIOCSTI
inline constexpr std::uint32_t kConsole = 0x541c;              // TIOCLINUX

constexpr RefusedCall refusedFamily(std::uint32_t family, RefusedIn where = RefusedIn::EveryBox)
{
    return {"socket", Refusal::NoSuchFamily, 0, kAll, family, where};
}

inline constexpr RefusedCall kRefusedCalls[] = {
    {"io_uring_setup", Refusal::NotThere}, {"io_uring_enter", Refusal::NotThere},
    {"io_uring_register", Refusal::NotThere},
    {"clone3", Refusal::NotThere}, // its flags lie in memory, which a filter cannot read

    {"mount"}, {"umount"}, {"umount2"}, {"pivot_root"}, {"open_tree"},
    {"open_tree_attr", Refusal::NotPermitted, -1, 0, 0, RefusedIn::EveryBox, 467}, {"move_mount"}, {"fsopen"},
    {"fsconfig"}, {"fsmount"}, {"fspick"}, {"mount_setattr"}, {"setns"}, {"unshare"},
    {"clone", Refusal::NotPermitted, 0, kNewUserNamespace, kNewUserNamespace}, {"keyctl"}, {"add_key"},
    {"request_key"}, {"bpf"}, {"perf_event_open"}, {"userfaultfd"}, {"kexec_load"}, {"kexec_file_load"},
    {"init_module"}, {"finit_module"}, {"delete_module"},
    {"ioctl", Refusal::NotPermitted, 1, kAll, kPushInput},
    {"ioctl", Refusal::NotPermitted, 1, kAll, kConsole},

    refusedFamily(15), // AF_KEY
    refusedFamily(17), // AF_PACKET
    refusedFamily(30), // AF_TIPC
    refusedFamily(31), // AF_BLUETOOTH
    refusedFamily(38), // AF_ALG
    refusedFamily(39), // AF_NFC
    refusedFamily(40), // AF_VSOCK
    refusedFamily(44), // AF_XDP
    // 32-bit programs for x86 make sockets by this call as well, and their family lies in memory.
    {"socketcall", Refusal::NoSuchFamily, 0, kAll, 1},

    // Without a network namespace.
    refusedFamily(2, RefusedIn::ReducedBox),  // AF_INET
    refusedFamily(10, RefusedIn::ReducedBox), // AF_INET6
};

} // namespace Meanwhile::Box
