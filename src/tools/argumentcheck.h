// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "tools/tool.h"

namespace Meanwhile::Tools {

/// The arguments of a call as its tool wants them: only parameters of `spec`, each of the right JSON type.
///
/// Tolerant where the meaning is plain: an object or a list may be written as a string once more, "5" and 5.0
/// are integers, "true" is a boolean, one string is a list of one, null is absent, and parameters that the
/// tool does not know are left out. A path comes out as pathFromOutside() makes it. Errors: InvalidArgument
/// for the model: which parameter, what was expected, what was found; a NUL in any text but that of files.
Result<QJsonObject> checkArguments(const ToolSpec &spec, const QByteArray &input);

} // namespace Meanwhile::Tools
