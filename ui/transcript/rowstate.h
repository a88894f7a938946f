// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <optional>

namespace Meanwhile::Ui {

/// What the view remembers of a row, whether a widget shows it or not.
struct RowState {
    quint64 uid = 0;          ///< never used again; rows have no lasting number
    std::optional<bool> open; ///< set by the person; unset: what suits the row
    bool wholeInput = false;  ///< "Show all" was pressed
    bool wholeOutput = false;
    int measuredFor = -1; ///< RowRoom::most when its size was measured
    int width = 0;        ///< of what was measured
};

} // namespace Meanwhile::Ui
