// SPDX-License-Identifier: MIT
#include "tasks/newsqueue.h"

#include <utility>

namespace Meanwhile::Tasks {

bool NewsQueue::enqueue(News news)
{
    Delivery &delivery = m_deliveries[news.id];
    if (delivery.state != Delivery::State::None)
        return false;
    ++m_revision;
    delivery.state = Delivery::State::Queued;
    m_newest.insert(news.id.taskId, news.id);
    m_underWay.insert(news.id);
    m_queued.append(std::move(news));
    return true;
}

QVector<News> NewsQueue::take(qint64 number)
{
    ++m_revision;
    for (const News &news : std::as_const(m_queued))
        m_deliveries[news.id] = {Delivery::State::InRequest, number, {}};
    return std::exchange(m_queued, {});
}

void NewsQueue::deliverByAnswer(const NewsId &id, qint64 number)
{
    Delivery &delivery = m_deliveries[id];
    if (delivery.state != Delivery::State::None && delivery.state != Delivery::State::Queued)
        return;
    ++m_revision;
    const bool wasQueued = delivery.state == Delivery::State::Queued;
    delivery = {Delivery::State::InRequest, number, {}};
    m_newest.insert(id.taskId, id);
    m_underWay.insert(id);
    if (wasQueued)
        m_queued.removeIf([&id](const News &queued) { return queued.id == id; });
}

void NewsQueue::recall(const NewsId &id, const Delivery &delivery)
{
    ++m_revision;
    m_deliveries.insert(id, delivery);
    m_newest.insert(id.taskId, id);
    if (delivery.state == Delivery::State::Queued || delivery.state == Delivery::State::InRequest)
        m_underWay.insert(id);
    else
        m_underWay.remove(id);
}

void NewsQueue::accept(qint64 number, const QDateTime &at)
{
    ++m_revision;
    m_underWay.removeIf([&](const NewsId &id) {
        Delivery &delivery = m_deliveries[id];
        if (delivery.state != Delivery::State::InRequest || delivery.request > number)
            return false;
        delivery.state = Delivery::State::Accepted;
        delivery.request = number; // an earlier one that carried it may have failed
        delivery.acceptedAt = at;
        return true;
    });
}

} // namespace Meanwhile::Tasks
