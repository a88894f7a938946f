// SPDX-License-Identifier: MIT
#include "agent/agentcontrollerprivate.h"
#include "agent/answerasmeant.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/logging.h"
#include "checkpoints/sessioncheckpoints.h"
#include "store/sessionjournal.h"
#include "tasks/taskmanager.h"
#include "tools/toolregistry.h"

#include <algorithm>

namespace Meanwhile::Agent {

using namespace Qt::StringLiterals;

namespace {

Wire::RetryPolicy retriesFor(IdSource &ids, int maxTries)
{
    Wire::RetryPolicy::Limits limits;
    limits.tries = maxTries;
    return Wire::RetryPolicy(ids.next64(), limits);
}

} // namespace

AgentController::Private::Private(
    AgentController *owner, Parts given, const Options &options, const Store::StoredSession &earlier)
    : q(owner)
    , parts(given)
    , model(options.model)
    , limits(options.limits)
    , price(options.price)
    , thinking(options.thinking)
    , earlierRun(earlierRunOf(earlier, given.tools->nameOfTaskViewer()))
    , openedAt(given.clock->wallTime())
    , machine(
          {options.maxRequests, options.wakeWhenIdle, MachineOptions{}.wakesPerHour, given.client->provider(),
              options.model, retriesFor(*given.ids, options.maxTries), options.limits.windowTokens},
          earlier.history, earlierRun)
    , interpreter(machine, *this, given.journal)
    , builder(options.system, definitionsOf(*given.tools))
    , calls(*given.tools, Permissions::Policy(options.mode, options.box), options.canAsk)
{
    wake.setSingleShot(true);
    wake.setTimerType(Qt::PreciseTimer);
    retryTimer.setSingleShot(true);
    retryTimer.setObjectName(u"retry"_s);
}

AgentController::AgentController(
    Parts parts, const Options &options, const Store::StoredSession &earlier, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, parts, options, earlier))
{
    connect(&d->wake, &QTimer::timeout, this, [this] { d->dispatch(WakeDue{}); });
    connect(&d->retryTimer, &QTimer::timeout, this, [this] { d->dispatch(RetryDue{d->failedRequest}); });
    connect(&d->compactor, &Compactor::ended, this, [this](const auto &outcome) {
        d->dispatch(Compacted{d->compaction, outcome});
    });
    connect(&d->calls, &CallRunner::approvalAsked, this,
        [this](const ApprovalAsked &question) { emit happened(question); });
    connect(&d->calls, &CallRunner::approvalSettled, this, [this](const QString &id, bool allowed) {
        emit happened(ApprovalSettled{id, allowed});
    });
    connect(
        &d->calls, &CallRunner::started, this, [this](const QString &id) { d->dispatch(CallStarted{id}); });
    connect(
        &d->calls, &CallRunner::ended, this, [this](const QString &id, const Tools::ToolOutcome &outcome) {
            d->dispatch(CallEnded{id, outcome});
        });

    if (parts.checkpoints) {
        connect(parts.checkpoints, &Checkpoints::SessionCheckpoints::busyChanged, this,
            [this](bool isBusy) { d->calls.holdChanges(isBusy); });
        connect(&d->calls, &CallRunner::held, parts.checkpoints, &Checkpoints::SessionCheckpoints::hurry);
    }
    connect(parts.tasks, &Tasks::TaskManager::added, this, [this](const Tasks::Task &task) {
        if (d->parts.journal)
            d->parts.journal->taskChanged(task);
        if (d->parts.tasks->isListing()) // its row was lost
            d->lookedUp.insert(task.id);
        d->dispatch(TaskStarted{task.id, task.spec.callId});
    });
    connect(parts.tasks, &Tasks::TaskManager::ended, this, [this](const Tasks::Task &task) {
        const Tasks::News news = Tasks::endNews(task);
        if (d->parts.journal)
            d->parts.journal->taskChanged(task);
        const bool wasLookedUp = d->lookedUp.remove(task.id);
        const bool endedAway =
            task.endedAt.isValid() && task.endedAt < d->openedAt && !d->earlierRun.untold.contains(task.id);
        d->dispatch(TaskEnded{news, endedAway});
        if (wasLookedUp)
            d->settleLookUp();
    });
    connect(parts.tasks, &Tasks::TaskManager::listed, this, [this] { d->settleLookUp(); });
    connect(parts.tasks, &Tasks::TaskManager::changed, this, [this](const Tasks::Task &task) {
        if (task.state == Tasks::TaskState::Running && d->lookedUp.remove(task.id))
            d->onFoundRunning(task);
        if (const bool serves = !task.ports.isEmpty(); serves != d->machine.isServer(task.id))
            d->dispatch(TaskServes{task.id, serves});
    });
    d->reopen(earlier);
}

