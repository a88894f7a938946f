// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "tasks/task.h"

#include <QString>

namespace Meanwhile::Store {

class Database;

/// The process that has a session open, as the column `owner` holds it.
QString ownerText(const Tasks::ProcessIdentity &owner);
/// Its pid is 0 where the text names none.
Tasks::ProcessIdentity ownerFrom(const QString &text);
/// Conflict where another process that is alive has it open.
Result<void> checkOwner(Database &database, const QString &id, const Tasks::ProcessIdentity &owner);
/// The same, and sets the process that has it open.
Result<void> claimSession(Database &database, const QString &id, const Tasks::ProcessIdentity &owner);
/// Another process that is alive has it open, as the text says.
bool isOpenElsewhere(const QString &ownerText);

} // namespace Meanwhile::Store
