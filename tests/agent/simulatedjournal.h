// SPDX-License-Identifier: MIT
#pragma once

#include "agent/agentevent.h"
#include "conversation/history.h"
#include "mutant.h"
#include "store/sessionjournal.h"
#include "support/seededids.h"

#include <QHash>
#include <QSet>

namespace Meanwhile::Testing {

/// The store of a SimulatedWorld: what a crash would leave, on a disk that is slow in some lives, and whether
/// it was given in the right order.
class SimulatedJournal final : public Store::SessionJournal {
public:
    /// As many messages may be on their way to the disk when a request is sent: an answer, and what follows
    /// it.
    static constexpr int kMaxBacklog = 2;

    SimulatedJournal(quint64 seed, Mutant &mutant);

    int unstoredMessages() const override;
    void whenBacklogAtMost(int count, std::function<void()> then) override;
    void messageAdded(const Conversation::Message &message) override;
    void wordsQueued(const Store::QueuedWords &words) override { m_words.insert(words.id); }
    void queuedWordsRemoved(const QString &id) override { m_words.remove(id); }
    void taskChanged(const Tasks::Task &) override {}
    void newsKept(const Tasks::News &news) override;
    void newsDropped(const QVector<NewsId> &) override {}
    void requestAccepted(qint64 number, const QVector<NewsId> &) override { m_accepted = number; }
    void callStarted(const QString &callId) override;
    void callEnded(const Conversation::ToolResultBlock &result) override;

    /// Whether the disk catches up now.
    bool isDue();
    /// Calls whoever waits.
    void catchUp();
    /// A request is held back until catchUp().
    bool isAwaited() const { return m_isAwaited; }
    /// The request that was held back was cancelled; whoever waits does not know.
    void giveUp() { m_isAwaited = false; }
    /// The program is killed.
    void crash();

    /// This is being told: it must have been kept.
    void hear(const Agent::AgentEvent &event);
    /// A call is run or a step is over: each call that has ended is kept, or in a message.
    void checkEnds();
    /// The first thing that is wrong; empty when nothing is.
    QString problem() const { return m_problem; }

    const Conversation::History &history() const { return m_history; }
    const QSet<QString> &outbox() const { return m_outbox; }
    /// Started, and in no message yet.
    QVector<Store::StoredCall> calls() const { return {m_calls.cbegin(), m_calls.cend()}; }
    /// The end of a call is kept, and in no message yet.
    bool holdsEnds() const { return !m_ended.isEmpty(); }
    int backlog() const { return m_unstored; }

private:
    void keep(const Conversation::Message &message);
    void fail(const QString &what);

    SeededIds m_random; // its own, so that the dice of the world fall as they would without it
    Mutant &m_mutant;
    bool m_isSlow;
    int m_unstored = 0;
    std::function<void()> m_then;
    bool m_isAwaited = false;
    Conversation::History m_history;
    std::optional<Conversation::Message> m_late; // a planted bug keeps it after it was told
    QSet<QString> m_words;
    QSet<QString> m_outbox;
    QHash<QString, Store::StoredCall> m_calls;
    QSet<QString> m_ended; // calls, as was told; in no message yet
    qint64 m_accepted = 0;
    QString m_problem;
};

} // namespace Meanwhile::Testing
