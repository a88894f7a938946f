// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

namespace Meanwhile::Store {

class Database;

/// The schema this program writes; kept in PRAGMA user_version.
inline constexpr int kSchemaVersion = 5;

/// Brings an older database up to kSchemaVersion, each step in a transaction of its own. A newer one is left
/// alone and is a Conflict.
Result<void> migrate(Database &database);

} // namespace Meanwhile::Store
