// SPDX-License-Identifier: MIT
#pragma once

#include "agent/taskdelivery.h"

#include <QHash>

namespace Meanwhile::Agent {

/// Finds which deliveries have changed since the last call.
///
/// A value, part of the agent's state. Its work is in proportion to the news that is under way, and nothing
/// where neither the queue nor what holds it up has changed.
class DeliveryTracker {
public:
    /// What holds up the news in each state of its delivery.
    struct Blocks {
        DeliveryBlock queued = DeliveryBlock::Nothing;
        DeliveryBlock inRequest = DeliveryBlock::Nothing;

        DeliveryBlock of(Tasks::Delivery::State state) const;
        bool operator==(const Blocks &) const = default;
    };

    QVector<TaskDelivery> changes(const Tasks::NewsQueue &news, const Blocks &blocks);
    /// Of every task that there is news of.
    static QVector<TaskDelivery> all(const Tasks::NewsQueue &news, const Blocks &blocks);

private:
    QHash<QString, TaskDelivery> m_underWay; ///< as last reported
    qint64 m_revision = 0;
    Blocks m_blocks;
};

} // namespace Meanwhile::Agent
