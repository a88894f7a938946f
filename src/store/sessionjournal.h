// SPDX-License-Identifier: MIT
#pragma once

#include "store/storedsession.h"

#include <functional>

namespace Meanwhile::Store {

/// Port: stores what happens in a session. Never blocks; stores in the order of the calls.
class SessionJournal {
public:
    virtual ~SessionJournal() = default;

    /// Everything that is known of the session, asked for when the file it was kept in has vanished.
    virtual void setMemory(const std::function<StoredSession()> &memory) { Q_UNUSED(memory) }

    /// How many messages are not on disk yet; those that cannot be stored do not count.
    virtual int unstoredMessages() const = 0;
    /// Calls `then` once there are at most so many, later and on this thread; replaces an earlier one.
    virtual void whenBacklogAtMost(int count, std::function<void()> then) = 0;

    /// A message that carries notifications is stored in the same transaction that takes these out of the
    /// outbox.
    virtual void messageAdded(const Conversation::Message &message) = 0;
    /// The person's words wait for the next request; they are on disk before anything that comes later.
    virtual void wordsQueued(const QueuedWords &words) { Q_UNUSED(words) }
    /// They were taken back, or are in the message that is added next, which is kept together with this.
    virtual void queuedWordsRemoved(const QString &id) { Q_UNUSED(id) }
    /// How lists show the session while it is not open.
    virtual void markChanged(SessionMark mark) { Q_UNUSED(mark) }
    virtual void taskChanged(const Tasks::Task &task) = 0;
    virtual void newsKept(const Tasks::News &news) = 0;
    /// Removes these from the outbox: an earlier run, or somebody else, has put them there. Those that are
    /// true are kept again by newsKept().
    virtual void newsDropped(const QVector<NewsId> &ids) = 0;
    /// The provider accepted request `number`: the news in it is delivered.
    virtual void requestAccepted(qint64 number, const QVector<NewsId> &ids) = 0;

    // A call of a tool: intended once its message is stored, then started, then ended. One that was started
    // and never ended may have had effects.
    virtual void callStarted(const QString &callId) = 0;
    /// Until the message that holds it is stored.
    virtual void callEnded(const Conversation::ToolResultBlock &result) = 0;
};

} // namespace Meanwhile::Store
