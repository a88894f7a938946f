// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile::Ui {

/// Text in which everything that runs can be seen: invisible characters stand as ⟦U+202E⟧, and a
/// right-to-left script is shown in the order in which it is stored. Line ends and spaces stay; lines longer
/// than kMaxShownLine continue in the next one behind kContinued, since laying out one endless line blocks
/// the window.
QString legibleText(const QString &text);

inline constexpr qsizetype kMaxShownLine = 4'096;
inline constexpr QChar kContinued = u'↪';

} // namespace Meanwhile::Ui
