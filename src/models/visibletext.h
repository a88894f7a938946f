// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile::Models {

/// Text of unknown origin as one line in which nothing hides: line ends become "↵", tabs a blank, and what
/// steers the direction of writing or cannot be seen is written out as ⟦U+202E⟧. At most `maxChars` and "…".
QString visibleLine(const QString &text, qsizetype maxChars = 300);

/// A command, a path or an argument in the same way, and every sign of it in the order in which it is stored,
/// also in scripts that are written from the right; blanks of other widths are written out, too.
QString visibleCommand(const QString &text, qsizetype maxChars = 300);

/// visibleLine over several lines, for tool tips; line ends stay.
QString visibleLines(const QString &text, qsizetype maxChars = 2'000);

/// visibleLines for a tool tip, which is rich text as soon as it looks like it; a command must never be.
QString plainToolTip(const QString &text);

} // namespace Meanwhile::Models
