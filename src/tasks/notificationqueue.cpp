// SPDX-License-Identifier: MIT
#include "tasks/notificationqueue.h"

#include <utility>

namespace Meanwhile::Tasks {

bool NotificationQueue::enqueue(Notification notification, std::chrono::milliseconds now)
{
    Delivery &delivery = m_deliveries[notification.taskId];
    if (delivery.state != Delivery::State::None)
        return false;
    delivery.state = Delivery::State::Queued;
    if (m_queued.isEmpty())
        m_oldest = now;
    m_newest = now;
    m_underWay.insert(notification.taskId);
    m_queued.append(std::move(notification));
    return true;
}

QVector<Notification> NotificationQueue::take(qint64 number)
{
    for (const Notification &notification : std::as_const(m_queued))
        m_deliveries[notification.taskId] = {Delivery::State::InRequest, number, {}};
    return std::exchange(m_queued, {});
}

void NotificationQueue::deliverByAnswer(const QString &taskId, qint64 number)
{
    Delivery &delivery = m_deliveries[taskId];
    if (delivery.state != Delivery::State::None && delivery.state != Delivery::State::Queued)
        return;
    const bool wasQueued = delivery.state == Delivery::State::Queued;
    delivery = {Delivery::State::InRequest, number, {}};
    m_underWay.insert(taskId);
    if (wasQueued)
        m_queued.removeIf([&taskId](const Notification &queued) { return queued.taskId == taskId; });
}

void NotificationQueue::recall(const QString &taskId, const Delivery &delivery)
{
    m_deliveries.insert(taskId, delivery);
    if (delivery.state == Delivery::State::Queued || delivery.state == Delivery::State::InRequest)
        m_underWay.insert(taskId);
    else
        m_underWay.remove(taskId);
}

void NotificationQueue::accept(qint64 number, const QDateTime &at)
{
    m_underWay.removeIf([&](const QString &taskId) {
        Delivery &delivery = m_deliveries[taskId];
        if (delivery.state != Delivery::State::InRequest || delivery.request > number)
            return false;
        delivery.state = Delivery::State::Accepted;
        delivery.request = number; // an earlier one that carried it may have failed
        delivery.acceptedAt = at;
        return true;
    });
}

} // namespace Meanwhile::Tasks
