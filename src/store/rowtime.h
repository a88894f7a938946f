// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>

namespace Meanwhile::Store {

/// A moment as rows hold it: ISO 8601 in UTC with milliseconds, which sorts as time does. Null where there is
/// none.
inline QString rowTime(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

inline QDateTime timeOfRow(const QString &text)
{
    return QDateTime::fromString(text, Qt::ISODateWithMs);
}

} // namespace Meanwhile::Store
