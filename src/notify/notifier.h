// SPDX-License-Identifier: MIT
#pragma once

#include "notify/notice.h"

#include <QObject>

namespace Meanwhile::Notify {

/// Whether the desktop's notifications can be shown, and why not.
enum class Reach {
    NotAsked,
    Looking,
    Reached,
    NoBus,    ///< this login has no message bus, or it takes no connection
    NoDaemon, ///< no program shows notifications
    Silent,   ///< one should, but does not answer
    OfCommand ///< one does, or the bus is one, that a command of ours started
};

/// Port: shows what a session has to say outside of the window, at most one notice for each.
///
/// Thread: GUI thread; never blocks it. What cannot be shown is kept until it is withdrawn or can be.
class Notifier : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// In the place of what the same session said before.
    virtual void show(const Notice &notice) = 0;
    /// No effect where nothing is shown.
    virtual void withdraw(const QString &sessionId) = 0;
    /// Finds out whether it can be shown; reachChanged() follows where that is news.
    virtual void look() = 0;
    virtual Reach reach() const = 0;

signals:
    void reachChanged();
    /// The person has before them what show() was given last for this session. Again where it had to be shown
    /// again.
    void shown(const QString &sessionId);
    /// The person clicked: a button by its key, or the notice itself. Also on one that was replaced or
    /// withdrawn a moment ago. `activationToken` lets a window come to the front; often empty.
    void acted(const QString &sessionId, const QString &key, const QString &activationToken);
    /// Not by withdraw(). By the person, or it was shown long enough.
    void closed(const QString &sessionId, bool byPerson);
};

} // namespace Meanwhile::Notify
