// SPDX-License-Identifier: MIT
#pragma once

#include "store/sessionsink.h"
#include "store/storewriter.h"

namespace Meanwhile::Store {

/// What happens in one session, as rows.
///
/// Thread: the store's; never blocks. The writer and `gatherer` must outlive it.
class StoredSink final : public SessionSink {
public:
    struct Of {
        QString session;
        QString project;
        qint64 nextPosition = 0;
        QString owner; ///< the process, see claimSession()
    };

    StoredSink(StoreWriter &writer, QObject *gatherer, Of of);

    void messageAdded(const Conversation::Message &message) override;
    void taskChanged(const Tasks::Task &task) override;
    void notificationQueued(const Tasks::Notification &notification) override;
    void requestAccepted(qint64 number, const QStringList &taskIds) override;
    void callStarted(const QString &callId) override;
    void callHasTask(const QString &callId, const QString &taskId) override;
    void callEnded(const Conversation::ToolResultBlock &result) override;

private:
    void write(StoreWriter::Work work) { m_writer.add(std::move(work), m_gatherer); }

    StoreWriter &m_writer;
    QObject *m_gatherer;
    Of m_of;
};

} // namespace Meanwhile::Store
