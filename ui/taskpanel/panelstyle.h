// SPDX-License-Identifier: MIT
#pragma once

#include "ui/theme.h"

namespace Meanwhile::Ui {

/// The style sheet of the task panel in these colours.
QString panelStyle(const Tokens &tokens);

} // namespace Meanwhile::Ui
