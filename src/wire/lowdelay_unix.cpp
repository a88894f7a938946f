// SPDX-License-Identifier: MIT
#include "wire/lowdelay.h"

#include <QDir>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace Meanwhile::Wire {

using namespace Qt::StringLiterals;

void sendWithoutDelay()
{
    const QStringList descriptors =
        QDir(u"/dev/fd"_s).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot);
    for (const QString &name : descriptors) {
        const int descriptor = name.toInt();
        sockaddr_storage address{};
        socklen_t length = sizeof address;
        if (getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &length) != 0)
            continue;
        if (address.ss_family != AF_INET && address.ss_family != AF_INET6)
            continue;
        const int on = 1;
        setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
}

} // namespace Meanwhile::Wire
