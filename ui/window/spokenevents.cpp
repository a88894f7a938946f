// SPDX-License-Identifier: MIT
#include "ui/window/spokenevents.h"

#include "agent/agentcontroller.h"
#include "base/overloaded.h"
#include "models/taskstatus.h"
#include "models/visibletext.h"
#include "tasks/task.h"
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
    connect(session.controller, &Agent::AgentController::taskEnded, this, &SpokenEvents::tellEnd);
}

void SpokenEvents::tell(const Agent::AgentEvent &event)
{
    using namespace Agent;
    if (!Announcer::isHeard())
        return;
    std::visit(Overloaded{
                   [this](const ApprovalAsked &) {
                       if (!m_isShown) // the bar speaks for itself
                           say(tr("%1 is waiting for your answer.").arg(m_projectName));
                   },
                   [this](const MessageAdded &e) {
                       if (m_isShown)
                           tellAnswer(e.message);
                   },
                   [this](const Failed &e) {
                       if (m_isShown)
                           say(tr("Error: %1").arg(e.error.message), true);
                   },
                   [this](const RetryScheduled &e) {
                       if (m_isShown && e.attempt == kFirstRetry)
                           say(tr("Error: %1").arg(e.why.message));
                   },
                   [](const OneOf<RequestSent, ResponseStarted, TextStreamed, ThinkingStreamed,
                       ToolCallAnnounced, ResponseEnded, ToolCallMade, ToolCallStarted, ToolCallEnded,
                       ApprovalSettled, MessageQueued, QueuedMessageRemoved, NewsDelivered, DeliveriesChanged,
                       SilenceChanged, CompactionStarted, TurnStarted, TurnEnded> auto &) {},
               },
        event);
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
