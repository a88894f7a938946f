// SPDX-License-Identifier: MIT
#include "notify/freedesktopnotifier.h"

#include "base/whenfinished.h"
#include "notify/busaddress.h"

#include <QDBusPendingCallWatcher>
#include <QtConcurrentRun>

#include <algorithm>
#include <limits>

namespace Meanwhile::Notify {

using namespace Qt::StringLiterals;

namespace {

const QString kName = u"org.freedesktop.Notifications"_s;
const QString kPath = u"/org/freedesktop/Notifications"_s;
const QString kBusName = u"org.freedesktop.DBus"_s;
const QString kBusPath = u"/org/freedesktop/DBus"_s;
constexpr qsizetype kMostShown = 200;
constexpr qsizetype kMostTokenChars = 1'024;
constexpr quint32 kClosedByPerson = 2;
constexpr int kNoLimit = std::numeric_limits<int>::max();

QDBusMessage busQuestion(const QString &method)
{
    return QDBusMessage::createMethodCall(kBusName, kBusPath, kBusName, method);
}

QVariantMap hintsOf(const NoticeText &text)
{
    return {{u"desktop-entry"_s, u"meanwhile"_s}, {u"suppress-sound"_s, true},
        {u"urgency"_s, QVariant::fromValue(uchar(text.isUrgent ? 1 : 0))}}; // low or normal
}

bool isTokenText(const QString &token)
{
    return token.size() <= kMostTokenChars &&
           std::all_of(token.begin(), token.end(), [](QChar c) { return c > u' ' && c < u'\x7f'; });
}

} // namespace

FreedesktopNotifier::FreedesktopNotifier(
    const QProcessEnvironment &environment, Commands commands, QObject *parent)
    : Notifier(parent)
    , m_environment(environment)
    , m_commands(std::move(commands))
    , m_connectionName(u"notices-%1"_s.arg(quintptr(this)))
    , m_bus(QString()) // a name would already start Qt's thread for buses
{
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] { setReach(Reach::Silent); });
    connect(&m_probe, &BusProbe::failed, this, [this] { endConnecting(Reach::NoBus); });
    // What listens in the place of the bus may be anybody.
    connect(&m_probe, &BusProbe::answered, this, [this](qintptr socketDescriptor) {
        if (m_commands.isPeer(socketDescriptor))
            endConnecting(Reach::OfCommand);
        else
            connectTo(m_address);
    });
}

FreedesktopNotifier::~FreedesktopNotifier()
{
    for (const SentNotice &sent : std::as_const(m_sent)) {
        if (sent.id != 0)
            close(sent.id);
    }
    if (!m_address.isEmpty())
        QDBusConnection::disconnectFromBus(m_connectionName);
}

// ---- whom to speak to

void FreedesktopNotifier::look()
{
    if (m_isConnecting || m_reach == Reach::Looking || m_reach == Reach::Reached)
        return;
    if (m_bus.isConnected())
        return askAbilities();
    const BusAddress address = heldAddress(sessionBusAddress(m_environment), m_door);
    if (address.isEmpty())
        return setReach(Reach::NoBus);
    m_isConnecting = true;
    m_address = address.text;
    setReach(Reach::Looking);
    m_limit.start(m_answerLimit);
    m_probe.start(address.socketPath);
}

// To connect is to wait for the bus, twice.
void FreedesktopNotifier::connectTo(const QString &address)
{
    const auto connecting = [address, name = m_connectionName] {
        QDBusConnection::disconnectFromBus(name); // of an earlier bus
        return QDBusConnection::connectToBus(address, name).isConnected();
    };
    whenFinished(
        QtConcurrent::run(connecting), this, [this](bool isConnected) { noteConnected(isConnected); });
}

void FreedesktopNotifier::noteConnected(bool isConnected)
{
    if (!isConnected)
        return endConnecting(Reach::NoBus);
    m_bus = QDBusConnection(m_connectionName);
    listen();
    endConnecting(Reach::Looking);
    askAbilities();
}

void FreedesktopNotifier::endConnecting(Reach why)
{
    m_isConnecting = false;
    m_limit.stop();
    setReach(why);
}

// By no sender's name: Qt would ask the bus who that is and wait. Each slot looks who sent the message, which
// the bus itself writes into it.
void FreedesktopNotifier::listen()
{
    m_bus.connect({}, kPath, kName, u"ActionInvoked"_s, this, SLOT(noteAction(QDBusMessage)));
    m_bus.connect({}, kPath, kName, u"ActivationToken"_s, this, SLOT(noteToken(QDBusMessage)));
    m_bus.connect({}, kPath, kName, u"NotificationClosed"_s, this, SLOT(noteClosed(QDBusMessage)));
    m_bus.connect(
        {}, kBusPath, kBusName, u"NameOwnerChanged"_s, {kName}, {}, this, SLOT(noteOwner(QDBusMessage)));
    m_bus.connect({}, u"/org/freedesktop/DBus/Local"_s, u"org.freedesktop.DBus.Local"_s, u"Disconnected"_s,
        this, SLOT(noteDisconnected()));
}

