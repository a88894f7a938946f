// SPDX-License-Identifier: MIT
#include "machinescript.h"

#include "base/overloaded.h"
#include "support/newskey.h"

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;
using namespace Agent;
using namespace Conversation;

namespace {

QString wordFor(Tools::Interrupt reason)
{
    return reason == Tools::Interrupt::PersonStopped ? u"stopped"_s
           : reason == Tools::Interrupt::PersonWrote ? u"wrote"_s
                                                     : u"to background"_s;
}

const QString kDeliveries = u"deliveries"_s;

QString describe(const AgentEvent &event)
{
    return std::visit(
        Overloaded{
            [](const MessageAdded &e) { return Testing::describe(e.message); },
            [](const Agent::ResponseStarted &e) { return u"response %1 starts"_s.arg(e.request); },
            [](const TextStreamed &e) { return u"text %1"_s.arg(e.delta); },
            [](const ThinkingStreamed &e) { return u"thinking %1"_s.arg(e.delta); },
            [](const ToolCallAnnounced &e) { return u"call %1 announced"_s.arg(e.id); },
            [](const ResponseEnded &e) {
                return u"response %1 ends %2"_s.arg(e.request).arg(
                    e.complete ? nameOf(e.stopReason) : u"broken"_s);
            },
            [](const ToolCallMade &e) { return u"call %1 made"_s.arg(e.id); },
            [](const Agent::ToolCallStarted &e) { return u"call %1 runs"_s.arg(e.id); },
            [](const ToolCallEnded &e) {
                return u"call %1 ends%2"_s.arg(e.id, e.outcome.isError ? u" badly"_s : QString());
            },
            [](const MessageQueued &e) { return u"queued %1"_s.arg(e.id); },
            [](const QueuedMessageRemoved &e) { return u"unqueued %1"_s.arg(e.id); },
            [](const NewsDelivered &e) {
                return u"delivered %1 by %2"_s.arg(keysOf(e.news).join(u' ')).arg(e.request);
            },
            [](const DeliveriesChanged &) { return kDeliveries; },
            [](const RetryScheduled &e) {
                return u"try %1 of request %2 in %3"_s.arg(e.attempt).arg(e.request).arg(e.delay.count());
            },
            [](const CompactionStarted &) { return u"compacts"_s; },
            [](const TurnStarted &e) { return e.byPerson ? u"turn starts"_s : u"turn starts by a result"_s; },
            [](const TurnEnded &e) {
                QString text = u"turn ends %1"_s.arg(nameOf(e.stopReason));
                if (e.how == TurnEnded::How::StoppedByPerson)
                    text += u" by the person"_s;
                else if (e.how == TurnEnded::How::Failed)
                    text += u" by a failure"_s;
                else if (e.how == TurnEnded::How::EndedBadly)
                    text += u" badly"_s;
                return e.waitingFor > 0 ? text + u", %1 tasks run"_s.arg(e.waitingFor) : text;
            },
            [](const Agent::Failed &) { return u"failed"_s; },
            [](const OneOf<RequestSent, ApprovalAsked, ApprovalSettled, SilenceChanged> auto &) {
                return u"something else"_s;
            },
        },
        event);
}

QString describe(const Agent::MachineEffect &effect)
{
    return std::visit(
        Overloaded{
            [](const SendRequest &e) {
                return e.news.isEmpty() ? u"SEND %1"_s.arg(e.number)
                                        : u"SEND %1 with %2"_s.arg(e.number).arg(keysOf(e.news).join(u' '));
            },
            [](const CancelRequest &e) { return u"CANCEL %1"_s.arg(e.number); },
            [](const RunCall &e) { return u"RUN %1"_s.arg(e.call.id); },
            [](const InterruptCall &e) { return u"INTERRUPT %1: %2"_s.arg(e.callId, wordFor(e.reason)); },
            [](const SetWake &e) { return u"WAKE in %1"_s.arg(e.delay.count()); },
            [](const ClearWake &) { return u"NO WAKE"_s; },
            [](const SetRetry &e) { return u"RETRY %1 in %2"_s.arg(e.request).arg(e.delay.count()); },
            [](const ClearRetry &) { return u"NO RETRY"_s; },
            [](const Compact &e) { return u"COMPACT %1 from %2"_s.arg(e.number).arg(e.keepFrom); },
            [](const CancelCompaction &e) { return u"NO COMPACTION %1"_s.arg(e.number); },
            [](const KeepNews &e) { return u"KEEP %1"_s.arg(keyOf(e.news.id)); },
            [](const Tell &e) { return describe(e.event); },
        },
        effect);
}

} // namespace

