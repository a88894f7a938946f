// SPDX-License-Identifier: MIT
#pragma once

#include "base/error.h"

namespace Meanwhile::App {

/// Replaces this program by the one of that name beside it, with the same arguments. Only returns when that
/// failed. Needs no application object.
Error becomeProgram(const QString &name, char **argv);

} // namespace Meanwhile::App