void FreedesktopNotifier::askAbilities()
{
    setReach(Reach::Looking);
    // Where nobody has the name, the bus may start who would have it.
    const QDBusMessage question = QDBusMessage::createMethodCall(kName, kPath, kName, u"GetCapabilities"_s);
    const int number = m_question = ++m_lastNumber;
    ask(question, kNoLimit, [this, number](const QDBusMessage &answer) {
        if (number != m_question)
            return; // it was late, and was asked again
        if (answer.type() == QDBusMessage::ErrorMessage)
            return setReach(answer.errorName() == u"org.freedesktop.DBus.Error.NoReply"_s ? Reach::Silent
                                                                                          : Reach::NoDaemon);
        const QStringList said = answer.arguments().value(0).toStringList();
        m_abilities = {
            said.contains(u"actions"_s), said.contains(u"body"_s), said.contains(u"body-markup"_s)};
        askWho(answer.service());
    });
    QTimer::singleShot(m_answerLimit, this, [this, number] {
        if (number == m_question && m_reach == Reach::Looking)
            setReach(Reach::Silent);
    });
}

void FreedesktopNotifier::askWho(const QString &owner)
{
    QDBusMessage question = busQuestion(u"GetConnectionUnixProcessID"_s);
    question << owner;
    ask(question, int(m_answerLimit.count()), [this, owner](const QDBusMessage &answer) {
        if (answer.type() == QDBusMessage::ErrorMessage)
            return setReach(Reach::NoDaemon);
        if (m_commands.isProcess(answer.arguments().value(0).toLongLong()))
            return setReach(Reach::OfCommand);
        m_owner = owner;
        beReached();
    });
}

void FreedesktopNotifier::beReached()
{
    setReach(Reach::Reached);
    const QStringList sessionIds = m_sent.keys();
    for (const QString &sessionId : sessionIds) {
        const SentNotice &sent = m_sent[sessionId];
        if ((!sent.isShown || sent.isLate) && !sent.isWithdrawn)
            send(sessionId);
    }
}

void FreedesktopNotifier::ask(const QDBusMessage &message, int timeLimitMs, const Then &then)
{
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(message, timeLimitMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, then, asked = m_asked] {
        watcher->deleteLater();
        if (asked == m_asked)
            then(watcher->reply());
    });
}

void FreedesktopNotifier::setReach(Reach reach)
{
    if (std::exchange(m_reach, reach) != reach)
        emit reachChanged();
}

void FreedesktopNotifier::lose(Reach why)
{
    ++m_asked;
    m_owner.clear();
    m_shown.clear();
    m_shownInOrder.clear();
    m_tokens.clear();
    m_sent.removeIf([](const auto &sent) { return sent->isWithdrawn; });
    for (SentNotice &sent : m_sent)
        sent = {sent.notice};
    setReach(why);
}

void FreedesktopNotifier::noteOwner(const QDBusMessage &message)
{
    const QString now = message.arguments().value(2).toString();
    if (message.service() != kBusName || (!now.isEmpty() && now == m_owner))
        return;
    lose(Reach::NoDaemon);
    if (!now.isEmpty())
        askAbilities();
}

void FreedesktopNotifier::noteDisconnected()
{
    lose(Reach::NoBus);
    m_bus = QDBusConnection(QString());
}

bool FreedesktopNotifier::isFromDaemon(const QDBusMessage &message) const
{
    return !m_owner.isEmpty() && message.service() == m_owner;
}

// ---- what is shown

void FreedesktopNotifier::show(const Notice &notice)
{
    SentNotice &sent = m_sent[notice.sessionId];
    sent.notice = notice;
    sent.isShown = sent.isRefused = sent.isWithdrawn = false;
    if (m_reach == Reach::Reached)
        send(notice.sessionId);
    else
        look();
}

void FreedesktopNotifier::send(const QString &sessionId)
{
    SentNotice &sent = m_sent[sessionId];
    if (sent.isUnderWay && !sent.isLate)
        return; // two at once would be two notices
    sent.number = ++m_lastNumber;
    sent.isUnderWay = sent.isShown = true;
    sent.isLate = false;
    const NoticeText text = textOf(sent.notice, m_abilities);
    QStringList keys;
    for (qsizetype i = 0; i < text.actions.size(); i += 2)
        keys += text.actions.at(i);
    QDBusMessage message = QDBusMessage::createMethodCall(m_owner, kPath, kName, u"Notify"_s);
    // An approval stays until it is settled; how long others do is the desktop's to say.
    message << u"Meanwhile"_s << sent.id << u"meanwhile"_s << text.summary << text.body << text.actions
            << hintsOf(text) << (text.isUrgent ? 0 : -1);
    // However late the answer comes, it has the number that the notice is closed by.
    ask(message, kNoLimit, [this, sessionId, number = sent.number, keys](const QDBusMessage &answer) {
        noteSent(sessionId, number, keys, answer);
    });
    QTimer::singleShot(
        m_answerLimit, this, [this, sessionId, number = sent.number] { noteLate(sessionId, number); });
}