QString describe(const Message &message)
{
    QString text = nameOf(message.role) + u':';
    if (message.completeness != Completeness::Complete)
        text =
            message.completeness == Completeness::Stopped ? u"assistant stopped:"_s : u"assistant broken:"_s;
    for (const ContentBlock &block : message.content) {
        text +=
            u' ' +
            std::visit(
                Overloaded{
                    [](const TextBlock &b) { return u"text(%1)"_s.arg(b.text); },
                    [](const ToolCallBlock &b) { return u"call(%1)"_s.arg(b.id); },
                    [](const ToolResultBlock &b) {
                        return u"%1(%2)"_s.arg(b.isError ? u"error"_s : u"result"_s,
                            (QStringList(b.callId) + keysOf(b.toldNews)).join(u' '));
                    },
                    [](const CompactionBlock &) { return u"compaction"_s; },
                    [](const OmissionBlock &b) { return u"omits(%1 %2)"_s.arg(b.messageId).arg(b.block); },
                    [](const EndBlock &b) {
                        return b.why == EndBlock::Why::NoProgress ? u"no progress(%1)"_s.arg(b.count)
                               : b.why == EndBlock::Why::Stopped  ? u"stopped"_s
                                                                  : u"request limit"_s;
                    },
                    [](const FailureBlock &b) { return u"failure(%1)"_s.arg(Meanwhile::nameOf(b.kind)); },
                    [](const RestoreBlock &b) { return u"restored(%1)"_s.arg(b.undo); },
                    [](const NewsBlock &b) { return u"news(%1)"_s.arg(keysOf(b.news).join(u' ')); },
                    [](const OneOf<ThinkingBlock, ImageBlock, OpaqueBlock> auto &) { return u"other"_s; },
                },
                block);
    }
    return text;
}

QStringList MachineScript::step(const MachineEvent &event)
{
    const MachineEffects effects =
        machine.step(event, {now, QDateTime(QDate(2026, 1, 2), QTime(9, 30), Qt::UTC)});
    QStringList log;
    for (const Agent::MachineEffect &effect : effects)
        log.append(describe(effect));
    // The turn's end, or the failure, says it again; deliveries are tested by themselves.
    log.removeIf([](const QString &line) {
        return line == kDeliveries || line == u"record: stopped"_s || line.startsWith(u"record: failure("_s);
    });
    return log;
}

QStringList MachineScript::completes(const QString &text, const QStringList &callIds)
{
    return completes(text, callIds, callIds.isEmpty() ? StopReason::EndTurn : StopReason::ToolUse);
}

QStringList MachineScript::completes(const QString &text, const QStringList &callIds, StopReason reason)
{
    Message message;
    if (!text.isEmpty())
        message.content.append(TextBlock{text});
    for (const QString &id : callIds)
        message.content.append(ToolCallBlock{id, u"read_file"_s, "{}", {}});
    message.stopReason = reason;
    return answers(Llm::Completed{message});
}

QStringList MachineScript::callEnds(const QString &id, const QStringList &toldNews)
{
    Tools::ToolOutcome outcome;
    outcome.text = u"done"_s;
    outcome.toldNews = endsOf(toldNews);
    return step(CallEnded{id, outcome});
}

QStringList MachineScript::taskEnds(const QString &id, Tasks::WakePolicy wake, bool failed)
{
    return step(TaskEnded{{NewsId::endOf(id), u"[bg:%1]"_s.arg(id), wake, failed}});
}

QStringList MachineScript::taskTells(const QString &id, int n, Tasks::WakePolicy wake)
{
    const NewsId news{id, u"progress"_s, n};
    return step(TaskNews{{news, u"[%1]"_s.arg(keyOf(news)), wake, false}});
}

} // namespace Meanwhile::Testing