AgentController::~AgentController() = default;

// Queues events that arise while another one is handled, so that the machine is never entered twice.
void AgentController::Private::dispatch(MachineEvent event)
{
    inbox.append(std::move(event));
    if (std::exchange(dispatching, true))
        return;
    while (!inbox.isEmpty()) {
        const Moment moment{parts.clock->now(), parts.clock->wallTime()};
        const MachineEvent next = inbox.dequeue();
        interpreter.perform(machine.step(next, moment));
        announcePendingWork();
        handOnTaskEnd(next);
    }
    dispatching = false;
}

// The order in which a task's end is heard. By now the machine has queued the news: a tool whose answer tells
// it takes it out of the queue again, and a view shows how far it has got.
void AgentController::Private::handOnTaskEnd(const MachineEvent &event)
{
    const auto *ended = std::get_if<TaskEnded>(&event);
    const auto task = ended ? parts.tasks->task(ended->news.id.taskId) : std::nullopt;
    if (!task)
        return;
    parts.tools->taskEnded(*task);
    emit q->taskEnded(*task);
}

bool AgentController::Private::isReady() const
{
    return parts.client->isReady();
}

void AgentController::Private::cancelRequest(const CancelRequest &)
{
    drop();
}

void AgentController::Private::runCall(const RunCall &run)
{
    calls.run(run.call);
}

void AgentController::Private::interruptCall(const InterruptCall &interrupt)
{
    calls.interrupt(interrupt.callId, interrupt.reason);
}

void AgentController::Private::setWake(const SetWake &set)
{
    wake.start(set.delay);
}

void AgentController::Private::clearWake()
{
    wake.stop();
}

void AgentController::Private::setRetry(const SetRetry &set)
{
    failedRequest = set.request;
    retryTimer.start(set.delay);
}

void AgentController::Private::clearRetry()
{
    retryTimer.stop();
}

void AgentController::Private::cancelCompaction(const CancelCompaction &)
{
    drop();
}

void AgentController::Private::tell(const AgentEvent &event)
{
    if (std::holds_alternative<TurnStarted>(event))
        builder.setTools(definitionsOf(*parts.tools));
    if (parts.checkpoints)
        keepFilesBefore(event);
    emit q->happened(event);
}

// The request is sent at once; calls that may change files wait for the checkpoint.
void AgentController::Private::keepFilesBefore(const AgentEvent &event)
{
    const auto *added = std::get_if<MessageAdded>(&event);
    if (added && isOfPerson(added->message))
        parts.checkpoints->take(checkpointLabel(added->message));
}

void AgentController::Private::sendRequest(const SendRequest &request)
{
    drop();
    machine.setModel(parts.client->provider(), model);
    Llm::LlmRequest built = builder.build(machine.history(), request.number, model, rules());
    built.thinking = thinking;
    stream = parts.client->send(built, q);
    connect(stream, &Llm::LlmStream::happened, q,
        [this, number = request.number, price = price](const Llm::LlmEvent &event) {
            if (const auto *whole = std::get_if<Llm::Completed>(&event))
                take(number, asMeant(*whole, price, *parts.tools));
            else
                take(number, event);
        });
    connect(stream, &Llm::LlmStream::silenceChanged, q, [this, number = request.number](bool isSilent) {
        emit q->happened(SilenceChanged{number, isSilent});
    });
    emit q->happened(
        RequestSent{request.number, stream->requestBytes(), built.messages.size(), request.news});
}

void AgentController::Private::take(qint64 request, const Llm::LlmEvent &event)
{
    AnswerEvent answer{request, event};
    if (const auto *failed = std::get_if<Llm::AnswerFailed>(&event)) {
        if (const auto part = Llm::refusedPart(failed->error))
            answer.refused = builder.omissionFor(*part);
    }
    if (std::holds_alternative<Llm::Completed>(event))
        answer.readers = parts.tools->namesWith(Conversation::Effect::Inform) +
                         parts.tools->namesWith(Conversation::Effect::Read);
    dispatch(std::move(answer));
}

