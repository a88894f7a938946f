// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/task.h"

#include <QString>

namespace Meanwhile::Store {

/// The process that has a session open, as the column `owner` holds it.
QString ownerText(const Tasks::ProcessIdentity &owner);
/// Its pid is 0 where the text names none.
Tasks::ProcessIdentity ownerFrom(const QString &text);

} // namespace Meanwhile::Store
