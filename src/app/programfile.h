// SPDX-License-Identifier: MIT
#pragma once

#include "base/error.h"

namespace Meanwhile::App {

/// Replaces this program by another one with the same arguments. Only returns when that failed.
Error becomeProgram(const QString &path, char **argv);

} // namespace Meanwhile::App
