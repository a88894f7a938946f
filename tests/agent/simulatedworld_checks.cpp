// SPDX-License-Identifier: MIT
#include "simulatedworld.h"

#include <algorithm>

// What follows from an event, and what must be true after it.

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Agent;
using namespace Conversation;

namespace {

constexpr auto kLongestWake = 200ms;
constexpr int kMostInVain = 10;

bool wakes(const Tasks::News &news)
{
    return news.wake == Tasks::WakePolicy::Wake || (news.wake == Tasks::WakePolicy::OnFailure && news.failed);
}

} // namespace

void SimulatedWorld::fail(const QString &what)
{
    if (m_violation.isEmpty())
        m_violation = what;
}

void SimulatedWorld::step(const MachineEvent &event, const char *what, const QString &id)
{
    m_trace.append({what, id});
    feed(event);
    while (!m_inbox.isEmpty() && m_violation.isEmpty())
        feed(m_inbox.dequeue());
}

void SimulatedWorld::feed(const MachineEvent &event)
{
    ++m_eventCount;
    noteEvent(event);
    const QVector<MachineEvent> events = m_mutant.events(event, m_machine);
    for (const MachineEvent &one : events) {
        MachineEffects effects = m_machine.step(one, {m_now, m_wall});
        m_mutant.change(effects, one, m_machine);
        m_interpreter->perform(effects);
    }
    if (!m_restarting)
        check();
}

// What the event means, whatever the machine makes of it.
void SimulatedWorld::noteEvent(const MachineEvent &event)
{
    if (const auto *said = std::get_if<PersonSaid>(&event)) {
        m_waitingWords.append(said->text);
        m_typing = false;
    } else if (const auto *withdrew = std::get_if<PersonWithdrew>(&event)) {
        m_waitingWords.removeOne(withdrew->id);
    } else if (const auto *started = std::get_if<TaskStarted>(&event)) {
        m_running.insert(started->taskId);
    } else if (const auto *ended = std::get_if<TaskEnded>(&event)) {
        m_running.remove(ended->news.id.taskId);
        noteNews(ended->news);
    } else if (const auto *told = std::get_if<TaskNews>(&event)) {
        noteNews(told->news);
    } else if (std::holds_alternative<PersonStopped>(event)) {
        if (m_machine.phase() != Phase::Idle) {
            for (const Tasks::News &queued : m_machine.news().queued())
                m_held.insert(keyOf(queued.id));
        }
    } else if (const auto *call = std::get_if<CallEnded>(&event)) {
        if (const qsizetype running = runs(call->callId); running >= 0) {
            if (!call->outcome.isError)
                m_inVain = 0;
            for (const QString &id : keysOf(call->outcome.toldNews)) {
                if (!m_history.told().contains(id))
                    m_answered.insert(id);
            }
            m_calls.remove(running);
        }
    } else if (const auto *answer = std::get_if<AnswerEvent>(&event)) {
        noteAnswer(*answer);
    } else if (const auto *compacted = std::get_if<Compacted>(&event)) {
        if (compacted->number != m_compaction.open)
            return;
        m_compaction.open.reset();
        m_lastError = compacted->outcome || !m_compaction.isRepairing ? Error() : compacted->outcome.error();
        if (!compacted->outcome && m_compaction.isRepairing && m_failures++ == 0)
            m_firstFailure = m_now;
    } else if (const auto *due = std::get_if<RetryDue>(&event)) {
        m_isRepeat |= m_machine.phase() == Phase::WaitingToRetry && due->request == m_lastNumber;
    } else if (std::holds_alternative<PersonRetried>(event) && m_machine.phase() == Phase::Idle) {
        if (m_machine.pendingWork().isOverBudget)
            m_wakes.clear();
    } else if (std::holds_alternative<PersonRetried>(event) && m_machine.phase() == Phase::WaitingToRetry) {
        m_isRepeat = true;
        m_failures = 0;
    }
}

void SimulatedWorld::noteNews(const Tasks::News &news)
{
    const QString key = keyOf(news.id);
    if (news.wake != Tasks::WakePolicy::Never && !m_history.told().contains(key) && !m_untold.contains(key))
        m_untold.append(key);
}

