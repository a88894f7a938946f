// SPDX-License-Identifier: MIT
#include "notify/busaddress.h"

#include <QFileInfo>
#include <QStringList>
#include <QUrl>

namespace Meanwhile::Notify {

using namespace Qt::StringLiterals;

namespace {

// "transport:key=value,…"; what is no letter or digit may be written %XX. D-Bus Specification, "Server
// Addresses".
QString socketPathIn(const QString &address, const QString &runtimeFolder)
{
    const QString prefix = u"unix:"_s;
    if (!address.startsWith(prefix))
        return {};
    const QStringList parts = address.sliced(prefix.size()).split(u',');
    for (const QString &part : parts) {
        const QString value = QUrl::fromPercentEncoding(part.section(u'=', 1).toLatin1());
        if (part.startsWith(u"path="_s))
            return value;
        if (part.startsWith(u"abstract="_s))
            return u'@' + value;
        if (part == u"runtime=yes"_s && !runtimeFolder.isEmpty())
            return runtimeFolder + u"/bus"_s;
    }
    return {};
}

} // namespace

BusAddress sessionBusAddress(const QProcessEnvironment &environment)
{
    const QString runtimeFolder = environment.value(u"XDG_RUNTIME_DIR"_s);
    const QString given = environment.value(u"DBUS_SESSION_BUS_ADDRESS"_s);
    const QStringList addresses = given.split(u';', Qt::SkipEmptyParts); // the first that can be used counts
    for (const QString &address : addresses) {
        if (const QString path = socketPathIn(address, runtimeFolder); !path.isEmpty())
            return {address, path};
    }
    const QString path = runtimeFolder + u"/bus"_s;
    if (!given.isEmpty() || runtimeFolder.isEmpty() || !QFileInfo::exists(path))
        return {};
    return {u"unix:path="_s + QString::fromLatin1(QUrl::toPercentEncoding(path, "/")), path};
}

} // namespace Meanwhile::Notify
