// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile::Store {

/// What a list shows of a session that is not open.
enum class SessionMark {
    None,
    Waits,    ///< what was said last has no answer; also while a turn is under way, for the case of a crash
    Failed,   ///< the last turn
    Finished, ///< the last turn has ended, and the person has not seen that
};

/// As the column `mark` holds it.
QString nameOf(SessionMark mark);
SessionMark sessionMarkFrom(const QString &name);

} // namespace Meanwhile::Store