Llm::RequestRules AgentController::Private::rules() const
{
    Llm::RequestRules rules = parts.client->rules(model);
    rules.takesImages &= limits.takesImages;
    return rules;
}

void AgentController::Private::compact(const Compact &order)
{
    drop();
    compaction = order.number;
    compactor.start(*parts.client, {machine.history(), order.keepFrom, taskRoster(parts.tasks->tasks()),
                                       model, limits.windowTokens, price});
}

void AgentController::Private::drop()
{
    compactor.cancel();
    if (!stream)
        return;
    stream->disconnect(q);
    stream->deleteLater();
    stream = nullptr;
}

void AgentController::submit(const QString &text, const QVector<Conversation::ImageBlock> &images)
{
    if (text.trimmed().isEmpty() && images.isEmpty())
        return;
    d->dispatchOfPerson(PersonSaid{makeLongId(*d->parts.ids), text, images});
}

void AgentController::resumeTurn()
{
    if (!d->pendingWork().isEmpty())
        d->dispatchOfPerson(PersonRetried{});
}

void AgentController::withdrawQueued(const QString &id)
{
    d->dispatch(PersonWithdrew{id});
}

void AgentController::retry()
{
    d->dispatchOfPerson(PersonRetried{});
}

void AgentController::stop()
{
    d->endLookUp(); // so that held-back messages reach the machine
    d->dispatch(PersonStopped{});
}

void AgentController::stopAnswer()
{
    if (d->machine.phase() != AgentMachine::Phase::RunningCalls)
        stop();
}

void AgentController::answerApproval(const QString &callId, ApprovalAnswer answer)
{
    d->calls.answerApproval(callId, answer);
}

void AgentController::continueInBackground(const QString &taskId)
{
    const std::optional<Tasks::Task> task = d->parts.tasks->task(taskId);
    if (!task || !task->spec.foreground)
        return;
    const QStringList running = d->calls.running();
    for (const QString &callId : running)
        d->calls.interrupt(callId, Tools::Interrupt::ToBackground);
}

void AgentController::setPersonTyping(bool typing)
{
    d->dispatch(PersonTyping{typing});
    emit personTypingChanged();
}

void AgentController::setMode(Permissions::Mode mode)
{
    d->calls.setMode(mode);
}

void AgentController::setBox(Permissions::Box box)
{
    d->calls.setBox(box);
}

void AgentController::decideQuestions()
{
    d->calls.decideQuestions();
}

void AgentController::setClient(
    Llm::LlmClient *client, const QString &model, const Llm::Price &price, Llm::Thinking thinking)
{
    d->parts.client = client;
    d->model = model;
    d->price = price;
    d->thinking = thinking;
    d->interpreter.sendUnsent();
}

void AgentController::setLimits(const ModelLimits &limits)
{
    d->limits = limits;
    d->machine.setWindow(limits.windowTokens);
}

void AgentController::compact()
{
    d->dispatch(PersonAskedToCompact{});
}

void AgentController::noteRestore(const Conversation::RestoreBlock &restore)
{
    d->dispatch(FilesRestored{restore});
}

bool AgentController::isWorking() const
{
    return d->machine.phase() != AgentMachine::Phase::Idle || !d->saidMeanwhile.isEmpty();
}

bool AgentController::hasFailed() const
{
    return d->machine.hasFailed() && !isWorking();
}

bool AgentController::isAtRest() const
{
    return !isWorking() && !d->machine.isWakePending() && !d->dispatching;
}

PendingWork AgentController::pendingWork() const
{
    return d->pendingWork();
}

QSet<QString> AgentController::untoldEnds() const
{
    return d->earlierRun.untold;
}

QVector<Conversation::ToolResultBlock> AgentController::earlierResults() const
{
    QVector<Conversation::ToolResultBlock> results;
    for (const Conversation::ToolCallBlock &call : d->machine.history().openCalls())
        results.append(d->earlierRun.resultOf(call));
    return results;
}

QVector<MessageQueued> AgentController::queued() const
{
    QVector<MessageQueued> waiting;
    for (const PersonSaid &said : d->machine.queuedMessages())
        waiting.append({said.id, said.text, said.images});
    return waiting;
}

const Conversation::History &AgentController::history() const
{
    return d->machine.history();
}

const Tasks::NewsQueue &AgentController::news() const
{
    return d->machine.news();
}

QVector<TaskDelivery> AgentController::deliveries() const
{
    return d->machine.deliveries();
}

} // namespace Meanwhile::Agent
