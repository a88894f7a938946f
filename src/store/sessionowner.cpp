// SPDX-License-Identifier: MIT
#include "store/sessionowner.h"

#include <QStringList>

namespace Meanwhile::Store {

using namespace Qt::StringLiterals;

QString ownerText(const Tasks::ProcessIdentity &owner)
{
    return u"%1 %2 %3"_s.arg(owner.bootId).arg(owner.pid).arg(owner.startTicks);
}

Tasks::ProcessIdentity ownerFrom(const QString &text)
{
    const QStringList words = text.split(u' ');
    if (words.size() != 3)
        return {};
    return {words.at(0), words.at(1).toLongLong(), words.at(2).toULongLong()};
}

} // namespace Meanwhile::Store
