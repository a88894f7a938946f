// SPDX-License-Identifier: MIT
#include "box/filterprogram.h"

namespace Meanwhile::Box {

namespace {

#include "filterprograms.inc"

} // namespace

std::span<const sock_filter> filterProgram(Kind kind, Machine machine)
{
    if (machine == Machine::X86)
        return kind == Kind::Full ? std::span<const sock_filter>(kFullX86) : kReducedX86;
    return kind == Kind::Full ? std::span<const sock_filter>(kFullArm) : kReducedArm;
}

std::span<const sock_filter> filterProgram(Kind kind)
{
#if defined(__x86_64__)
    return filterProgram(kind, Machine::X86);
#elif defined(__aarch64__)
    return filterProgram(kind, Machine::Arm);
#else
    static_cast<void>(kind);
    return {};
#endif
}

} // namespace Meanwhile::Box
