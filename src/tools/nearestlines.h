// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile::Tools {

/// For the model whose text was not found: the lines of `content` most like it, numbered, and what to do.
QString nearestLines(const QString &content, const QString &wanted);

} // namespace Meanwhile::Tools
