// SPDX-License-Identifier: MIT
#pragma once

#include "box/boxpolicy.h"

#include <linux/filter.h>
#include <span>

namespace Meanwhile::Box {

enum class Machine { X86, Arm }; ///< of 64 bits, with their 32-bit programs

/// What the kernel runs at each system call in a box: filtertable.h for one machine. Calls for another
/// machine, x32 among them, end the process.
std::span<const sock_filter> filterProgram(Kind kind, Machine machine);
/// For the machine that this is compiled for; empty where there is no program for it.
std::span<const sock_filter> filterProgram(Kind kind);

} // namespace Meanwhile::Box
