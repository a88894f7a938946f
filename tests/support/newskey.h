// SPDX-License-Identifier: MIT
#pragma once

#include "base/newsid.h"

namespace Meanwhile::Testing {

/// "t1" for the end of task t1, "t1/progress/2" for its second news of that kind.
inline QString keyOf(const NewsId &id)
{
    return id.isEnd()
               ? id.taskId
               : id.taskId + QLatin1Char('/') + id.kind + QLatin1Char('/') + QString::number(id.number);
}

inline QStringList keysOf(const QVector<NewsId> &news)
{
    QStringList keys;
    for (const NewsId &id : news)
        keys += keyOf(id);
    return keys;
}

inline NewsId newsOfKey(const QString &key)
{
    const QStringList parts = key.split(QLatin1Char('/'));
    return parts.size() < 3 ? NewsId::endOf(key) : NewsId{parts.at(0), parts.at(1), parts.at(2).toLongLong()};
}

} // namespace Meanwhile::Testing
