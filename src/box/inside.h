// SPDX-License-Identifier: MIT
#pragma once

#include "box/channel.h"

namespace Meanwhile::Box {

/// The word that makes the program the first process of a box; the number of its channel follows it.
inline constexpr const char *kInsideWord = "--inside";

/// Starts a shell with these words, its output to `output`.
using StartShell = ShellStart (*)(const ShellJob &job, int output);

/// What the first process of a box does: waits for its job, starts the shell with no rights that could be
/// regained, reaps whatever loses its parent, tells how the shell ended, and ends when nothing is left. It is
/// closed to the commands: they can neither read its memory nor use its descriptors. Starts nothing where
/// the box does not hold: it is not the first process, or rights are left, or no filter is there. Returns the
/// program's exit status. Call it before anything else has been opened.
int runInside(int channel, StartShell start);

} // namespace Meanwhile::Box
