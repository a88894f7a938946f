// SPDX-License-Identifier: MIT
#include "agent/callrunner.h"

#include "base/hiddentext.h"
#include "base/textlimits.h"
#include "base/whenfinished.h"
#include "tools/toolregistry.h"

namespace Meanwhile::Agent {

using namespace Qt::StringLiterals;
using Conversation::CallEnd;
using Conversation::Effect;
using Permissions::Action;
using Permissions::Decision;
using Tools::Intent;

namespace {

Action::Care careOf(Intent::Care care)
{
    switch (care) {
    case Intent::Care::None:
        break;
    case Intent::Care::Secret:
        return Action::Care::Secret;
    case Intent::Care::RunsLater:
        return Action::Care::RunsLater;
    }
    return Action::Care::None;
}

Action actionFor(const Intent &intent)
{
    Action action;
    action.effect = intent.effect;
    action.subject = intent.subject;
    action.leavesProject = intent.leavesProject;
    action.care = careOf(intent.care);
    action.why = intent.why;
    action.place = intent.place;
    action.leavesBox = !intent.outside.isEmpty();
    return action;
}

// The strictest that allows this, as the command line calls it; empty: none does.
QString modeThatAllows(Permissions::Policy policy, const Action &action)
{
    using Permissions::Mode;
    for (const Mode mode : {Mode::Box, Mode::Edits, Mode::Auto}) {
        policy.setMode(mode);
        if (policy.decide(action).verdict == Decision::Verdict::Allow)
            return Permissions::nameOf(mode);
    }
    return {};
}

Tools::ToolOutcome refusedUnasked(
    const Permissions::Policy &policy, const Action &action, const QString &reason)
{
    const QString mode = modeThatAllows(policy, action);
    auto outcome = Tools::ToolOutcome::error(
        u"Refused: this needs the person's word and nobody can be asked in this run (%1). Go on without it, "
        u"or say what the person can do: %2open the window."_s.arg(
            reason, mode.isEmpty() ? QString() : u"run again with --permission-mode %1, or "_s.arg(mode)),
        CallEnd::Refused);
    outcome.unasked = u"A call needed your approval, and nobody can be asked in this run: %1 %2"_s.arg(
        reason, mode.isEmpty() ? u"Open the window to answer."_s
                               : u"Start it with --permission-mode %1 to allow it."_s.arg(mode));
    return outcome;
}

bool mayChangeFiles(Effect effect)
{
    return effect == Effect::Write || effect == Effect::Execute;
}

Tools::ToolOutcome noAnswer()
{
    return Tools::ToolOutcome::error(
        u"The tool ended without an answer. It may have had effects; check before repeating it."_s);
}

} // namespace

CallRunner::CallRunner(
    Tools::ToolRegistry &registry, Permissions::Policy policy, bool canAsk, QObject *parent)
    : QObject(parent)
    , m_registry(registry)
    , m_policy(std::move(policy))
    , m_canAsk(canAsk)
{
    const auto tellReaders = [this] {
        m_policy.setReaders(m_registry.namesWith(Effect::Read), m_registry.nameOfTaskViewer());
    };
    connect(&m_registry, &Tools::ToolRegistry::changed, this, tellReaders);
    tellReaders();
}

void CallRunner::run(const Conversation::ToolCallBlock &block)
{
    Result<Tools::ToolCall> call = m_registry.check(block.id, block.name, block.input);
    if (!call) {
        answer(block.id, Tools::ToolOutcome::error(call.error().message));
        return;
    }
    Entry entry;
    entry.call = std::move(*call);
    entry.tool = m_registry.find(block.name);
    const QFuture<Intent> intent = entry.tool->intent(entry.call);
    m_entries.emplace(block.id, std::move(entry));
    // Most intents are known at once; a turn through the event loop for each call would only cost time.
    whenSettled(
        intent, this, [this, id = block.id](const Intent &found) { take(id, found); },
        [this, id = block.id] { finish(id, noAnswer()); });
}

void CallRunner::take(const QString &callId, const Intent &intent)
{
    const auto it = m_entries.find(callId);
    if (it == m_entries.end())
        return; // stopped meanwhile
    it->intent = intent;
    it->action = actionFor(intent);
    if (!intent.impossible.isEmpty())
        return finish(callId, Tools::ToolOutcome::error(intent.impossible));
    decide(callId);
}

void CallRunner::decide(const QString &callId)
{
    const auto it = m_entries.find(callId);
    if (it == m_entries.end())
        return;
    Entry &entry = *it;
    const Decision decision = m_policy.decide(entry.action);
    switch (decision.verdict) {
    case Decision::Verdict::Allow:
        start(callId);
        return;
    case Decision::Verdict::Refuse:
        finish(callId, Tools::ToolOutcome::error(decision.reason, CallEnd::Refused));
        return;
    case Decision::Verdict::Later:
        entry.stage = Stage::Undecided;
        return;
    case Decision::Verdict::Ask:
        break;
    }
    if (!m_canAsk)
        return finish(callId, refusedUnasked(m_policy, entry.action, decision.reason));
    entry.stage = Stage::Asking;
    Intent asked = entry.intent;
    if (m_policy.box() != Permissions::Box::Full)
        asked.outside.clear(); // there is no box that the command could leave
    emit approvalAsked({callId, entry.call.name, asked, decision.reason});
}

void CallRunner::answerApproval(const QString &callId, ApprovalAnswer answer)
{
    const auto it = m_entries.find(callId);
    if (it == m_entries.end() || it->stage != Stage::Asking)
        return;
    it->stage = Stage::Checking; // answered; a second answer finds nothing that asks
    const Action action = it->action;
    emit approvalSettled(callId, answer != ApprovalAnswer::Deny);
    if (!m_entries.contains(callId))
        return; // a receiver of the signal has stopped it
    if (answer == ApprovalAnswer::Deny) {
        auto denied = Tools::ToolOutcome::error(
            u"The person denied this call. Do not try it another way; go on without it, or ask what they want instead."_s,
            CallEnd::Denied);
        denied.diff = it->intent.preview; // what was denied
        finish(callId, denied);
        return;
    }
    if (answer == ApprovalAnswer::AllowForSession)
        m_policy.allowForSession(action);
    else
        m_policy.allowOnce(action);
    start(callId);
}

void CallRunner::setBox(Permissions::Box box)
{
    m_policy.setBox(box);
    const QStringList ids = m_entries.keys();
    for (const QString &id : ids) {
        if (m_entries.value(id).stage == Stage::Undecided)
            decide(id);
    }
}

void CallRunner::setMode(Permissions::Mode mode)
{
    m_policy.setMode(mode);
}

void CallRunner::decideQuestions()
{
    const QStringList ids = m_entries.keys();
    for (const QString &id : ids) {
        if (m_entries.value(id).stage != Stage::Asking)
            continue;
        if (m_policy.decide(m_entries.value(id).action).verdict == Decision::Verdict::Ask)
            continue;
        m_entries[id].stage = Stage::Checking;
        emit approvalSettled(
            id, m_policy.decide(m_entries.value(id).action).verdict == Decision::Verdict::Allow);
        decide(id);
    }
}

void CallRunner::holdChanges(bool isHeld)
{
    m_holdsChanges = isHeld;
    const QStringList ids = isHeld ? QStringList() : m_entries.keys();
    for (const QString &id : ids) {
        if (m_entries.value(id).stage == Stage::Held)
            start(id);
    }
}

void CallRunner::start(const QString &callId)
{
    Entry &entry = m_entries[callId];
    if (m_holdsChanges && mayChangeFiles(entry.intent.effect)) {
        entry.stage = Stage::Held;
        emit held();
        return;
    }
    entry.stage = Stage::Checking;
    emit started(callId);
    const auto it = m_entries.find(callId);
    if (it == m_entries.end())
        return; // a receiver of the signal has stopped it
    it->stage = Stage::Running;
    // What was allowed, now or for the session, is this action at this place.
    it->call.mayLeaveProject = it->action.leavesProject;
    const Permissions::Box box = m_policy.box();
    it->call.mayLeaveBox =
        it->action.leavesBox && (box == Permissions::Box::Full || box == Permissions::Box::Reduced);
    if (it->action.leavesProject || it->action.care != Action::Care::None)
        it->call.allowedPlace = it->action.place;
    it->call.allowedSecrets = m_policy.allowedSecrets();
    Tools::Tool *tool = it->tool;
    const Tools::ToolCall call = it->call;
    whenSettled(
        tool->run(call), this, [this, callId](const Tools::ToolOutcome &outcome) { finish(callId, outcome); },
        [this, callId] { finish(callId, noAnswer()); });
}

void CallRunner::finish(const QString &callId, const Tools::ToolOutcome &outcome)
{
    if (m_entries.remove(callId) > 0)
        answer(callId, outcome);
}

// Every tool's result passes here before the model reads it.
void CallRunner::answer(const QString &callId, Tools::ToolOutcome outcome)
{
    const qsizetype maxChars = qMax(outcome.text.size(), 2 * kMaxToolTextChars);
    outcome.text = clipMiddle(escapeHidden(outcome.text), maxChars);
    emit ended(callId, outcome);
}

void CallRunner::interrupt(const QString &callId, Tools::Interrupt reason)
{
    const auto it = m_entries.find(callId);
    if (it == m_entries.end())
        return;
    if (it->stage == Stage::Running) {
        it->stopped |= reason == Tools::Interrupt::PersonStopped;
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
        if (it->stage == Stage::Running && !it->stopped)
            ids += it.key();
    }
    return ids;
}

} // namespace Meanwhile::Agent
