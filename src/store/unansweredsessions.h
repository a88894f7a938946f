// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QStringList>

namespace Meanwhile::Store {

class Database;

/// The ids of those that wait for the person to go on, and that no program has open. Thread: the database's.
Result<QStringList> unansweredSessions(Database &database);

} // namespace Meanwhile::Store
