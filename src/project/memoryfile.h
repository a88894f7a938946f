// SPDX-License-Identifier: MIT
#pragma once

#include "base/descriptor.h"

#include <QByteArray>

namespace Meanwhile::Project {

/// An open file without a name that holds the text, to be read from its beginning. Invalid with errno.
Descriptor memoryFile(const QByteArray &text);

} // namespace Meanwhile::Project
