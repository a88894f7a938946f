// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "ui/ports/opensession.h"

#include <QFuture>
#include <QString>
#include <QVector>

namespace Meanwhile::Models {
class SessionListModel;
}
namespace Meanwhile::Store {
struct SessionHit;
}

namespace Meanwhile::Ui {

/// Port: conversations, stored and open. Errors are for people.
class Sessions {
public:
    virtual ~Sessions() = default;

    /// The one of this folder that was opened last in this run, or a new one. The error says why the folder
    /// cannot be used, e.g. unreadable. Never blocks.
    virtual Result<OpenSession> open(const QString &folder) = 0;
    /// A new one, stored with its first message; where an empty one is open in this folder, that one.
    virtual Result<OpenSession> begin(const QString &folder) = 0;
    /// Goes on with a stored one. Conflict: another program has it open.
    virtual QFuture<Result<OpenSession>> resume(const QString &sessionId) = 0;
    /// Of this folder, the one that was used last.
    virtual QFuture<Result<OpenSession>> resumeNewest(const QString &folder) = 0;
    /// From now on its project is this folder, and so is that of all sessions with the same project.
    /// Conflict while something runs in one of them.
    virtual QFuture<Result<OpenSession>> moveTo(const QString &sessionId, const QString &folder) = 0;
    /// A new one with all that an open one says up to and including this row of its transcript.
    virtual QFuture<Result<OpenSession>> fork(const QString &sessionId, const QString &rowId) = 0;
    /// Of every session that is open, shown or not.
    virtual QVector<Tasks::TaskManager *> openTasks() const = 0;

    /// All there are, kept as they are; belongs to this.
    virtual Models::SessionListModel &list() = 0;
    /// The window shows this one now. One that nothing was said in is listed only while it is shown.
    virtual void noteShown(const QString &sessionId) = 0;
    /// In titles and in what was said.
    virtual QFuture<Result<QVector<Store::SessionHit>>> search(const QString &text) = 0;
    virtual QFuture<Result<void>> rename(const QString &sessionId, const QString &title) = 0;
    virtual QFuture<Result<void>> setArchived(const QString &sessionId, bool archived) = 0;
    /// As Markdown, or as JSON where the path ends so.
    virtual QFuture<Result<void>> exportTo(const QString &sessionId, const QString &path) = 0;
    /// Can be undone. Conflict: something runs in it.
    virtual QFuture<Result<void>> setDeleted(const QString &sessionId, bool deleted) = 0;
};

} // namespace Meanwhile::Ui
