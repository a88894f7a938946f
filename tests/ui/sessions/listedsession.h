// SPDX-License-Identifier: MIT
#pragma once

#include "store/storedsession.h"

namespace Meanwhile::Testing {

/// A session as the store would list it, last used `minute` minutes after nine.
inline Store::SessionSummary listedSession(
    const QString &id, const QString &project, int minute, const QString &title)
{
    Store::SessionSummary session;
    session.id = id;
    session.project = project;
    session.title = title;
    session.updatedAt = QDateTime(QDate(2026, 1, 2), QTime(9, 0), Qt::UTC).addSecs(60 * minute);
    return session;
}

} // namespace Meanwhile::Testing
