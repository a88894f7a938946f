// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

namespace Meanwhile::Tasks {

/// How much one line of a command's output tells about what went wrong; higher goes first.
enum class LineRank { Plain, Warning, Summary, Error };

/// Judged by its words alone, as compilers, make, cargo, go, npm, jest, pytest, ctest, docker and shells use
/// them. Linear in the line's length.
LineRank rankLine(QByteArrayView line);

} // namespace Meanwhile::Tasks
