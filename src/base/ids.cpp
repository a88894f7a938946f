// SPDX-License-Identifier: MIT
#include "base/ids.h"

#include <QRandomGenerator>

namespace Meanwhile {

quint64 RandomIds::next64()
{
    return QRandomGenerator::system()->generate64();
}

QString makeTaskId(IdSource &source)
{
    return QStringLiteral("%1").arg(source.next64() & 0xffffffffU, 8, 16, QLatin1Char('0'));
}

QString makeLongId(IdSource &source)
{
    return QStringLiteral("%1").arg(source.next64(), 16, 16, QLatin1Char('0'));
}

} // namespace Meanwhile
