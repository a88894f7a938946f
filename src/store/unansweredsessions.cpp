// SPDX-License-Identifier: MIT
#include "store/unansweredsessions.h"

#include "conversation/message.h"
#include "store/database.h"
#include "store/sessionowner.h"
#include "tasks/processidentity.h"

#include <QCoreApplication>

namespace Meanwhile::Store {

using namespace Qt::StringLiterals;

// As AgentMachine has it: what the person or the calls said last has no answer, an answer broke off or calls
// for something, or words wait to be sent.
Result<QStringList> unansweredSessions(Database &database)
{
    using namespace Conversation;
    Result<QSqlQuery> rows = database.run(
        u"SELECT s.id, owner, EXISTS (SELECT 1 FROM queued WHERE session = s.id) OR json_extract(body, "
        u"'$.role') = '%1' OR json_extract(body, '$.completeness') = %2 OR EXISTS (SELECT 1 FROM "
        u"json_each(body, '$.content') WHERE json_extract(value, '$.type') = 'tool_call') FROM session s "
        u"JOIN "
        u"message m ON m.session = s.id AND m.position = (SELECT position FROM message WHERE session = s.id "
        u"AND json_valid(body) AND json_extract(body, '$.role') <> '%3' ORDER BY position DESC LIMIT 1) "
        u"WHERE "
        u"deleted_at IS NULL"_s.arg(nameOf(Role::User))
            .arg(int(Completeness::Broken))
            .arg(nameOf(Role::Record)));
    if (!rows)
        return failure(rows.error());
    QStringList ids;
    while (rows->next()) {
        const Tasks::ProcessIdentity owner = ownerFrom(rows->value(1).toString());
        // What this program has open, it knows better.
        const bool isOpenElsewhere =
            owner.pid > 0 && owner.pid != QCoreApplication::applicationPid() && Tasks::isAlive(owner);
        if (rows->value(2).toBool() && !isOpenElsewhere)
            ids += rows->value(0).toString();
    }
    return ids;
}

} // namespace Meanwhile::Store
