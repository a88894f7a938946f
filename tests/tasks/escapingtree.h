// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace Meanwhile::Testing {

/// A command of nine kinds of processes, eight of which a plain kill of the shell or of its group would leave
/// behind. It touches "ready-TOKEN" in its folder when all are on their way.
QString escapingTree(const QString &token);
/// Whether all of it is there: nine sleeps and the two shells that wait; while it is being made there are
/// other shells for a moment.
bool stands(const QString &token);
/// Processes whose command line carries the token; how they got their parent, session or environment does not
/// matter.
QStringList processesWith(const QString &token);

} // namespace Meanwhile::Testing
