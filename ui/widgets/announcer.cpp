// SPDX-License-Identifier: MIT
#include "ui/widgets/announcer.h"

#include <QAccessible>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QWidget>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

/// Sends what Qt's bridge to the accessibility bus has no event for, as the bridge sends the others: a screen
/// reader knows an object by the connection that announced it, so the bridge's own one is used.
static void sendEvent(
    QWidget &place, const QString &event, const QString &detail, int value, const QVariant &data)
{
    const QDBusConnection bus(u"a11y"_s); // the name that the bridge gives it
    QAccessibleInterface *spoken =
        bus.isConnected() ? QAccessible::queryAccessibleInterface(&place) : nullptr;
    if (!spoken)
        return;
    const QString path = u"/org/a11y/atspi/accessible/%1"_s.arg(QAccessible::uniqueId(spoken));
    QDBusMessage message = QDBusMessage::createSignal(path, u"org.a11y.atspi.Event.Object"_s, event);
    message << detail << value << 0 << QVariant::fromValue(QDBusVariant(data)) << QVariantMap();
    bus.send(message);
}

bool Announcer::isHeard()
{
    return QAccessible::isActive();
}

void Announcer::say(QWidget &place, const QString &words, Urgency urgency)
{
    if (words.isEmpty() || !isHeard())
        return;
    const bool isUrgent = urgency == Urgency::Assertive;
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QAccessibleAnnouncementEvent event(&place, words);
    event.setPoliteness(isUrgent ? QAccessible::AnnouncementPoliteness::Assertive
                                 : QAccessible::AnnouncementPoliteness::Polite);
    QAccessible::updateAccessibility(&event);
#else
    sendEvent(place, u"Announcement"_s, {}, isUrgent ? 2 : 1, words);
#endif
}

void Announcer::sayExpanded(QWidget &place, bool expanded)
{
    if (isHeard())
        sendEvent(place, u"StateChanged"_s, u"expanded"_s, expanded ? 1 : 0, QString());
}

} // namespace Meanwhile::Ui
