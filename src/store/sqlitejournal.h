// SPDX-License-Identifier: MIT
#pragma once

#include "store/sessionjournal.h"
#include "store/storewriter.h"

#include <memory>
#include <vector>

namespace Meanwhile::Store {

/// What happens in one session, as rows.
///
/// Thread: the store's; never blocks. The writer must outlive it.
class SqliteJournal final : public SessionJournal {
public:
    struct Of {
        QString session;
        QString project;
        qint64 nextPosition = 0;
        QString owner; ///< the process, see claimSession()
        SessionMark mark = SessionMark::None;
    };

    /// Those that are alive, on their thread.
    using All = std::vector<SqliteJournal *>;

    SqliteJournal(StoreWriter &writer, Of of, std::shared_ptr<All> all);
    ~SqliteJournal() override;

    void setMemory(const std::function<StoredSession()> &memory) override { m_memory = memory; }
    /// Writes the session as it is in memory, in place of what the file holds of it.
    StoreWriter::Work rewriting();
    int unstoredMessages() const override { return m_progress->unstored; }
    void whenBacklogAtMost(int count, std::function<void()> then) override;
    void messageAdded(const Conversation::Message &message) override;
    void wordsQueued(const QueuedWords &words) override;
    void queuedWordsRemoved(const QString &id) override;
    void markChanged(SessionMark mark) override;
    void taskChanged(const Tasks::Task &task) override;
    void newsKept(const Tasks::News &news) override;
    void newsDropped(const QVector<NewsId> &ids) override;
    void requestAccepted(qint64 number, const QVector<NewsId> &ids) override;
    void callStarted(const QString &callId) override;
    void callEnded(const Conversation::ToolResultBlock &result) override;

private:
    struct Progress { // outlives the journal while something is under way
        int unstored = 0;
        int awaited = 0;
        std::function<void()> then;
    };

    static StoreWriter::Work messageWork(const Of &of, qint64 position, const Conversation::Message &message);
    void write(StoreWriter::Work work, std::function<void()> done = {})
    {
        m_writer.add(std::move(work), std::move(done));
    }

    StoreWriter &m_writer;
    Of m_of;
    std::shared_ptr<All> m_all;
    std::function<StoredSession()> m_memory;
    std::shared_ptr<Progress> m_progress = std::make_shared<Progress>();
};

} // namespace Meanwhile::Store
