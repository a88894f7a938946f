// SPDX-License-Identifier: MIT
#pragma once

#include "store/sessionsink.h"
#include "store/storewriter.h"

#include <memory>

namespace Meanwhile::Store {

/// What happens in one session, as rows.
///
/// Thread: the store's; never blocks. The writer must outlive it.
class StoredSink final : public SessionSink {
public:
    struct Of {
        QString session;
        QString project;
        qint64 nextPosition = 0;
        QString owner; ///< the process, see claimSession()
    };

    StoredSink(StoreWriter &writer, Of of);
    ~StoredSink() override;

    int unstoredMessages() const override { return m_progress->unstored; }
    void whenUnstoredAtMost(int count, std::function<void()> then) override;
    void messageAdded(const Conversation::Message &message) override;
    void taskChanged(const Tasks::Task &task) override;
    void notificationQueued(const Tasks::Notification &notification) override;
    void requestAccepted(qint64 number, const QStringList &taskIds) override;
    void callStarted(const QString &callId) override;
    void callHasTask(const QString &callId, const QString &taskId) override;
    void callEnded(const Conversation::ToolResultBlock &result) override;

private:
    struct Progress { // outlives the sink while something is under way
        int unstored = 0;
        int awaited = 0;
        std::function<void()> then;
    };

    void write(StoreWriter::Work work, std::function<void()> done = {})
    {
        m_writer.add(std::move(work), std::move(done));
    }

    StoreWriter &m_writer;
    Of m_of;
    std::shared_ptr<Progress> m_progress = std::make_shared<Progress>();
};

} // namespace Meanwhile::Store
