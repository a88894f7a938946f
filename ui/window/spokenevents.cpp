// SPDX-License-Identifier: MIT
#include "ui/window/spokenevents.h"

#include "agent/agentcontroller.h"
#include "models/taskstatus.h"
#include "models/visibletext.h"
#include "tasks/taskmanager.h"
#include "ui/transcript/firstsentence.h"
#include "ui/widgets/announcer.h"

#include <QFileInfo>
#include <QWidget>

namespace Meanwhile::Ui {

static constexpr qsizetype kCommandChars = 80;
/// The attempt that is the first retry; later ones are not announced.
static constexpr int kFirstRetry = 2;

SpokenEvents::SpokenEvents(const OpenSession &session, QWidget &place, QObject *parent)
    : QObject(parent)
    , m_projectName(QFileInfo(session.folder).fileName())
    , m_place(place)
{
    connect(session.controller, &Agent::AgentController::happened, this, &SpokenEvents::tell);
    connect(session.tasks, &Tasks::TaskManager::ended, this, &SpokenEvents::tellEnd);
}

void SpokenEvents::tell(const Agent::AgentEvent &event)
{
    if (!Announcer::isHeard())
        return;
    if (std::holds_alternative<Agent::ApprovalAsked>(event)) {
        if (!m_isShown) // the bar speaks for itself
            say(tr("%1 is waiting for your answer.").arg(m_projectName));
    } else if (!m_isShown) {
        return;
    } else if (const auto *added = std::get_if<Agent::MessageAdded>(&event)) {
        tellAnswer(added->message);
    } else if (const auto *failed = std::get_if<Agent::Failed>(&event)) {
        say(tr("Error: %1").arg(failed->error.message), true);
    } else if (const auto *retry = std::get_if<Agent::RetryScheduled>(&event)) {
        if (retry->attempt == kFirstRetry)
            say(tr("Error: %1").arg(retry->why.message));
    }
}

void SpokenEvents::tellAnswer(const Conversation::Message &message)
{
    if (message.role == Conversation::Role::Assistant)
        say(firstSentence(Conversation::plainText(message)));
}

// The agent waits for a task in the foreground, and reports its end itself.
void SpokenEvents::tellEnd(const Tasks::Task &task)
{
    if (m_isShown && Announcer::isHeard() && !task.spec.foreground)
        say(QStringLiteral("%1: %2").arg(
            Models::visibleLine(task.spec.command, kCommandChars), Models::explainState(task)));
}

void SpokenEvents::say(const QString &words, bool isUrgent)
{
    Announcer::say(
        *m_place.window(), words, isUrgent ? Announcer::Urgency::Assertive : Announcer::Urgency::Polite);
}

} // namespace Meanwhile::Ui
