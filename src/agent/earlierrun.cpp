// SPDX-License-Identifier: MIT
#include "agent/earlierrun.h"

#include <algorithm>

namespace Meanwhile::Agent {

using namespace Qt::StringLiterals;
using namespace Conversation;

namespace {

QSet<NewsId> toldIn(const History &history)
{
    QSet<NewsId> told;
    for (const Message &message : history.messages()) {
        for (const ContentBlock &block : message.content) {
            for (const NewsId &id : newsToldBy(block))
                told.insert(id);
        }
    }
    return told;
}

} // namespace

ToolResultBlock EarlierRun::resultOf(const ToolCallBlock &call) const
{
    const auto known = calls.constFind(call.id);
    ToolResultBlock result{call.id, {}, true, {}};
    if (known == calls.cend()) {
        result.end = CallEnd::NotBegun;
        result.text =
            u"Not run: the program ended before this call was started. Make it again if it is still wanted."_s;
        return result;
    }
    if (known->result)
        return *known->result;
    result.end = CallEnd::Interrupted;
    result.text =
        u"Interrupted: the program ended while this call was under way. It may have had effects; check before repeating it."_s;
    if (!known->taskId.isEmpty()) {
        result.taskId = known->taskId;
        result.continues = true;
        result.text +=
            u" The command was task %1; its result comes by itself%2. Do not start it again."_s.arg(
                known->taskId, taskViewer.isEmpty() ? QString() : u", or see "_s + taskViewer);
    }
    return result;
}

// A task names its call. If the task exists, the call had started, even if that was not stored.
static void noteTasksOfCalls(EarlierRun &earlier, const Store::StoredSession &session)
{
    const QVector<ToolCallBlock> open = session.history.openCalls();
    for (const Tasks::Task &task : session.tasks) {
        const bool isOfOpenCall = std::any_of(open.cbegin(), open.cend(),
            [&](const ToolCallBlock &call) { return call.id == task.spec.callId; });
        if (!isOfOpenCall)
            continue;
        Store::StoredCall &call = earlier.calls[task.spec.callId];
        call.id = task.spec.callId;
        call.taskId = task.id;
    }
}

EarlierRun earlierRunOf(const Store::StoredSession &session, const QString &taskViewer)
{
    EarlierRun earlier;
    earlier.taskViewer = taskViewer;
    earlier.messages = session.nextPosition;
    earlier.queued = session.queued;
    QSet<NewsId> told = toldIn(session.history);
    const QVector<ToolCallBlock> open = session.history.openCalls();
    for (const Store::StoredCall &call : session.calls) {
        const bool isOpen = std::any_of(
            open.cbegin(), open.cend(), [&](const ToolCallBlock &block) { return block.id == call.id; });
        if (!isOpen)
            continue;
        earlier.calls.insert(call.id, call);
        if (call.result)
            told.unite(QSet<NewsId>(call.result->toldNews.cbegin(), call.result->toldNews.cend()));
    }
    noteTasksOfCalls(earlier, session);
    const auto &messages = session.history.messages();
    earlier.requests = std::count_if(messages.cbegin(), messages.cend(),
        [](const Message &message) { return message.role == Role::Assistant; });
    for (const Store::StoredNews &stored : session.news) {
        earlier.requests = std::max(earlier.requests, stored.delivery.request);
        const NewsId &id = stored.news.id;
        if (!told.contains(id))
            earlier.stale.append(id);
        else if (stored.delivery.state == Tasks::Delivery::State::Accepted)
            earlier.deliveries.insert(id, stored.delivery);
    }
    for (const Tasks::Task &task : session.tasks) {
        if (task.hasEnded() && !told.contains(NewsId::endOf(task.id)))
            earlier.untold.insert(task.id);
    }
    return earlier;
}

} // namespace Meanwhile::Agent
