// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile::Ui {

struct Tokens;

/// What the palette cannot say: round corners, one pixel borders, quiet scroll bars and menus.
///
/// Buttons know two properties: `primary` (the one a person most likely wants) and `quiet` (no border until
/// the pointer is on it).
QString styleSheet(const Tokens &tokens, bool dark);

} // namespace Meanwhile::Ui