void SimulatedWorld::noteAnswer(const AnswerEvent &answer)
{
    if (const auto *failed = std::get_if<Llm::AnswerFailed>(&answer.event)) {
        if (answer.request != m_lastNumber)
            return;
        m_lastError = failed->error;
        m_compaction.isRepairing = !failed->error.detail.isEmpty();
        if (!m_compaction.isRepairing && m_failures++ == 0)
            m_firstFailure = m_now;
        return;
    }
    if (!m_request || m_request->number != answer.request)
        return;
    m_request->started = true;
    m_compaction.isRepairing = false;
    m_accepted += m_unaccepted;
    if (std::holds_alternative<Llm::Completed>(answer.event)) {
        m_request.reset();
        m_failures = 0;
        ++m_inVain;
    }
}

// ---- effects

void SimulatedWorld::cancelRequest(const CancelRequest &cancel)
{
    if (m_journal.isAwaited()) { // it is never sent, and counts
        countRequest(cancel.number);
        return m_journal.giveUp();
    }
    if (!m_request || m_request->number != cancel.number)
        fail(u"cancels request %1, which is not open"_s.arg(cancel.number));
    m_request.reset();
}

void SimulatedWorld::compact(const Compact &order)
{
    if (m_compaction.open || m_request || !m_calls.isEmpty() || m_retry || order.number <= m_compaction.last)
        fail(u"compacts beside something else"_s);
    m_compaction.open = m_compaction.last = order.number;
    m_compaction.keepFrom = order.keepFrom;
}

void SimulatedWorld::cancelCompaction(const CancelCompaction &cancel)
{
    if (m_compaction.open != cancel.number)
        fail(u"cancels a compaction that is not under way"_s);
    m_compaction.open.reset();
}

void SimulatedWorld::countRequest(qint64 number)
{
    if (number != m_lastNumber + 1)
        fail(u"request %1 follows %2"_s.arg(number).arg(m_lastNumber));
    m_repeated += m_isRepeat || std::exchange(m_compaction.isRepairing, false);
    if (m_options.maxRequests > 0 && number - m_repeated > m_options.maxRequests)
        fail(u"sends more requests than allowed"_s);
    if (m_inVain >= kMostInVain)
        fail(u"goes on after %1 answers that got nothing done"_s.arg(m_inVain));
    m_lastNumber = number;
}

void SimulatedWorld::sendRequest(const SendRequest &send)
{
    if (m_request)
        fail(u"sends request %1 while %2 is open"_s.arg(send.number).arg(m_request->number));
    if (!m_calls.isEmpty() || m_machine.phase() != Phase::Requesting)
        fail(u"sends request %1 in another phase"_s.arg(send.number));
    if (m_retry || m_compaction.open)
        fail(u"sends request %1 while a retry is waited for"_s.arg(send.number));
    if (m_journal.backlog() > SimulatedJournal::kMaxBacklog)
        fail(u"sends request %1 before earlier turns are on disk"_s.arg(send.number));
    countRequest(send.number);
    m_request = SimulatedRequest{send.number, false};
    m_calls.clear();

    Llm::LlmRequest request =
        m_builder.build(m_machine.history(), send.number, u"dice"_s, {m_options.provider});
    m_mutant.change(request);
    if (request.messages.isEmpty())
        return fail(u"an empty request"_s);
    const Message &last = request.messages.last();
    if (last.role != Role::User && last.stopReason != StopReason::PauseTurn)
        fail(u"request %1 ends in an answer"_s.arg(send.number));
    const bool isNewGeneration =
        request.generation != std::exchange(m_compaction.generation, request.generation);
    if (isNewGeneration) {
        // What a record changes is told anew, less what it leaves out.
        m_sent = HistoryRules(HistoryRules::Subject::Request, m_history.told());
        m_lastMessages.clear();
    }
    if (request.messages.size() < m_lastMessages.size() ||
        !std::equal(m_lastMessages.begin(), m_lastMessages.end(), request.messages.begin()))
        fail(u"request %1 does not begin with the one before"_s.arg(send.number));
    if (std::exchange(m_isRepeat, false) && !isNewGeneration &&
        request.messages.size() > m_lastMessages.size() + 2)
        fail(u"request %1 is no repetition"_s.arg(send.number));
    for (qsizetype i = m_lastMessages.size(); i < request.messages.size(); ++i) {
        if (const QString wrong = m_sent.add(request.messages.at(i)); !wrong.isEmpty())
            fail(u"request %1: %2"_s.arg(send.number).arg(wrong));
    }
    m_lastMessages = request.messages;
    for (const QString &id : keysOf(send.news)) {
        if (!m_sent.told().contains(id))
            fail(u"request %1 claims to carry %2"_s.arg(send.number).arg(id));
    }
    const QSet<QString> due = m_compaction.hasRecords ? m_unaccepted : m_history.told();
    if (!m_sent.told().contains(due))
        fail(u"request %1 does not carry what the history tells"_s.arg(send.number));
}

