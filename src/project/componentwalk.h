// SPDX-License-Identifier: MIT
#pragma once

#include "base/descriptor.h"

#include <QByteArray>

namespace Meanwhile::Project {

/// What openat2(2) with RESOLVE_BENEATH does, a component at a time: every link is read and followed by
/// hand, ".." goes back to a folder already open. Invalid with errno EXDEV when the path leads outside.
Descriptor openByWalking(int rootFd, const QByteArray &relative, int flags);

} // namespace Meanwhile::Project
