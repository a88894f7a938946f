// SPDX-License-Identifier: MIT
#pragma once

#include "tools/toolpresentation.h"

namespace Meanwhile::Testing {

/// How the program's own tools are shown, in the language of now.
Tools::ToolPresentations knownTools();

} // namespace Meanwhile::Testing
