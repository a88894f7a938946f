// SPDX-License-Identifier: MIT
#include "store/sessionmark.h"

namespace Meanwhile::Store {

using namespace Qt::StringLiterals;

QString nameOf(SessionMark mark)
{
    switch (mark) {
    case SessionMark::None:
        break;
    case SessionMark::Waits:
        return u"waits"_s;
    case SessionMark::Failed:
        return u"failed"_s;
    case SessionMark::Finished:
        return u"finished"_s;
    }
    return u""_s; // a null string would be stored as NULL
}

SessionMark sessionMarkFrom(const QString &name)
{
    for (const SessionMark mark : {SessionMark::Waits, SessionMark::Failed, SessionMark::Finished}) {
        if (nameOf(mark) == name)
            return mark;
    }
    return SessionMark::None;
}

} // namespace Meanwhile::Store
