// SPDX-License-Identifier: MIT
#include "screenreader.h"

#include <QDBusArgument>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QFileInfo>
#include <QStandardPaths>
#include <QtTest>

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPatienceMs = 20'000;

const QString kService = u"/usr/share/dbus-1/services/org.a11y.Bus.service"_s; ///< the bus starts it
const QString kRoot = u"/org/a11y/atspi/accessible/root"_s;
const QString kAccessible = u"org.a11y.atspi.Accessible"_s;
const QString kRegistry = u"org.a11y.atspi.Registry"_s;

QByteArray firstLine(QProcess &process)
{
    while (!process.canReadLine()) {
        if (!process.waitForReadyRead(kPatienceMs))
            return {};
    }
    return process.readLine().trimmed();
}

void end(QProcess &process)
{
    process.terminate();
    if (!process.waitForFinished(kPatienceMs))
        process.kill();
}

} // namespace

QString ScreenReader::missing()
{
    QStringList missing;
    for (const QString &program : {u"Xvfb"_s, u"dbus-daemon"_s}) {
        if (QStandardPaths::findExecutable(program).isEmpty())
            missing += program;
    }
    if (!QFileInfo::exists(kService))
        missing += u"at-spi2-core"_s;
    return missing.join(u", "_s);
}

ScreenReader::ScreenReader()
{
    startDisplay();
    startBus();
    listen();
}

ScreenReader::~ScreenReader()
{
    QDBusConnection::disconnectFromBus(u"reader.spoken"_s);
    QDBusConnection::disconnectFromBus(u"reader.session"_s);
    end(m_bus);
    end(m_display);
}

void ScreenReader::startDisplay()
{
    m_display.start(u"Xvfb"_s,
        {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s, u"1280x900x24"_s, u"-nolisten"_s, u"tcp"_s});
    m_displayName = u':' + QString::fromLatin1(firstLine(m_display));
}

void ScreenReader::startBus()
{
    m_bus.setProcessEnvironment(environment());
    m_bus.start(u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--print-address=1"_s});
    m_busAddress = QString::fromLatin1(firstLine(m_bus));
    m_session = QDBusConnection::connectToBus(m_busAddress, u"reader.session"_s);
}

QProcessEnvironment ScreenReader::environment() const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DISPLAY"_s, m_displayName);
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, m_busAddress);
    environment.insert(u"XDG_RUNTIME_DIR"_s, m_folder.path());
    environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    environment.insert(u"QT_LINUX_ACCESSIBILITY_ALWAYS_ON"_s, u"1"_s);
    environment.remove(u"WAYLAND_DISPLAY"_s);
    environment.remove(u"AT_SPI_BUS_ADDRESS"_s);
    return environment;
}

void ScreenReader::listen()
{
    const QDBusMessage where = QDBusMessage::createMethodCall(
        u"org.a11y.Bus"_s, u"/org/a11y/bus"_s, u"org.a11y.Bus"_s, u"GetAddress"_s);
    const QString address = m_session.call(where, QDBus::Block, kPatienceMs).arguments().value(0).toString();
    m_spoken = QDBusConnection::connectToBus(address, u"reader.spoken"_s);
    m_spoken.connect({}, {}, u"org.a11y.atspi.Event.Object"_s, {}, this, SLOT(note(const QDBusMessage &)));
    QDBusMessage wanted = QDBusMessage::createMethodCall(
        kRegistry, u"/org/a11y/atspi/registry"_s, kRegistry, u"RegisterEvent"_s);
    wanted << u"object:"_s;
    m_spoken.call(wanted, QDBus::Block, kPatienceMs);
}

void ScreenReader::note(const QDBusMessage &message)
{
    const QVariantList arguments = message.arguments();
    m_events += {message.path(), message.member(), arguments.value(0).toString(), arguments.value(1).toInt(),
        arguments.value(3).value<QDBusVariant>().variant().toString()};
}

QStringList ScreenReader::announcements() const
{
    QStringList words;
    for (const SpokenEvent &event : m_events) {
        if (event.kind == u"Announcement"_s)
            words += event.words;
    }
    return words;
}

// ---- objects

QVector<QPair<QString, QString>> ScreenReader::childrenOf(const QString &service, const QString &path) const
{
    const QVariantList answer = ask({service, path}, kAccessible, u"GetChildren"_s);
    QVector<QPair<QString, QString>> children;
    if (answer.isEmpty())
        return children;
    const auto list = answer.first().value<QDBusArgument>();
    list.beginArray();
    while (!list.atEnd()) {
        QString childService;
        QDBusObjectPath childPath;
        list.beginStructure();
        list >> childService >> childPath;
        list.endStructure();
        children += {childService, childPath.path()};
    }
    list.endArray();
    return children;
}

QVariant ScreenReader::property(const QString &service, const QString &path, const QString &name) const
{
    const QVariantList answer =
        ask({service, path}, u"org.freedesktop.DBus.Properties"_s, u"Get"_s, {kAccessible, name});
    return answer.value(0).value<QDBusVariant>().variant();
}

void ScreenReader::look(
    const QString &service, const QString &path, const QString &parent, QVector<SpokenObject> &all) const
{
    SpokenObject object{service, path, parent};
    object.role = ask(object, kAccessible, u"GetRole"_s).value(0).toUInt();
    object.name = property(service, path, u"Name"_s).toString();
    object.description = property(service, path, u"Description"_s).toString();
    const QVariantList states = ask(object, kAccessible, u"GetState"_s);
    if (!states.isEmpty()) {
        const auto words = qdbus_cast<QList<uint>>(states.first());
        for (int bit = 0; bit < 32 * words.size(); ++bit) {
            if (words.at(bit / 32) & (1u << (bit % 32)))
                object.states.insert(uint(bit));
        }
    }
    all += object;
    for (const auto &[childService, childPath] : childrenOf(service, path))
        look(childService, childPath, path, all);
}

QVector<SpokenObject> ScreenReader::tree() const
{
    QVector<SpokenObject> all;
    for (const auto &[service, path] : childrenOf(kRegistry, kRoot)) {
        for (const auto &[windowService, windowPath] : childrenOf(service, path))
            look(windowService, windowPath, path, all);
    }
    return all;
}

std::optional<SpokenObject> ScreenReader::find(SpokenRole role, const QString &name) const
{
    for (const SpokenObject &object : tree()) {
        if (object.is(role) && object.name == name)
            return object;
    }
    return {};
}

QVector<SpokenObject> ScreenReader::findAll(SpokenRole role) const
{
    QVector<SpokenObject> all = tree();
    all.removeIf([role](const SpokenObject &object) { return !object.is(role); });
    return all;
}

QVariantList ScreenReader::ask(const SpokenObject &object, const QString &interface, const QString &method,
    const QVariantList &arguments) const
{
    QDBusMessage message = QDBusMessage::createMethodCall(object.service, object.path, interface, method);
    message.setArguments(arguments);
    const QDBusMessage answer = m_spoken.call(message, QDBus::Block, kPatienceMs);
    return answer.type() == QDBusMessage::ReplyMessage ? answer.arguments() : QVariantList();
}

QString ScreenReader::text(const SpokenObject &object) const
{
    return ask(object, u"org.a11y.atspi.Text"_s, u"GetText"_s, {0, -1}).value(0).toString();
}

void ScreenReader::press(const SpokenObject &object) const
{
    ask(object, u"org.a11y.atspi.Action"_s, u"DoAction"_s, {0});
}

} // namespace Meanwhile::Testing
