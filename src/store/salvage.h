// SPDX-License-Identifier: MIT
#pragma once

#include "store/database.h"

namespace Meanwhile::Store {

struct Salvaged {
    Database database; ///< new, with what could be read
    Error told;        ///< for the person: what happened and where the damaged file is
};

/// Moves the damaged database at `path`, with what belongs to it, into a folder of its own beside it,
/// unchanged, and makes a new one that holds every row that can still be read.
///
/// Thread: a worker; blocks. The caller has closed the file.
/// Errors: when the damaged file cannot be moved, or the new one not be made or not hold what can be read;
/// the damaged one stays where it was or is put back there, for another try when there is room.
Result<Salvaged> startOver(const QString &path);

} // namespace Meanwhile::Store