void SimulatedWorld::runCall(const RunCall &run)
{
    m_journal.checkEnds();
    const bool onlyReads = kReaders.contains(run.call.name) &&
                           std::all_of(m_calls.begin(), m_calls.end(),
                               [](const Call &call) { return kReaders.contains(call.name); });
    if (m_request || (!m_calls.isEmpty() && !onlyReads))
        fail(u"runs %1 beside something else"_s.arg(run.call.id));
    if (!m_history.openCalls().contains(run.call.id) || !m_callsUnended.contains(run.call.id))
        fail(u"runs %1, which is no open call"_s.arg(run.call.id));
    const qsizetype tasksBefore = m_tasks.size();
    const Call call = someCall(run.call);
    m_calls.append(call);
    for (qsizetype i = tasksBefore; i < m_tasks.size(); ++i)
        m_inbox.enqueue(TaskStarted{m_tasks.at(i).id});
    if (holds(call) && chance(50)) {
        m_inbox.enqueue(CallStarted{call.id});
        m_inbox.enqueue(CallEnded{call.id, outcomeOf(call)});
    }
}

void SimulatedWorld::interruptCall(const InterruptCall &interrupt)
{
    const qsizetype running = runs(interrupt.callId);
    if (running < 0)
        return fail(u"interrupts %1, which does not run"_s.arg(interrupt.callId));
    if (interrupt.reason == Tools::Interrupt::PersonStopped) {
        if (chance(70))
            m_late.append(m_calls.at(running));
        m_calls.remove(running);
    } else if (const Call call = m_calls.at(running); call.name == u"wait_background"_s) {
        m_inbox.enqueue(CallEnded{call.id, outcomeOf(call)});
    }
}

void SimulatedWorld::setWake(const SetWake &wake)
{
    const std::chrono::milliseconds delay = wake.delay;
    m_wakes.removeIf([this](std::chrono::milliseconds at) { return at + 1h <= m_now; });
    const bool hasBudget = m_wakes.size() < m_options.wakesPerHour;
    if (delay < 0ms || (hasBudget && delay > kLongestWake) || delay > 1h)
        fail(u"sets a wake in %1 ms"_s.arg(delay.count()));
    if (hasBudget && delay > 0ms && m_running.isEmpty())
        fail(u"waits though no other result can come"_s);
    if (m_isDormant)
        fail(u"sets a wake though the person has not gone on"_s);
    if (m_typing || m_machine.phase() != Phase::Idle)
        fail(u"sets a wake while the person types or the agent works"_s);
    m_timer = m_now + delay;
}

void SimulatedWorld::setRetry(const SetRetry &retry)
{
    if (m_request || retry.request != m_lastNumber || m_machine.phase() != Phase::WaitingToRetry)
        fail(u"waits for a retry of request %1, which did not just fail"_s.arg(retry.request));
    if (!m_calls.isEmpty() || !m_callsUnended.isEmpty())
        fail(u"waits for a retry though calls of the answer are under way"_s);
    if (m_lastError.httpStatus == 400 || m_lastError.httpStatus == 401 ||
        m_lastError.kind == ErrorKind::Protocol)
        fail(u"tries again what cannot help"_s);
    if (m_failures >= 10 || m_now + retry.delay > m_firstFailure + 10min)
        fail(u"tries again too often or too long"_s);
    m_compaction.isRepairing = false; // what fails now is sent again as it is
    m_retry = SimulatedRequest::Retry{retry.request, m_now + retry.delay};
}

void SimulatedWorld::hearFailed()
{
    const bool mayHelp = m_lastError.kind == ErrorKind::Network || m_lastError.kind == ErrorKind::Timeout ||
                         m_lastError.httpStatus == 529;
    if (mayHelp && m_failures < 10 && m_now + 30s < m_firstFailure + 10min)
        fail(u"gives up on what another try may help"_s);
}

