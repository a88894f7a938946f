// SPDX-License-Identifier: MIT
// Writes the filter programs as C++ to standard output; runs while the program is built.
#include "box/filtertable.h"

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <unistd.h>

using namespace Meanwhile::Box;

namespace {

[[noreturn]] void fail(const char *what, int error)
{
    std::fprintf(stderr, "makefilter: %s: error %d\n", what, error);
    std::exit(1);
}

std::uint32_t actionFor(Refusal refusal)
{
    switch (refusal) {
    case Refusal::NotThere:
        return SCMP_ACT_ERRNO(ENOSYS);
    case Refusal::NotPermitted:
        return SCMP_ACT_ERRNO(EPERM);
    case Refusal::NoSuchFamily:
        return SCMP_ACT_ERRNO(EAFNOSUPPORT);
    }
    return SCMP_ACT_KILL_PROCESS;
}

void refuse(scmp_filter_ctx context, const RefusedCall &call)
{
    const int number = seccomp_syscall_resolve_name(call.name);
    if (number == __NR_SCMP_ERROR)
        fail(call.name, ENOENT);
    scmp_arg_cmp comparison{unsigned(call.argument), SCMP_CMP_MASKED_EQ, call.mask, call.value};
    const int error = call.argument < 0
                          ? seccomp_rule_add(context, actionFor(call.refusal), number, 0)
                          : seccomp_rule_add_array(context, actionFor(call.refusal), number, 1, &comparison);
    if (error != 0)
        fail(call.name, error);
}

scmp_filter_ctx contextFor(std::initializer_list<std::uint32_t> machines)
{
    const scmp_filter_ctx context = seccomp_init(SCMP_ACT_ALLOW);
    if (!context)
        fail("seccomp_init", ENOMEM);
    seccomp_arch_remove(context, seccomp_arch_native());
    for (const std::uint32_t machine : machines) {
        if (const int error = seccomp_arch_add(context, machine); error != 0)
            fail("seccomp_arch_add", error);
    }
    seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    return context;
}

void print(const sock_filter &step)
{
    std::printf("    {0x%02x, %d, %d, 0x%08x},\n", step.code, step.jt, step.jf, step.k);
}

// The library takes no number that it has no name for; so these stand before what it makes.
void printNumberedCalls()
{
    print(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)));
    for (const RefusedCall &call : kRefusedCalls) {
        if (call.number >= 0) {
            print(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, std::uint32_t(call.number), 0, 1));
            print(BPF_STMT(BPF_RET | BPF_K, actionFor(call.refusal)));
        }
    }
}

void write(const char *name, std::initializer_list<std::uint32_t> machines, bool isReduced)
{
    const scmp_filter_ctx context = contextFor(machines);
    for (const RefusedCall &call : kRefusedCalls) {
        if (call.number < 0 && (isReduced || call.where == RefusedIn::EveryBox))
            refuse(context, call);
    }
    const int memory = ::memfd_create(name, MFD_CLOEXEC);
    if (const int error = seccomp_export_bpf(context, memory); error != 0)
        fail("seccomp_export_bpf", error);
    ::lseek(memory, 0, SEEK_SET);
    std::printf("constexpr sock_filter %s[] = {\n", name);
    printNumberedCalls();
    sock_filter step{};
    while (::read(memory, &step, sizeof step) == ssize_t(sizeof step))
        print(step);
    std::printf("};\n");
    ::close(memory);
    seccomp_release(context);
}

} // namespace

int main()
{
    for (const bool isReduced : {false, true}) {
        write(isReduced ? "kReducedX86" : "kFullX86", {SCMP_ARCH_X86_64, SCMP_ARCH_X86}, isReduced);
        write(isReduced ? "kReducedArm" : "kFullArm", {SCMP_ARCH_AARCH64, SCMP_ARCH_ARM}, isReduced);
    }
    return 0;
}
