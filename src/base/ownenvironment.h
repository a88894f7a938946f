// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

namespace Meanwhile {

/// Takes a variable out of this program's own environment and returns its value. Its bytes are overwritten
/// where they were, which is what /proc/PID/environ shows of it. Empty where there is none.
///
/// Thread: only before there is a second one, as with setenv().
QByteArray takeOwnVariable(const QByteArray &name);

} // namespace Meanwhile
