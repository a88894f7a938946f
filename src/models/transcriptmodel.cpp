// SPDX-License-Identifier: MIT
#include "models/transcriptmodel.h"

#include "base/clock.h"
#include "models/callrows.h"
#include "models/messagerows.h"
#include "models/recordrows.h"
#include "models/rowlist.h"
#include "models/secondtick.h"
#include "models/streamedtext.h"
#include "models/waitingrow.h"

namespace Meanwhile::Models {

using namespace Qt::StringLiterals;
using Kind = TranscriptRow::Kind;
using CallState = TranscriptRow::CallState;
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

/// The rows by subject. What concerns several of them at once is ordered here and in EventHandler.
struct TranscriptModel::Private {
    RowList rows;
    SecondTick tick;
    StreamedText stream;
    WaitingRow waiting;
    CallRows calls;
    MessageRows messages;
    RecordRows records;
    bool isTurnUnderWay = false;

    Private(TranscriptModel *model, const Tools::ToolPresentations &tools, const Clock &clock);

    void setTurnUnderWay(bool isUnderWay);
    void setTask(const Tasks::Task &task);
};

TranscriptModel::Private::Private(
    TranscriptModel *model, const Tools::ToolPresentations &tools, const Clock &clock)
    : rows(model)
    , tick(model,
          [this] {
              calls.refreshRunning();
              waiting.refreshTime();
          })
    , stream(rows, model)
    , waiting(rows, tick, clock)
    , calls(rows, tick, clock, tools)
    , messages(rows, calls)
    , records(rows, waiting, messages)
{
    rows.aboutToAppend = [this] { waiting.giveWay(); };
    rows.moved = [this](int position, int by) {
        calls.rowMoved(position, by);
        waiting.rowMoved(position, by);
    };
}

// Queued messages go with the next request of a turn; without a turn they wait for the person.
void TranscriptModel::Private::setTurnUnderWay(bool isUnderWay)
{
    isTurnUnderWay = isUnderWay;
    rows.holdQueued(!isUnderWay);
}

void TranscriptModel::Private::setTask(const Tasks::Task &task)
{
    const auto before = calls.tasks().constFind(task.id);
    if (!calls.isStopped(task.id)) // a command that is being stopped is not waited for
        waiting.noteTask(before == calls.tasks().constEnd() ? nullptr : &*before, task, isTurnUnderWay);
    calls.setTask(task);
}

/// Agent events as operations on the rows.
struct TranscriptModel::EventHandler {
    Private &d;

