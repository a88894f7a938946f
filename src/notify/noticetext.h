// SPDX-License-Identifier: MIT
#pragma once

#include "notify/notice.h"

#include <QStringList>

namespace Meanwhile::Notify {

/// What the program that shows notifications can do, of what counts here.
struct Abilities {
    bool actions = false;
    bool body = false;
    bool markup = false; ///< in the body, so that "<" must be written "&lt;" there

    bool operator==(const Abilities &) const = default;
};

/// A notice as it is sent.
struct NoticeText {
    QString summary; ///< the program's own words, and the project's name where it is a simple one
    QString body;
    QStringList actions; ///< a key and its words, in turn
    bool isUrgent = false;

    bool operator==(const NoticeText &) const = default;
};

/// The key of a click on the notice itself.
inline constexpr char kOpenKey[] = "default";
inline constexpr char kOpenButtonKey[] = "open";

/// A command stands there to the letter with the buttons Run and Deny, or it is shortened, escaped or left
/// out and the only button is Open: some programs read markup that they do not offer, and none can be asked
/// how a text looks there in the end.
NoticeText textOf(const Notice &notice, const Abilities &abilities);

/// Whether this command, shown as it is, looks like what it is wherever it is shown: one line, short, no
/// markup, nothing unseen, nothing written from right to left, no blanks that may be left out.
bool isLegible(const QString &command);

} // namespace Meanwhile::Notify
