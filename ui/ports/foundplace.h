// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile::Ui {

/// Where a session is opened: at what a search has found in it, or what a notice was about.
struct FoundPlace {
    QString rowId;      ///< a message or a call; empty: what was last in sight
    QString words;      ///< in that row, as they were searched for
    QString taskId;     ///< for the task panel; empty: none
    bool isEnd = false; ///< of the conversation, instead of a row

    bool operator==(const FoundPlace &) const = default;
};

} // namespace Meanwhile::Ui
