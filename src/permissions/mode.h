// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

namespace Meanwhile::Permissions {

enum class Mode { Ask, Edits, Auto, Plan };

/// "ask", "edits", "auto", "plan": the command line's and the settings' words.
QString nameOf(Mode mode);
std::optional<Mode> modeFromString(const QString &word);

} // namespace Meanwhile::Permissions
