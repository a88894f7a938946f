// SPDX-License-Identifier: MIT
#include "store/sessionowner.h"

#include "store/database.h"
#include "tasks/processidentity.h"

#include <QCoreApplication>
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

static Result<Tasks::ProcessIdentity> ownerOf(Database &database, const QString &id)
{
    Result<QSqlQuery> row = database.run(u"SELECT owner FROM session WHERE id = ?"_s, {id});
    if (!row)
        return failure(row.error());
    return row->next() ? ownerFrom(row->value(0).toString()) : Tasks::ProcessIdentity();
}

Result<void> checkOwner(Database &database, const QString &id, const Tasks::ProcessIdentity &owner)
{
    const Result<Tasks::ProcessIdentity> before = ownerOf(database, id);
    if (!before)
        return failure(before.error());
    if (*before != owner && before->pid > 0 && Tasks::isAlive(*before)) {
        return failure(ErrorKind::Conflict,
            QCoreApplication::translate("Meanwhile::Store",
                "This session is open in another Meanwhile (process %1). Close it there first.")
                .arg(before->pid));
    }
    return {};
}

Result<void> claimSession(Database &database, const QString &id, const Tasks::ProcessIdentity &owner)
{
    const Result<void> free = checkOwner(database, id, owner);
    const Result<Tasks::ProcessIdentity> before = free ? ownerOf(database, id) : failure(free.error());
    if (!before)
        return failure(before.error());
    if (*before == owner)
        return {};
    return database.write(u"UPDATE session SET owner = ? WHERE id = ?"_s, {ownerText(owner), id});
}

bool isOpenElsewhere(const QString &ownerText)
{
    const Tasks::ProcessIdentity owner = ownerFrom(ownerText);
    return owner.pid > 0 && owner.pid != QCoreApplication::applicationPid() && Tasks::isAlive(owner);
}

} // namespace Meanwhile::Store
