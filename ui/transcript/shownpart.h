// SPDX-License-Identifier: MIT
#pragma once

#include <QStringView>

namespace Meanwhile::Ui {

/// How much of a text is laid out until the person asks for the rest: some screens full of prose, or of a
/// table. Laying out a whole text costs the window its answers to keys, and a second for a million
/// characters. Ends after a line where it can.
qsizetype shownPart(QStringView text);

} // namespace Meanwhile::Ui
