// SPDX-License-Identifier: MIT
#include "notify/busaddress.h"

#include <QFile>

#include <fcntl.h>

namespace Meanwhile::Notify {

using namespace Qt::StringLiterals;

BusAddress heldAddress(const BusAddress &address, Descriptor &door)
{
    if (address.isEmpty() || address.socketPath.startsWith(u'@'))
        return address;
    door.reset(::open(QFile::encodeName(address.socketPath).constData(), O_PATH | O_CLOEXEC));
    if (!door.isValid())
        return address; // nothing is there, as the next step finds
    const QString path = u"/proc/self/fd/%1"_s.arg(door.get());
    return {u"unix:path="_s + path, path};
}

} // namespace Meanwhile::Notify
