// SPDX-License-Identifier: MIT
#include "models/transcriptmodel.h"

#include "base/overloaded.h"
#include "models/transcriptmodelprivate.h"

namespace Meanwhile::Models {

using namespace Qt::StringLiterals;
using Kind = TranscriptRow::Kind;
using CallState = TranscriptRow::CallState;
using Remedy = TranscriptRow::Remedy;
using Conversation::Completeness;
using Conversation::Message;

static const Clock &systemClock()
{
    static const SystemClock clock;
    return clock;
}

/// The first sentence: what follows it is for a person who has to do something.
static QString causeIn(const QString &message)
{
    const qsizetype end = message.indexOf(u". "_s);
    return end < 0 ? message : message.first(end + 1);
}

/// Agent events as operations on the rows.
struct TranscriptModel::EventHandler {
    Private &d;

    void operator()(const Agent::MessageAdded &event) const;
    void operator()(const Agent::RequestSent &) const;
    void operator()(const Agent::ResponseStarted &) const;
    void operator()(const Agent::TextStreamed &event) const { d.grow(Kind::Answer, event.delta); }
    void operator()(const Agent::ThinkingStreamed &event) const { d.grow(Kind::Thinking, event.delta); }
    void operator()(const Agent::ToolCallAnnounced &event) const;
    void operator()(const Agent::ResponseEnded &event) const;
    void operator()(const Agent::ToolCallMade &event) const;
    void operator()(const Agent::ToolCallStarted &event) const;
    void operator()(const Agent::ToolCallEnded &event) const;
    void operator()(const Agent::ApprovalAsked &event) const;
    void operator()(const Agent::ApprovalSettled &event) const;
    void operator()(const Agent::MessageQueued &event) const;
    void operator()(const Agent::QueuedMessageRemoved &event) const;
    void operator()(const Agent::NewsDelivered &event) const;
    void operator()(const Agent::DeliveriesChanged &) const {} // the task table shows them
    void operator()(const Agent::RetryScheduled &event) const;
    void operator()(const Agent::SilenceChanged &event) const;
    void operator()(const Agent::CompactionStarted &) const;
    void operator()(const Agent::TurnStarted &) const;
    void operator()(const Agent::TurnEnded &event) const;
    void operator()(const Agent::Failed &event) const;
};

void TranscriptModel::EventHandler::operator()(const Agent::MessageAdded &event) const
{
    const Message &message = event.message;
    if (message.role == Conversation::Role::Record)
        return d.addRecord(message, Private::Source::Live);
    if (message.role == Conversation::Role::User) {
        d.applyResults(message, Private::Results::OnlyMissing);
        d.addPersonsWords(message);
        return;
    }
    d.closeStream();
    d.isAnswerCut = false;
    d.partialKept = message.completeness == Completeness::Stopped;
    d.settleAnswer(message);
    if (message.completeness == Completeness::Broken)
        d.addBroken();
    d.addEnding(message);
}

void TranscriptModel::EventHandler::operator()(const Agent::RequestSent &) const
{
    d.retryDue.reset();
    d.showRetry();
    if (!d.isPassing(Kind::Retry)) // it says so itself
        d.waitForReply();
}

// It has begun, and nothing of it can be seen yet.
void TranscriptModel::EventHandler::operator()(const Agent::ResponseStarted &) const
{
    const bool wasWaitingShown = d.isWaitingShown;
    d.removePassingRow();
    if (std::exchange(d.isAnswerCut, false))
        d.removeStreamed(d.answerFrom); // it is begun anew
    d.dropRemedies(d.answerFrom);
    d.answerFrom = d.bodyEnd();
    if (wasWaitingShown)
        d.showWaiting();
}

void TranscriptModel::EventHandler::operator()(const Agent::RetryScheduled &event) const
{
    d.retryWhy = causeIn(event.why.message);
    d.retryAttempt = event.attempt;
    if (!d.isPassing(Kind::Retry))
        d.addPassing(makeRow(Kind::Retry, {}, {}));
    d.retryDue = d.clock.now() + event.delay;
    d.showRetry();
}

void TranscriptModel::EventHandler::operator()(const Agent::SilenceChanged &event) const
{
    if (event.isSilent)
        d.addPassing(makeRow(Kind::Notice, {}, tr("Still waiting for a reply. The request is still open.")));
    else if (d.isPassing(Kind::Notice))
        d.removePassingRow();
}

void TranscriptModel::EventHandler::operator()(const Agent::ToolCallAnnounced &event) const
{
    d.closeStream();
    const int position = d.appendBody(makeCall(event.id, event.name));
    d.callRows.insert(event.id, position);
    d.refresh(position);
}

void TranscriptModel::EventHandler::operator()(const Agent::ResponseEnded &event) const
{
    d.closeStream();
    d.stopWaiting();
    d.isAnswerCut = !event.complete;
    if (!event.complete)
        d.removeUnmadeCalls();
}

void TranscriptModel::EventHandler::operator()(const Agent::ToolCallMade &event) const
{
    if (d.callRow(event.id) < d.answerFrom)
        d.callRows.insert(event.id, d.appendBody(makeCall(event.id, event.name)));
    d.describe(d.callRow(event.id), event.name, event.input);
}

void TranscriptModel::EventHandler::operator()(const Agent::ToolCallStarted &event) const
{
    if (const int position = d.callRow(event.id); position >= 0)
        d.setCallState(position, CallState::Running);
}

void TranscriptModel::EventHandler::operator()(const Agent::ToolCallEnded &event) const
{
    if (const int position = d.callRow(event.id); position >= 0)
        d.setResult(position, Tools::resultOf(event.id, event.outcome));
}

void TranscriptModel::EventHandler::operator()(const Agent::ApprovalAsked &event) const
{
    const int position = d.callRow(event.callId);
    if (position < 0)
        return;
    if (!event.intent.preview.isEmpty())
        d.entries.at(size_t(position)).row.diff = event.intent.preview;
    d.setCallState(position, CallState::Asking);
}

void TranscriptModel::EventHandler::operator()(const Agent::ApprovalSettled &event) const
{
    const int position = d.callRow(event.callId);
    if (position >= 0 && d.entries.at(size_t(position)).row.callState == CallState::Asking)
        d.setCallState(position, event.allowed ? CallState::Running : CallState::Denied);
}

void TranscriptModel::EventHandler::operator()(const Agent::MessageQueued &event) const
{
    const QString text = event.text + u'\n' + imagesText(event.images.size());
    TranscriptRow row = makeRow(Kind::Queued, event.id, text.trimmed());
    row.isHeld = !d.isTurnUnderWay;
    d.insert(d.size(), std::move(row));
}

void TranscriptModel::EventHandler::operator()(const Agent::QueuedMessageRemoved &event) const
{
    for (int i = d.bodyEnd(); i < d.size(); ++i) {
        if (d.entries.at(size_t(i)).row.id == event.id) {
            d.remove(i);
            return;
        }
    }
}

void TranscriptModel::EventHandler::operator()(const Agent::NewsDelivered &event) const
{
    // What a tool's answer told stands in that tool's line.
    QVector<NewsId> news = event.news;
    news.removeIf([&](const NewsId &id) { return event.byAnswer.contains(id); });
    if (news.isEmpty())
        return;
    const auto since = d.waitingSince;
    const bool wasWaitingShown = d.isWaitingShown;
    d.addDelivered(tasksOf(news));
    d.waitingSince = since;
    d.updateTick();
    if (wasWaitingShown)
        d.showWaiting();
}

void TranscriptModel::EventHandler::operator()(const Agent::CompactionStarted &) const
{
    d.addPassing(makeRow(Kind::Notice, {}, tr("Summarising the conversation to free up context…")));
}

void TranscriptModel::EventHandler::operator()(const Agent::TurnStarted &) const
{
    d.setTurnUnderWay(true);
    d.isAnswerCut = false;
    d.removePassingRow();
    d.partialKept = d.stopShown = false;
    d.dropRemedies(d.answerFrom);
}

void TranscriptModel::EventHandler::operator()(const Agent::TurnEnded &event) const
{
    d.setTurnUnderWay(false);
    d.stopWaiting();
    const bool isStopped = event.how == Agent::TurnEnded::How::StoppedByPerson;
    if (isStopped && !d.stopShown)
        d.addStopped();
    d.removePassingRow();
    d.waitForTasks(event.waitingFor, event.serving, isStopped);
}

void TranscriptModel::EventHandler::operator()(const Agent::Failed &event) const
{
    d.closeStream();
    d.addFailure(event.error.kind, event.error.message);
}

TranscriptModel::TranscriptModel(const Tools::ToolPresentations &tools, QObject *parent)
    : TranscriptModel(tools, systemClock(), parent)
{
}

TranscriptModel::TranscriptModel(const Tools::ToolPresentations &tools, const Clock &clock, QObject *parent)
    : QAbstractListModel(parent)
    , d(std::make_unique<Private>(this, tools, clock))
{
}

TranscriptModel::~TranscriptModel() = default;

void TranscriptModel::setTools(const Tools::ToolPresentations &tools)
{
    d->tools = tools;
}

QString TranscriptModel::restoredText(const Conversation::RestoreBlock &restore) const
{
    return d->restoredText(restore);
}

/// Before a Stop had a record of its own, it was known by what it cut short.
static bool wasCutShort(const Message &message)
{
    return message.completeness == Completeness::Stopped ||
           std::any_of(message.content.begin(), message.content.end(), [](const auto &block) {
               const auto *result = std::get_if<Conversation::ToolResultBlock>(&block);
               return result && result->end == Conversation::CallEnd::Stopped;
           });
}

void TranscriptModel::load(
    const Conversation::History &history, const QVector<Conversation::ToolResultBlock> &open)
{
    QStringList told;
    bool mustSayStopped = false;
    const auto sayStopped = [&] {
        if (std::exchange(mustSayStopped, false) && !d->stopShown)
            d->addStopped();
        d->stopShown = false;
    };
    for (const Message &message : history.messages()) {
        if (message.role == Conversation::Role::Record) {
            d->addRecord(message, Private::Source::Stored);
            continue;
        }
        sayStopped();
        mustSayStopped = wasCutShort(message);
        d->dropRemedies(d->answerFrom);
        if (message.role == Conversation::Role::User) {
            d->applyResults(message, Private::Results::All);
            d->addPersonsWords(message);
            for (const auto &block : message.content) {
                if (const auto *news = std::get_if<Conversation::NewsBlock>(&block))
                    told += tasksOf(news->news);
            }
            continue;
        }
        // An answer is the proof that the request before it was accepted.
        d->answerFrom = d->bodyEnd();
        if (!told.isEmpty())
            d->addDelivered(std::exchange(told, {}));
        d->loadAnswer(message);
    }
    sayStopped();
    d->partialKept = false;
    for (const Conversation::ToolResultBlock &result : open) {
        if (const int position = d->callRow(result.callId); position >= 0)
            d->setResult(position, result);
    }
}

void TranscriptModel::handle(const Agent::AgentEvent &event)
{
    std::visit(EventHandler{*d}, event);
}

void TranscriptModel::handleTask(const Tasks::Task &task)
{
    d->setTask(task);
}

void TranscriptModel::showRunningTasks()
{
    int waitedFor = 0;
    int serving = 0;
    for (const Tasks::Task &task : std::as_const(d->tasks)) {
        if (!task.hasEnded() && !d->isStopped(task.id))
            ++(task.ports.isEmpty() ? waitedFor : serving);
    }
    d->waitForTasks(waitedFor, serving, true);
}

int TranscriptModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : d->size();
}

QVariant TranscriptModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const TranscriptRow &shown = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return plainText(shown);
    case KindRole:
        return int(shown.kind);
    case RowRole:
        return QVariant::fromValue(&shown);
    default:
        return {};
    }
}

const TranscriptRow &TranscriptModel::row(int row) const
{
    return d->entries.at(size_t(row)).row;
}

} // namespace Meanwhile::Models
