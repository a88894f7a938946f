// SPDX-License-Identifier: MIT
#pragma once

#include <Qt>

namespace Meanwhile::Ui {

/// The person went to it with a key: not with the mouse, and not because the program gave it the focus.
inline bool isByKeyboard(Qt::FocusReason reason)
{
    return reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason ||
           reason == Qt::ShortcutFocusReason;
}

} // namespace Meanwhile::Ui
