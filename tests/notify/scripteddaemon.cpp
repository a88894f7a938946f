// SPDX-License-Identifier: MIT
#include "notify/scripteddaemon.h"

#include <QDBusArgument>

#include <utility>

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;

static const QString kName = u"org.freedesktop.Notifications"_s;
static const QString kPath = u"/org/freedesktop/Notifications"_s;

static QString nextConnectionName()
{
    static int count = 0;
    return u"scripted-daemon-%1"_s.arg(++count);
}

QString ScriptedDaemon::Shown::key(const QString &words) const
{
    for (qsizetype i = 0; i + 1 < actions.size(); i += 2) {
        if (actions.at(i + 1) == words)
            return actions.at(i);
    }
    return {};
}

QStringList ScriptedDaemon::full()
{
    return {u"actions"_s, u"body"_s, u"body-markup"_s};
}

ScriptedDaemon::ScriptedDaemon(const QString &address, const QStringList &abilities)
    : m_connectionName(nextConnectionName())
    , m_bus(QDBusConnection::connectToBus(address, m_connectionName))
    , m_abilities(abilities)
{
    m_bus.registerVirtualObject(kPath, this);
}

ScriptedDaemon::~ScriptedDaemon()
{
    QDBusConnection::disconnectFromBus(m_connectionName);
}

bool ScriptedDaemon::takeName()
{
    return m_bus.registerService(kName);
}

void ScriptedDaemon::giveUpName()
{
    m_bus.unregisterService(kName);
}

bool ScriptedDaemon::handleMessage(const QDBusMessage &message, const QDBusConnection &connection)
{
    const QVariantList given = message.arguments();
    const auto answer = [&](const QVariantList &values) {
        if (message.member() == m_heldMethod)
            m_held += message.createReply(values);
        else if (!m_isSilent)
            connection.send(message.createReply(values));
        return true;
    };
    if (message.member() == u"GetCapabilities"_s) {
        ++questions;
        return answer({m_abilities});
    }
    if (message.member() == u"CloseNotification"_s) {
        closed += given.at(0).toUInt();
        return answer({});
    }
    if (message.member() != u"Notify"_s)
        return false;
    if (m_refusals > 0) {
        --m_refusals;
        ++refused;
        connection.send(message.createErrorReply(
            u"org.freedesktop.Notifications.Error.ExcessNotificationGeneration"_s, u"Too many."_s));
        return true;
    }
    Shown one;
    one.replaces = given.at(1).toUInt();
    one.id = one.replaces != 0 ? one.replaces : ++m_lastId;
    one.app = given.at(0).toString();
    one.icon = given.at(2).toString();
    one.summary = given.at(3).toString();
    one.body = given.at(4).toString();
    one.actions = given.at(5).toStringList();
    one.hints = qdbus_cast<QVariantMap>(given.at(6));
    one.timeout = given.at(7).toInt();
    shown += one;
    return answer({one.id});
}

void ScriptedDaemon::letGo()
{
    m_heldMethod.clear();
    for (const QDBusMessage &reply : std::exchange(m_held, {}))
        m_bus.send(reply);
}

void ScriptedDaemon::emitSignal(const QString &name, const QVariantList &arguments)
{
    QDBusMessage signal = QDBusMessage::createSignal(kPath, kName, name);
    signal.setArguments(arguments);
    m_bus.send(signal);
}

void ScriptedDaemon::click(quint32 id, const QString &key, const QString &token)
{
    if (!token.isEmpty())
        emitSignal(u"ActivationToken"_s, {id, token});
    emitSignal(u"ActionInvoked"_s, {id, key});
}

void ScriptedDaemon::tellClosed(quint32 id, quint32 reason)
{
    emitSignal(u"NotificationClosed"_s, {id, reason});
}

} // namespace Meanwhile::Testing
