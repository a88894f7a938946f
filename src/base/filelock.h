// SPDX-License-Identifier: MIT
#pragma once

#include "base/descriptor.h"

namespace Meanwhile {

/// Waits until nobody else holds the file `name` of an open folder, which is made where it is missing, and
/// holds it until the descriptor is closed. Invalid with errno.
Descriptor lockedFile(const Descriptor &folder, const QByteArray &name);

} // namespace Meanwhile