void SimulatedWorld::tell(const AgentEvent &event)
{
    m_journal.hear(event);
    if (const auto *added = std::get_if<MessageAdded>(&event)) {
        hearMessage(added->message);
    } else if (const auto *made = std::get_if<ToolCallMade>(&event)) {
        m_callsUnended.insert(made->id);
    } else if (const auto *ended = std::get_if<Agent::ToolCallEnded>(&event)) {
        if (!m_callsUnended.remove(ended->id))
            fail(u"call %1 ends twice"_s.arg(ended->id));
    } else if (const auto *delivered = std::get_if<NewsDelivered>(&event)) {
        hearDelivered(*delivered);
    } else if (const auto *changed = std::get_if<DeliveriesChanged>(&event)) {
        for (const TaskDelivery &task : changed->tasks)
            m_shownDeliveries.insert(task.taskId, task);
    } else if (const auto *started = std::get_if<TurnStarted>(&event)) {
        if (std::exchange(m_inTurn, true))
            fail(u"a turn in a turn"_s);
        if (std::exchange(m_isDormant, false) && !started->byPerson)
            fail(u"wakes though the person has not gone on"_s);
        m_failures = 0;
        m_held.clear();
        if (!started->byPerson)
            m_wakes.append(m_now);
        if (m_wakes.size() > std::max(0, m_options.wakesPerHour))
            m_wakes.removeIf([this](std::chrono::milliseconds at) { return at + 1h <= m_now; });
        if (m_wakes.size() > m_options.wakesPerHour)
            fail(u"wakes more often than allowed"_s);
        if (!started->byPerson && m_typing)
            fail(u"wakes while the person types"_s);
    } else if (std::holds_alternative<Agent::Failed>(event)) {
        hearFailed();
    } else if (const auto *turn = std::get_if<TurnEnded>(&event)) {
        m_isRepeat = m_compaction.isRepairing = false;
        m_inVain = 0;
        const bool waits = !m_machine.news().isEmpty() || m_machine.hasQueuedMessages();
        const bool isByItself = turn->how == TurnEnded::How::Done || turn->how == TurnEnded::How::EndedBadly;
        if (waits && isByItself && !isAtLimit())
            fail(u"a turn ends though something waits for the model"_s);
        if (!std::exchange(m_inTurn, false))
            fail(u"a turn ends that did not start"_s);
        if (!m_callsUnended.isEmpty())
            fail(u"a turn ends with calls under way"_s);
    }
}

void SimulatedWorld::hearMessage(const Message &message)
{
    if (m_heard >= m_machine.history().size() || m_machine.history().messages().at(m_heard) != message)
        fail(u"message %1 is told, but not in the history"_s.arg(message.id));
    ++m_heard;
    const QSet<QString> toldBefore = m_history.told();
    if (const QString wrong = m_history.add(message); !wrong.isEmpty())
        return fail(wrong);
    if (message.role == Role::Record) {
        const auto *end = std::get_if<EndBlock>(&message.content.first());
        m_compaction.hasRecords |= !end && !std::holds_alternative<FailureBlock>(message.content.first());
        if (end && end->why == EndBlock::Why::NoProgress && m_inVain < kMostInVain)
            fail(u"gives up after %1 answers"_s.arg(m_inVain));
    }
    if (message.role != Role::User)
        return;
    const QSet<QString> told = m_history.told() - toldBefore;
    for (const QString &id : told) {
        m_unaccepted.insert(id);
        m_answered.remove(id);
        m_untold.removeOne(id);
    }
    for (const ContentBlock &block : message.content) {
        const auto *text = std::get_if<TextBlock>(&block);
        const auto *news = std::get_if<NewsBlock>(&block);
        if (text || (news && !news->news.isEmpty()))
            m_inVain = 0;
        if (text && !m_waitingWords.removeOne(text->text))
            fail(u"sends \"%1\", which does not wait"_s.arg(text->text));
    }
}

void SimulatedWorld::hearDelivered(const NewsDelivered &delivered)
{
    const QStringList keys = keysOf(delivered.news);
    const QSet<QString> ids(keys.begin(), keys.end());
    if (keys.size() != ids.size() || ids != m_unaccepted)
        fail(
            u"says delivered: %1; accepted now: %2"_s.arg(keys.join(u' '), m_unaccepted.values().join(u' ')));
    for (const QString &id : ids) {
        const Tasks::Delivery delivery = m_machine.news().delivery(newsOfKey(id));
        if (delivery.state != Tasks::Delivery::State::Accepted || delivery.request != delivered.request)
            fail(u"%1 is delivered, and its row does not say so"_s.arg(id));
        if (!m_accepted.contains(id))
            fail(u"%1 counts as accepted by a request that was not"_s.arg(id));
    }
    m_unaccepted.clear();
}

// ---- after every event

void SimulatedWorld::check()
{
    m_journal.checkEnds();
    if (!m_journal.problem().isEmpty())
        fail(m_journal.problem());
    if (m_violation.isEmpty())
        checkPhase();
    if (m_violation.isEmpty())
        checkResults();
    if (m_violation.isEmpty())
        checkDeliveries();
    if (m_violation.isEmpty() && m_machine.phase() == Phase::Idle)
        checkRest();
}

