// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/newsqueue.h"

namespace Meanwhile::Agent {

/// Why the model does not know of a task's end yet, or when it will.
enum class DeliveryBlock {
    Nothing,       ///< it does, or there is no news
    OnItsWay,      ///< in the request that is open
    TriesAgain,    ///< that request failed and is sent again by itself
    RequestFailed, ///< that request failed for good; goes again with the next one
    NextRequest,   ///< a turn is under way
    Soon,          ///< wakes the agent in a moment
    PersonTypes,
    Stopped,    ///< the person stopped the agent
    WakeLimit,  ///< the hourly limit of wake-ups is reached; waits for the person, or the hour's
                ///< end
    EarlierRun, ///< waits until the person resumes the turn, see PendingWork
    NextTurn,   ///< wakes nobody
};

/// How far the newest news of a task has been delivered, and what blocks it.
struct TaskDelivery {
    QString taskId;
    Tasks::Delivery delivery;
    DeliveryBlock block = DeliveryBlock::Nothing;

    bool operator==(const TaskDelivery &) const = default;
};

/// An event of a conversation: the deliveries of these tasks have changed; each task at most once.
struct DeliveriesChanged {
    QVector<TaskDelivery> tasks;
    bool operator==(const DeliveriesChanged &) const = default;
};

} // namespace Meanwhile::Agent
