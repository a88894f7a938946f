// SPDX-License-Identifier: MIT
#pragma once

#include "ui/ports/opensession.h"
#include "ui/window/conversationstate.h"

#include <QHash>
#include <QObject>

class QWidget;

namespace Meanwhile::Tasks {
struct Task;
}

namespace Meanwhile::Ui {

class SpokenEvents;

/// An open session that is followed, shown or not: where its conversation stands, and what a screen reader
/// hears of it.
///
/// Not owned: the session's objects, which must be there while it is shown, and the place that it speaks
/// from, which must outlive it.
class FollowedSession : public QObject {
    Q_OBJECT

public:
    /// Not shown.
    FollowedSession(const OpenSession &session, QWidget &place);

    const OpenSession &session() const { return m_session; }
    const ConversationState &state() const { return m_state; }
    /// Compares more than the id: a session whose project was moved is reopened with new objects.
    bool isOf(const OpenSession &session) const;
    void setShown(bool isShown);

signals:
    /// state() has changed, or what waits for the person.
    void changed();

private:
    void replay();
    void noteTask(const Tasks::Task &task);
    void countTasks();

    OpenSession m_session;
    SpokenEvents *m_spoken;
    ConversationState m_state;
    QHash<QString, bool> m_running; ///< tasks, and whether each serves
};

} // namespace Meanwhile::Ui
