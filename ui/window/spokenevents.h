// SPDX-License-Identifier: MIT
#pragma once

#include "agent/agentevent.h"
#include "ui/ports/opensession.h"

#include <QObject>

class QWidget;

namespace Meanwhile::Ui {

/// Says to a screen reader what happens in a session while the person is elsewhere in the window: a task's
/// end, an answer by its first sentence, what failed. Of a session that is not shown only that it asks.
///
/// Not owned, must outlive it: the session's objects and the place that it speaks from. Where nobody
/// listens, an event costs one look.
class SpokenEvents : public QObject {
    Q_OBJECT

public:
    /// Not shown.
    SpokenEvents(const OpenSession &session, QWidget &place, QObject *parent = nullptr);

    void setShown(bool shown) { m_isShown = shown; }

private:
    void tell(const Agent::AgentEvent &event);
    void tellAnswer(const Conversation::Message &message);
    void tellEnd(const Tasks::Task &task);
    void say(const QString &words, bool isUrgent = false);

    QString m_projectName;
    QWidget &m_place;
    bool m_isShown = false;
};

} // namespace Meanwhile::Ui