bool SimulatedWorld::isAtLimit() const
{
    return m_options.maxRequests > 0 && m_lastNumber - m_repeated >= m_options.maxRequests;
}

void SimulatedWorld::checkPhase()
{
    const Phase phase = m_machine.phase();
    const Phase expected = m_request ? (m_request->started ? Phase::Streaming : Phase::Requesting)
                           : m_journal.isAwaited() ? Phase::Requesting
                           : m_retry               ? Phase::WaitingToRetry
                           : m_compaction.open     ? Phase::Compacting
                           : !m_calls.isEmpty()    ? Phase::RunningCalls
                                                   : Phase::Idle;
    // An answer already on its way to the machine ends the call's phase with it.
    if (phase != expected && m_inbox.isEmpty())
        fail(u"phase %1, expected %2"_s.arg(int(phase)).arg(int(expected)));
    if (m_inTurn != (phase != Phase::Idle))
        fail(u"the turn and the phase disagree"_s);
    if (m_heard != m_machine.history().size())
        fail(u"a message was added and not told"_s);
    if (m_machine.hasQueuedMessages() != !m_waitingWords.isEmpty())
        fail(u"the person's words are lost: %1"_s.arg(m_waitingWords.join(u' ')));
    if (m_machine.isWakePending() != m_timer.has_value())
        fail(u"the wake and its timer disagree"_s);
    if (!m_history.openCalls().isEmpty() && phase == Phase::Idle && m_lastNumber > 0 && m_eventCount > 0 &&
        !m_callsUnended.isEmpty())
        fail(u"idle with calls under way"_s);
}

// Each end is queued, or in the answer of a call that is in no message yet, or in the history.
void SimulatedWorld::checkResults()
{
    const auto &queue = m_machine.news();
    QSet<QString> queued;
    for (const Tasks::News &news : queue.queued())
        queued.insert(keyOf(news.id));
    if (queued.size() != queue.size())
        fail(u"a result is queued twice"_s);
    for (const QString &id : std::as_const(m_untold)) {
        if (queued.contains(id) == m_answered.contains(id))
            fail(u"the end of %1 is lost, or will be told twice"_s.arg(id));
        if (!m_journal.outbox().contains(id))
            fail(u"the end of %1 is not in the outbox"_s.arg(id));
    }
    for (const QString &id : std::as_const(queued)) {
        if (!m_untold.contains(id))
            fail(u"the end of %1 is queued and a message tells it"_s.arg(id));
    }
    for (const QString &id : std::as_const(m_unaccepted)) {
        if (queue.delivery(newsOfKey(id)).state != Tasks::Delivery::State::InRequest)
            fail(u"%1 is not accepted, and its row says otherwise"_s.arg(id));
    }
}

// What the table shows of the newest news of each task is what the machine would say.
void SimulatedWorld::checkDeliveries()
{
    for (const TaskDelivery &task : m_machine.deliveries()) {
        if (m_shownDeliveries.value(task.taskId, {task.taskId, {}, {}}) != task)
            return fail(u"the delivery of %1 changed, and nobody was told"_s.arg(task.taskId));
    }
}

void SimulatedWorld::checkRest()
{
    if (m_request || m_journal.isAwaited() || !m_calls.isEmpty() || m_retry || m_compaction.open)
        fail(u"idle with something under way"_s);
    const auto &queued = m_machine.news().queued();
    const auto isNew = [this](const auto &one) { return wakes(one) && !m_held.contains(keyOf(one.id)); };
    const bool waitsForTheHour = m_timer && *m_timer > m_now + kLongestWake;
    if (waitsForTheHour && !m_mutant.pendingWork(m_machine).isOverBudget)
        fail(u"waits for the end of the hour, and nobody is told"_s);
    for (const auto &one : queued) {
        if (waitsForTheHour && m_machine.deliveryBlock(one.id) == DeliveryBlock::Soon)
            fail(u"says soon, and means in an hour"_s);
    }
    if (m_machine.isWakePending() && std::none_of(queued.begin(), queued.end(), isNew))
        fail(u"the person stopped, and a result that waited by then wakes the agent"_s);
    if (m_typing || m_isDormant || m_machine.isWakePending() || isAtLimit() || !m_options.wakeWhenIdle ||
        m_options.wakesPerHour == 0)
        return;
    if (std::any_of(queued.begin(), queued.end(), isNew))
        fail(u"at rest with a result queued"_s);
}

} // namespace Meanwhile::Testing
