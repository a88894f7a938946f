// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

namespace Meanwhile::Permissions {

enum class Mode { Box, Ask, Edits, Auto, Plan };

/// "box", "ask", "edits", "auto", "plan": the command line's and the settings' words.
QString nameOf(Mode mode);
std::optional<Mode> modeFromString(const QString &word);

/// What holds the commands of this computer.
enum class Box {
    Unknown, ///< it is being found out; no command is decided about before
    Full,    ///< they see and write the project and nothing that is worth stealing, without a network
    Reduced, ///< what they write and whom they reach is confined, what they read is not
    None,    ///< they may do all that the person may, as no box can be built
    Off      ///< the same, as the person does without one
};

/// "unknown", "full", "reduced", "none", "off": the words of stream-json.
QString nameOf(Box box);

} // namespace Meanwhile::Permissions
