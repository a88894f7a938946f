// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/history.h"

#include <QString>

namespace Meanwhile::App {

/// The message up to which a fork goes that is asked for at this row of the transcript: a row is a message or
/// one call of it, and an answer goes with the results of its calls.
QString forkPoint(const Conversation::History &history, const QString &rowId);

} // namespace Meanwhile::App