void FreedesktopNotifier::noteLate(const QString &sessionId, int number)
{
    const auto sent = m_sent.find(sessionId);
    if (sent == m_sent.end() || !sent->isUnderWay || sent->number != number)
        return;
    sent->isLate = true;
    setReach(Reach::Silent); // asked again at the next notice
}

void FreedesktopNotifier::noteSent(
    const QString &sessionId, int number, const QStringList &keys, const QDBusMessage &answer)
{
    const bool isError = answer.type() == QDBusMessage::ErrorMessage;
    const quint32 id = isError ? 0 : answer.arguments().value(0).toUInt();
    const auto sent = m_sent.find(sessionId);
    if (sent == m_sent.end() || sent->number != number) { // it was late, and another was sent in its place
        if (id != 0 && (sent == m_sent.end() || sent->id != id))
            close(id);
        return;
    }
    sent->isUnderWay = sent->isLate = false;
    if (isError)
        return noteRefused(sessionId, answer);
    sent->id = id;
    remember(sessionId, id, keys);
    if (sent->isWithdrawn) {
        close(id);
        m_sent.erase(sent);
    } else if (!sent->isShown) {
        send(sessionId);
    } else {
        emit shown(sessionId);
    }
    if (m_reach == Reach::Silent)
        beReached();
}

void FreedesktopNotifier::noteRefused(const QString &sessionId, const QDBusMessage &error)
{
    SentNotice &sent = m_sent[sessionId];
    sent.isShown = false;
    if (sent.isWithdrawn) {
        m_sent.remove(sessionId);
        return;
    }
    if (error.errorName() == u"org.freedesktop.DBus.Error.NoReply"_s)
        return setReach(Reach::Silent); // who should answer has gone
    if (std::exchange(sent.isRefused, true))
        return;
    QTimer::singleShot(m_resendPause, this, [this, sessionId, number = sent.number] {
        const auto refused = m_sent.constFind(sessionId);
        if (m_reach == Reach::Reached && refused != m_sent.cend() && refused->number == number)
            send(sessionId);
    });
}

void FreedesktopNotifier::remember(const QString &sessionId, quint32 id, const QStringList &keys)
{
    if (!m_shown.contains(id)) {
        m_shownInOrder.append(id);
        if (m_shownInOrder.size() > kMostShown)
            m_shown.remove(m_shownInOrder.takeFirst());
    }
    // A click that is on its way may be one on the buttons before.
    const QStringList before = m_shown.value(id).keys;
    m_shown.insert(id, {sessionId, keys + before.mid(0, 6)});
}

void FreedesktopNotifier::withdraw(const QString &sessionId)
{
    const auto sent = m_sent.find(sessionId);
    if (sent == m_sent.end())
        return;
    if (sent->isUnderWay) {
        sent->isWithdrawn = true;
        return;
    }
    if (sent->id != 0)
        close(sent->id);
    m_sent.erase(sent);
}

void FreedesktopNotifier::close(quint32 id)
{
    QDBusMessage message = QDBusMessage::createMethodCall(m_owner, kPath, kName, u"CloseNotification"_s);
    message << id;
    m_bus.send(message);
}

// ---- what is heard

void FreedesktopNotifier::noteAction(const QDBusMessage &message)
{
    const quint32 id = message.arguments().value(0).toUInt();
    const QString key = message.arguments().value(1).toString();
    const Shown shown = m_shown.value(id);
    if (isFromDaemon(message) && shown.keys.contains(key))
        emit acted(shown.sessionId, key, m_tokens.take(id));
}

void FreedesktopNotifier::noteToken(const QDBusMessage &message)
{
    const quint32 id = message.arguments().value(0).toUInt();
    const QString token = message.arguments().value(1).toString();
    if (isFromDaemon(message) && m_shown.contains(id) && isTokenText(token))
        m_tokens.insert(id, token);
}

void FreedesktopNotifier::noteClosed(const QDBusMessage &message)
{
    const quint32 id = message.arguments().value(0).toUInt();
    if (!isFromDaemon(message) || !m_shown.contains(id))
        return;
    const QString sessionId = m_shown.value(id).sessionId;
    const auto sent = m_sent.find(sessionId);
    if (sent == m_sent.end() || sent->id != id)
        return; // closed by us
    sent->id = 0;
    if (sent->isUnderWay)
        return; // what replaces it is a new one
    m_sent.erase(sent);
    emit closed(sessionId, message.arguments().value(1).toUInt() == kClosedByPerson);
}

} // namespace Meanwhile::Notify
