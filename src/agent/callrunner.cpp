// SPDX-License-Identifier: MIT
#include "agent/callrunner.h"

#include "base/whenfinished.h"
#include "tools/toolregistry.h"

namespace Meanwhile::Agent {

using namespace Qt::StringLiterals;
using Permissions::Action;
using Permissions::Decision;
using Tools::Intent;

namespace {

Action actionFor(const Intent &intent)
{
    Action action;
    action.subject = intent.subject;
    action.leavesProject = intent.leavesProject;
    switch (intent.kind) {
    case Intent::Kind::Inform:
        action.kind = Action::Kind::Inform;
        break;
    case Intent::Kind::Read:
        action.kind = Action::Kind::Read;
        break;
    case Intent::Kind::Write:
        action.kind = Action::Kind::Write;
        break;
    case Intent::Kind::Execute:
        action.kind = Action::Kind::Execute;
        break;
    case Intent::Kind::Stop:
        action.kind = Action::Kind::Stop;
        break;
    }
    return action;
}

} // namespace

CallRunner::CallRunner(
    Tools::ToolRegistry &registry, Permissions::Policy policy, bool canAsk, QObject *parent)
    : QObject(parent)
    , m_registry(registry)
    , m_policy(std::move(policy))
    , m_canAsk(canAsk)
{
}

void CallRunner::run(const Conversation::ToolCallBlock &block)
{
    Result<Tools::ToolCall> call = m_registry.check(block.id, block.name, block.input);
    if (!call) {
        emit ended(block.id, Tools::ToolOutcome::error(call.error().message));
        return;
    }
    Entry entry;
    entry.call = std::move(*call);
    entry.tool = m_registry.find(block.name);
    const QFuture<Intent> intent = entry.tool->intent(entry.call);
    m_entries.insert(block.id, std::move(entry));
    const auto decided = [this, id = block.id](const Intent &found) {
        const auto it = m_entries.find(id);
        if (it == m_entries.end())
            return; // stopped meanwhile
        it->intent = found;
        it->action = actionFor(found);
        decide(id);
    };
    // Most intents are known at once; a turn through the event loop for each call would only cost time.
    if (intent.isFinished())
        decided(intent.result());
    else
        whenFinished(intent, this, decided);
}

void CallRunner::decide(const QString &callId)
{
    Entry &entry = m_entries[callId];
    const Decision decision = m_policy.decide(entry.action);
    switch (decision.verdict) {
    case Decision::Verdict::Allow:
        start(callId);
        return;
    case Decision::Verdict::Refuse:
        finish(callId, Tools::ToolOutcome::error(decision.reason));
        return;
    case Decision::Verdict::Ask:
        break;
    }
    if (!m_canAsk) {
        finish(callId,
            Tools::ToolOutcome::error(
                u"Refused: this needs the person's word and nobody can be asked in this run (%1). Go on "
                u"without it, or say "
                u"what the person can do: run again with --permission-mode auto or edits, or open the window."_s
                    .arg(decision.reason)));
        return;
    }
    entry.stage = Stage::Asking;
    emit approvalAsked({callId, entry.call.name, entry.intent, decision.reason});
}

void CallRunner::answerApproval(const QString &callId, ApprovalAnswer answer)
{
    const auto it = m_entries.find(callId);
    if (it == m_entries.end() || it->stage != Stage::Asking)
        return;
    emit approvalSettled(callId, answer != ApprovalAnswer::Deny);
    if (answer == ApprovalAnswer::Deny) {
        finish(callId,
            Tools::ToolOutcome::error(
                u"The person denied this call. Do not try it another way; go on without it, or ask what they want instead."_s));
        return;
    }
    if (answer == ApprovalAnswer::AllowForSession)
        m_policy.allowForSession(it->action);
    it->call.mayLeaveProject = it->action.leavesProject;
    start(callId);
}

void CallRunner::setMode(Permissions::Mode mode)
{
    m_policy.setMode(mode);
    const QStringList ids = m_entries.keys();
    for (const QString &id : ids) {
        if (m_entries.value(id).stage != Stage::Asking)
            continue;
        if (m_policy.decide(m_entries.value(id).action).verdict == Decision::Verdict::Ask)
            continue;
        emit approvalSettled(
            id, m_policy.decide(m_entries.value(id).action).verdict == Decision::Verdict::Allow);
        decide(id);
    }
}

void CallRunner::start(const QString &callId)
{
    Entry &entry = m_entries[callId];
    entry.stage = Stage::Running;
    emit started(callId);
    const QFuture<Tools::ToolOutcome> outcome = entry.tool->run(entry.call);
    if (outcome.isFinished()) {
        finish(callId, outcome.result());
        return;
    }
    whenFinished(outcome, this, [this, callId](const Tools::ToolOutcome &result) { finish(callId, result); });
}

void CallRunner::finish(const QString &callId, const Tools::ToolOutcome &outcome)
{
    m_entries.remove(callId);
    emit ended(callId, outcome);
}

void CallRunner::interrupt(const QString &callId, Tools::Interrupt reason)
{
    const auto it = m_entries.find(callId);
    if (it == m_entries.end())
        return;
    if (it->stage == Stage::Running) {
        it->tool->interrupt(callId, reason);
    } else if (reason == Tools::Interrupt::PersonStopped) {
        if (it->stage == Stage::Asking)
            emit approvalSettled(callId, false);
        m_entries.remove(callId);
    }
}

QStringList CallRunner::running() const
{
    QStringList ids;
    for (auto it = m_entries.cbegin(); it != m_entries.cend(); ++it) {
        if (it->stage == Stage::Running)
            ids += it.key();
    }
    return ids;
}

} // namespace Meanwhile::Agent
