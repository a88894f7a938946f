// SPDX-License-Identifier: MIT
#include "agent/deliverytracker.h"

#include <algorithm>

namespace Meanwhile::Agent {

using State = Tasks::Delivery::State;

namespace {

bool isUnderWay(const TaskDelivery &task)
{
    return task.delivery.state == State::Queued || task.delivery.state == State::InRequest;
}

TaskDelivery deliveryOf(
    const QString &taskId, const Tasks::NewsQueue &news, const DeliveryTracker::Blocks &blocks)
{
    const Tasks::Delivery delivery = news.delivery(news.newestOf(taskId));
    return {taskId, delivery, blocks.of(delivery.state)};
}

} // namespace

DeliveryBlock DeliveryTracker::Blocks::of(State state) const
{
    switch (state) {
    case State::None:
    case State::Accepted:
        break;
    case State::Queued:
        return queued;
    case State::InRequest:
        return inRequest;
    }
    return DeliveryBlock::Nothing;
}

QVector<TaskDelivery> DeliveryTracker::changes(const Tasks::NewsQueue &news, const Blocks &blocks)
{
    if (news.revision() == m_revision && blocks == m_blocks)
        return {};
    m_revision = news.revision();
    m_blocks = blocks;
    QStringList tasks = m_underWay.keys();
    for (const NewsId &id : news.underWay()) {
        if (!m_underWay.contains(id.taskId))
            tasks += id.taskId;
    }
    std::sort(tasks.begin(), tasks.end());
    tasks.erase(std::unique(tasks.begin(), tasks.end()), tasks.end());
    QVector<TaskDelivery> changed;
    for (const QString &taskId : std::as_const(tasks)) {
        const TaskDelivery now = deliveryOf(taskId, news, blocks);
        if (m_underWay.value(taskId) == now)
            continue;
        changed += now;
        if (isUnderWay(now))
            m_underWay.insert(taskId, now);
        else
            m_underWay.remove(taskId);
    }
    return changed;
}

QVector<TaskDelivery> DeliveryTracker::all(const Tasks::NewsQueue &news, const Blocks &blocks)
{
    QVector<TaskDelivery> all;
    for (const QString &taskId : news.tasks())
        all += deliveryOf(taskId, news, blocks);
    return all;
}

} // namespace Meanwhile::Agent