    void operator()(const Agent::MessageAdded &event) const;
    void operator()(const Agent::RequestSent &) const;
    void operator()(const Agent::ResponseStarted &) const;
    void operator()(const Agent::TextStreamed &event) const { d.stream.grow(Kind::Answer, event.delta); }
    void operator()(const Agent::ThinkingStreamed &event) const
    {
        d.stream.grow(Kind::Thinking, event.delta);
    }
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
        return d.records.addRecord(message, RecordRows::Source::Live);
    if (message.role == Conversation::Role::User) {
        d.messages.applyResults(message, MessageRows::Results::OnlyMissing);
        d.messages.addPersonsWords(message);
        return;
    }
    d.stream.close();
    d.messages.settleAnswer(message);
    d.records.closeAnswer(message, RecordRows::Source::Live);
}

void TranscriptModel::EventHandler::operator()(const Agent::RequestSent &) const
{
    d.waiting.retryBegins();
    if (!d.waiting.isShown(Kind::Retry)) // it says so itself
        d.waiting.waitForReply();
}

// It has begun, and nothing of it can be seen yet.
void TranscriptModel::EventHandler::operator()(const Agent::ResponseStarted &) const
{
    const WaitingRow::ReplyWait wait = d.waiting.replyWait();
    d.waiting.remove();
    d.messages.dropIncompleteAnswer();
    d.records.dropRemedies();
    d.messages.beginAnswer();
    d.waiting.resume(wait);
}

void TranscriptModel::EventHandler::operator()(const Agent::RetryScheduled &event) const
{
    d.waiting.retryIn(event.delay, event.attempt, causeIn(event.why.message));
}

void TranscriptModel::EventHandler::operator()(const Agent::SilenceChanged &event) const
{
    if (event.isSilent)
        d.waiting.show(tr("Still waiting for a reply. The request is still open."));
    else if (d.waiting.isShown(Kind::Notice))
        d.waiting.remove();
}

void TranscriptModel::EventHandler::operator()(const Agent::ToolCallAnnounced &event) const
{
    d.stream.close();
    d.calls.refresh(d.calls.append(event.id, event.name));
}

void TranscriptModel::EventHandler::operator()(const Agent::ResponseEnded &event) const
{
    d.stream.close();
    d.waiting.stopWaitingForReply();
    d.messages.endAnswer(event.complete);
}

void TranscriptModel::EventHandler::operator()(const Agent::ToolCallMade &event) const
{
    if (d.calls.position(event.id) < d.messages.answerFrom())
        d.calls.append(event.id, event.name);
    d.calls.describe(d.calls.position(event.id), event.name, event.input);
}

void TranscriptModel::EventHandler::operator()(const Agent::ToolCallStarted &event) const
{
    if (const int position = d.calls.position(event.id); position >= 0)
        d.calls.setState(position, CallState::Running);
}

void TranscriptModel::EventHandler::operator()(const Agent::ToolCallEnded &event) const
{
    if (const int position = d.calls.position(event.id); position >= 0)
        d.calls.setResult(position, Tools::resultOf(event.id, event.outcome));
}

void TranscriptModel::EventHandler::operator()(const Agent::ApprovalAsked &event) const
{
    const int position = d.calls.position(event.callId);
    if (position < 0)
        return;
    if (!event.intent.preview.isEmpty())
        d.rows.at(position).diff = event.intent.preview;
    d.calls.setState(position, CallState::Asking);
}

void TranscriptModel::EventHandler::operator()(const Agent::ApprovalSettled &event) const
{
    const int position = d.calls.position(event.callId);
    if (position >= 0 && d.rows.at(position).callState == CallState::Asking)
        d.calls.setState(position, event.allowed ? CallState::Running : CallState::Denied);
}

void TranscriptModel::EventHandler::operator()(const Agent::MessageQueued &event) const
{
    const QString text = event.text + u'\n' + imagesText(event.images.size());
    TranscriptRow row = makeRow(Kind::Queued, event.id, text.trimmed());
    row.isHeld = !d.isTurnUnderWay;
    d.rows.appendQueued(std::move(row));
}

void TranscriptModel::EventHandler::operator()(const Agent::QueuedMessageRemoved &event) const
{
    d.rows.removeQueued(event.id);
}

void TranscriptModel::EventHandler::operator()(const Agent::NewsDelivered &event) const
{
    // News that a tool's answer has delivered is shown in the row of that call.
    QVector<NewsId> news = event.news;
    news.removeIf([&](const NewsId &id) { return event.byAnswer.contains(id); });
    if (news.isEmpty())
        return;
    const WaitingRow::ReplyWait wait = d.waiting.replyWait();
    d.calls.addDelivered(tasksOf(news));
    d.waiting.resume(wait);
}

void TranscriptModel::EventHandler::operator()(const Agent::CompactionStarted &) const
{
    d.waiting.show(tr("Summarising the conversation to free up context…"));
}

void TranscriptModel::EventHandler::operator()(const Agent::TurnStarted &) const
{
    d.setTurnUnderWay(true);
    d.messages.keepIncompleteAnswer();
    d.waiting.remove();
    d.records.beginTurn();
    d.records.dropRemedies();
}

void TranscriptModel::EventHandler::operator()(const Agent::TurnEnded &event) const
{
    d.setTurnUnderWay(false);
    d.waiting.stopWaitingForReply();
    const bool isStopped = event.how == Agent::TurnEnded::How::StoppedByPerson;
    if (isStopped)
        d.records.sayStopped();
    d.waiting.waitForTasks({event.waitingFor, event.serving, isStopped});
}

void TranscriptModel::EventHandler::operator()(const Agent::Failed &event) const
{
    d.stream.close();
    d.records.addFailure(event.error.kind, event.error.message);
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
    d->calls.setTools(tools);
}

QString TranscriptModel::restoredText(const Conversation::RestoreBlock &restore) const
{
    return d->records.restoredText(restore);
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
    QStringList delivered;
    bool mustSayStopped = false;
    const auto sayStopped = [&] {
        if (std::exchange(mustSayStopped, false))
            d->records.sayStopped();
        d->records.beginTurn();
    };
    for (const Message &message : history.messages()) {
        if (message.role == Conversation::Role::Record) {
            d->records.addRecord(message, RecordRows::Source::Stored);
            continue;
        }
        sayStopped();
        mustSayStopped = wasCutShort(message);
        d->records.dropRemedies();
        if (message.role == Conversation::Role::User) {
            d->messages.applyResults(message, MessageRows::Results::All);
            d->messages.addPersonsWords(message);
            for (const auto &block : message.content) {
                if (const auto *news = std::get_if<Conversation::NewsBlock>(&block))
                    delivered += tasksOf(news->news);
            }
            continue;
        }
        // An answer is the proof that the request before it was accepted.
        d->messages.beginAnswer();
        if (!delivered.isEmpty())
            d->calls.addDelivered(std::exchange(delivered, {}));
        d->messages.loadAnswer(message);
        d->records.closeAnswer(message, RecordRows::Source::Stored);
    }
    sayStopped();
    for (const Conversation::ToolResultBlock &result : open) {
        if (const int position = d->calls.position(result.callId); position >= 0)
            d->calls.setResult(position, result);
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
    WaitingRow::TaskWait wait{0, 0, true};
    for (const Tasks::Task &task : d->calls.tasks()) {
        if (!task.hasEnded() && !d->calls.isStopped(task.id))
            ++(task.ports.isEmpty() ? wait.waitedFor : wait.serving);
    }
    d->waiting.waitForTasks(wait);
}

int TranscriptModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : d->rows.size();
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
    return std::as_const(d->rows).at(row);
}

} // namespace Meanwhile::Models
