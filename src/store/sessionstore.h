// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "conversation/history.h"
#include "store/sessionsink.h"

#include <QFuture>
#include <QObject>
#include <QThread>

#include <memory>

namespace Meanwhile::Store {

struct StoredSession {
    QString id;
    QString project;
    Conversation::History history;
};

/// All sessions in one SQLite file, written by one thread in the order of the calls; what came while the disk
/// was busy is committed together.
///
/// Thread: GUI thread; no call blocks, except the destructor, which waits until everything asked for is on
/// disk. Errors: failed() once for each kind of trouble; the program goes on without saving.
class SessionStore final : public QObject {
    Q_OBJECT

public:
    /// Opens the file on the writer thread; the folder must exist.
    explicit SessionStore(const QString &path, QObject *parent = nullptr);
    ~SessionStore() override;

    /// Where a conversation's facts go. Creates the session with its first message. The store must outlive
    /// it.
    std::unique_ptr<SessionSink> sinkFor(
        const QString &sessionId, const QString &project, const Conversation::History &already = {});

    QFuture<Result<StoredSession>> load(const QString &sessionId);
    /// The session of this project that was used last. NotFound when there is none.
    QFuture<Result<StoredSession>> loadNewest(const QString &project);

signals:
    void failed(const Meanwhile::Error &error);

private:
    class Writer;
    class Sink;
    QFuture<Result<StoredSession>> loadWith(std::function<Result<StoredSession>(Writer &)> read);

    QThread m_thread;
    Writer *m_writer; // lives on m_thread
};

} // namespace Meanwhile::Store
