// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile {

/// The person's home folder. Where HOME is unset, empty, relative or "/", as in containers and for services,
/// the system's user database is asked. "/" when that knows none either.
QString homeFolder();

} // namespace Meanwhile
