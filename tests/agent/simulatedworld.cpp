// SPDX-License-Identifier: MIT
#include "simulatedworld.h"

#include <algorithm>

// The dice: what happens next. What follows from it is in simulatedworld_checks.cpp.

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Agent;
using namespace Conversation;

namespace {

constexpr StopReason kReasons[] = {StopReason::EndTurn, StopReason::ToolUse, StopReason::MaxTokens,
    StopReason::StopSequence, StopReason::Refusal, StopReason::PauseTurn, StopReason::Other};
constexpr Tasks::WakePolicy kPolicies[] = {Tasks::WakePolicy::Wake, Tasks::WakePolicy::NextTurn,
    Tasks::WakePolicy::OnFailure, Tasks::WakePolicy::Never, Tasks::WakePolicy::Wake};
constexpr int kStepsToRest = 600;

MachineOptions someOptions(SeededIds &random)
{
    MachineOptions options;
    options.provider = u"simulated"_s;
    options.model = u"dice"_s;
    if (random.next64() % 6 == 0)
        options.maxRequests = 1 + int(random.next64() % 12);
    if (random.next64() % 3 == 0)
        options.wakesPerHour = int(random.next64() % 3);
    if (random.next64() % 12 == 0)
        options.wakeWhenIdle = false;
    if (random.next64() % 4 == 0)
        options.windowTokens = 10'000;
    return options;
}

} // namespace

SimulatedWorld::SimulatedWorld(quint64 seed, Mutant mutant)
    : m_seed(seed)
    , m_random(seed)
    , m_mutant(mutant)
    , m_options(someOptions(m_random))
    , m_machine(m_options)
    , m_journal(seed, m_mutant)
    , m_builder(u"system"_s, {})
    , m_wall(QDate(2026, 1, 2), QTime(9, 30), Qt::UTC)
{
    m_isStubborn = below(10) == 0;
    m_interpreter.emplace(m_machine, *this, &m_journal);
}

bool SimulatedWorld::play()
{
    const int events = below(8) == 0 ? 30 + below(271) : 30 + below(60);
    step(PersonSaid{u"said1"_s, u"said1"_s, {}}, "says", QString::number(++m_saidCount));
    while (m_eventCount < events && m_violation.isEmpty())
        act();
    if (m_violation.isEmpty())
        comeToRest();
    return m_violation.isEmpty();
}

void SimulatedWorld::act()
{
    passTime();
    if (m_journal.isDue())
        catchUp();
    if (m_journal.holdsEnds() && chance(5)) // only the journal knows how a call ended
        return restart();
    if (m_timer && *m_timer <= m_now && chance(70)) {
        m_timer.reset();
        return step(WakeDue{}, "wake due");
    }
    if (m_retry && m_retry->due <= m_now && chance(70))
        return retryIsDue();
    const bool isAlone = m_isStubborn && chance(85); // nobody and nothing interrupts the model
    const int die = isAlone ? 99 : below(100);
    if (die < 12)
        return chance(30) ? hearOfSomeTask() : endSomeTasks();
    if (die < 15)
        return step(TaskStarted{m_tasks.at(startTask(kPolicies[below(5)])).id}, "task starts");
    if (die < 17 && !m_late.isEmpty()) {
        const Call late = m_late.takeAt(below(int(m_late.size())));
        return step(CallEnded{late.id, outcomeOf(late)}, "late result", late.id);
    }
    if (die < 18)
        return restart();
    if (die < 19)
        return step(
            AnswerEvent{m_machine.requestNumber() - below(2) - (m_request || m_journal.isAwaited() ? 1 : 0),
                Llm::TextDelta{u"stale"_s}},
            "stale answer");
    if (die < 20)
        return step(RetryDue{m_lastNumber - below(2) - (m_retry ? 1 : 0)}, "stale retry");
    if (die < 47)
        return personActs(die - 20);
    if (m_retry && chance(80)) {
        m_now = std::max(m_now, m_retry->due);
        return retryIsDue();
    }
    if (m_compaction.open)
        return endCompaction();
    if (m_journal.isAwaited())
        return catchUp();
    if (m_request)
        return answerOn();
    if (!m_calls.isEmpty())
        return callOn();
    if (m_timer && chance(50)) {
        m_now = std::max(m_now, *m_timer);
        m_timer.reset();
        return step(WakeDue{}, "wake due");
    }
    if (chance(40))
        return endSomeTasks();
    personActs(below(27));
}

void SimulatedWorld::passTime()
{
    if (chance(60))
        return;
    m_now += std::chrono::milliseconds(chance(80) ? below(30) : below(400));
    if (below(200) == 0)
        m_now += 1h;
}

void SimulatedWorld::catchUp()
{
    m_trace.append(std::pair("disk catches up", QString()));
    m_journal.catchUp();
    check();
}

void SimulatedWorld::personActs(int die)
{
    if (die < 9) {
        const QString id = u"said%1"_s.arg(++m_saidCount);
        return step(PersonSaid{id, id, {}}, "says", id);
    }
    if (die < 12 && !m_waitingWords.isEmpty()) {
        const QString id = m_waitingWords.at(below(int(m_waitingWords.size())));
        return step(PersonWithdrew{id}, "withdraws", id);
    }
    if (die < 16)
        return step(PersonStopped{}, "stops");
    if (die < 19)
        return step(PersonRetried{}, "retries");
    if (die < 20)
        return step(PersonAskedToCompact{}, "asks to compact");
    m_typing = die < 22 ? !m_typing : false;
    step(PersonTyping{m_typing}, m_typing ? "types" : "does not type");
}

// ---- the model

void SimulatedWorld::answerOn()
{
    const qint64 number = m_request->number;
    const int die = below(100);
    if (m_request->started ? die < 6 : die < 15) {
        m_request.reset();
        const Error error = someError();
        std::optional<OmissionBlock> refused;
        const auto &messages = m_machine.history().messages();
        if (error.detail.startsWith(u"messages"_s)) // what the person said, since more is claimed of the rest
            refused = OmissionBlock{OmissionBlock::What::Block, messages.first().id, 0, error.detail};
        return step(AnswerEvent{number, Llm::AnswerFailed{error}, refused}, "fails",
            error.detail + nameOf(error.kind));
    }
    if (!m_request->started && die < 60)
        return step(AnswerEvent{number, Llm::AnswerStarted{}}, "starts to answer");
    if (die < 70)
        return step(AnswerEvent{number, Llm::TextDelta{u"word "_s}}, "token");
    if (die < 74)
        return step(AnswerEvent{number, Llm::ThinkingDelta{u"hm "_s}}, "thinks");
    if (die < 78)
        return step(AnswerEvent{number, Llm::ToolCallBeingWritten{u"a%1"_s.arg(m_callCount), u"bash"_s}},
            "announces a call");
    finishAnswer(someAnswer());
}

Error SimulatedWorld::someError()
{
    static const Error kErrors[] = {{ErrorKind::Network, {}, {}}, {ErrorKind::Timeout, {}, {}},
        {ErrorKind::Overloaded, {}, {}, 529, {}}, {ErrorKind::RateLimited, {}, {}, 429, 30s},
        {ErrorKind::Overloaded, {}, {}, 500, {}}, {ErrorKind::BadRequest, {}, {}, 400, {}},
        {ErrorKind::Authentication, {}, {}, 401, {}}, {ErrorKind::Protocol, {}, {}},
        {ErrorKind::BadRequest, {}, u"messages.0.content.0: no"_s, 400, {}},
        {ErrorKind::BadRequest, {}, u"prompt is too long"_s, 400, {}},
        {ErrorKind::BadRequest, {}, u"prompt is too long"_s, 400, {}}};
    return kErrors[below(11)];
}

void SimulatedWorld::endCompaction()
{
    const qint64 number = *m_compaction.open;
    if (chance(10))
        return step(Compacted{number - 1, CompactionBlock{}}, "stale summary");
    if (chance(50))
        return step(Compacted{number, CompactionBlock{u"notes"_s, u"tasks"_s, m_compaction.keepFrom, 0, {}}},
            "is summarised", m_compaction.keepFrom);
    const Error error = chance(50) ? Error{ErrorKind::Network, {}, {}} : Error{ErrorKind::Protocol, {}, {}};
    step(Compacted{number, failure(error)}, "is not summarised", nameOf(error.kind));
}

void SimulatedWorld::retryIsDue()
{
    const qint64 request = m_retry->request;
    m_retry.reset();
    step(RetryDue{request}, "retry due");
}

Message SimulatedWorld::someAnswer()
{
    Message message;
    if (m_isStubborn && chance(95)) {
        message.content.append(ToolCallBlock{u"c%1"_s.arg(++m_callCount), u"nonsense"_s, "{}", {}});
        message.stopReason = chance(80) ? StopReason::ToolUse : kReasons[below(7)];
        return message;
    }
    if (chance(15))
        message.content.append(ThinkingBlock{u"hm"_s, "{}"});
    if (chance(70))
        message.content.append(TextBlock{chance(90) ? u"Right."_s : u" \n"_s});
    static const QStringList kNames{u"bash"_s, u"background_run"_s, u"check_background"_s,
        u"wait_background"_s, u"read_file"_s, u"nonsense"_s};
    const int calls = chance(45) ? 0 : 1 + below(4);
    for (int i = 0; i < calls; ++i) {
        // Some servers number the calls of every answer from one, or not at all.
        const QString id = chance(95) ? u"c%1"_s.arg(++m_callCount) : chance(50) ? u"c1"_s : QString();
        message.content.append(ToolCallBlock{id, kNames.at(below(6)), "{}", {}});
    }
    message.usage.inputTokens = below(12'000);
    if (calls > 0 ? chance(80) : chance(70))
        message.stopReason = calls > 0 ? StopReason::ToolUse : StopReason::EndTurn;
    else
        message.stopReason = kReasons[below(7)];
    return message;
}

void SimulatedWorld::finishAnswer(const Message &message)
{
    const qint64 number = m_request->number;
    m_request->started = true;
    step(AnswerEvent{number, Llm::Completed{message}, {}, kReaders}, "completes", nameOf(message.stopReason));
}

// ---- tools and tasks

qsizetype SimulatedWorld::runs(const QString &id) const
{
    const auto found =
        std::find_if(m_calls.begin(), m_calls.end(), [&](const Call &call) { return call.id == id; });
    return found == m_calls.end() ? -1 : found - m_calls.begin();
}

SimulatedWorld::Call SimulatedWorld::someCall(const ToolCallBlock &block)
{
    Call call{block.id, block.name, {}, chance(50)};
    if (block.name == u"bash"_s) {
        call.tasks = {startTask(Tasks::WakePolicy::NextTurn)};
    } else if (block.name == u"background_run"_s) {
        call.tasks = {startTask(kPolicies[below(5)])};
    } else if (block.name == u"check_background"_s && !m_tasks.isEmpty()) {
        const int one = below(int(m_tasks.size()));
        const int other = below(int(m_tasks.size()));
        call.tasks = {m_tasks.at(one).progress > m_tasks.at(other).progress ? one : other};
    } else if (block.name == u"wait_background"_s) {
        for (int i = 0; i < m_tasks.size(); ++i) {
            if (!m_tasks.at(i).hasEnded || below(8) == 0)
                call.tasks.append(i);
        }
    }
    return call;
}

Tools::ToolOutcome SimulatedWorld::outcomeOf(const Call &call)
{
    Tools::ToolOutcome outcome;
    if (call.name != u"background_run"_s) {
        for (const int index : call.tasks) {
            for (int n = 1; call.name == u"check_background"_s && n <= m_tasks.at(index).progress; ++n)
                outcome.toldNews.append(m_tasks.at(index).progressNews(n).id);
            if (m_tasks.at(index).hasEnded)
                outcome.toldNews.append(NewsId::endOf(m_tasks.at(index).id));
        }
    }
    outcome.text = u"told:"_s + keysOf(outcome.toldNews).join(u' ');
    if (outcome.toldNews.isEmpty())
        outcome.text = chance(50) ? u"done"_s : chance(80) ? QString(300, u'x') : QString();
    outcome.isError = m_isStubborn || chance(10);
    return outcome;
}

bool SimulatedWorld::holds(const Call &call) const
{
    const auto ended = [this](int index) { return m_tasks.at(index).hasEnded; };
    if (call.name == u"bash"_s)
        return ended(call.tasks.first());
    if (call.name != u"wait_background"_s)
        return true;
    return call.all ? std::all_of(call.tasks.begin(), call.tasks.end(), ended)
                    : call.tasks.isEmpty() || std::any_of(call.tasks.begin(), call.tasks.end(), ended);
}

void SimulatedWorld::callOn()
{
    const Call call = m_calls.size() == 1 ? m_calls.first() : m_calls.at(below(int(m_calls.size())));
    if (chance(20))
        return step(CallStarted{call.id}, "call runs", call.id);
    if (!holds(call) && chance(60))
        return endSomeTasks();
    // Its time is up, the person sent it to the background, or it is done.
    if (call.name == u"bash"_s && !holds(call))
        m_tasks[call.tasks.first()].wake = Tasks::WakePolicy::Wake;
    step(CallEnded{call.id, outcomeOf(call)}, "result", call.id);
}

int SimulatedWorld::startTask(Tasks::WakePolicy wake)
{
    m_tasks.append({u"t%1"_s.arg(m_tasks.size() + 1), wake, chance(40), false});
    return int(m_tasks.size()) - 1;
}

void SimulatedWorld::hearOfSomeTask()
{
    QVector<int> running;
    for (int i = 0; i < m_tasks.size(); ++i) {
        if (!m_tasks.at(i).hasEnded)
            running.append(i);
    }
    if (running.isEmpty())
        return;
    SimulatedTask &task = m_tasks[running.at(below(int(running.size())))];
    const Tasks::News news = task.progressNews(++task.progress);
    step(TaskNews{news}, "news of a task", keyOf(news.id));
}

void SimulatedWorld::endSomeTasks()
{
    QVector<int> running;
    for (int i = 0; i < m_tasks.size(); ++i) {
        if (!m_tasks.at(i).hasEnded)
            running.append(i);
    }
    for (int burst = chance(70) ? 1 : 2 + below(3); burst > 0 && !running.isEmpty(); --burst) {
        if (m_violation.isEmpty())
            endTask(running.takeAt(below(int(running.size()))));
    }
}

void SimulatedWorld::endTask(int index)
{
    SimulatedTask &task = m_tasks[index];
    task.hasEnded = true;
    // No die is thrown for these, so that a seed plays what it always did.
    task.isEndedFromOutside = !task.isOrphan && (m_seed + quint64(index)) % 5 == 0;
    const TaskEnded news{task.news()};
    if (news.news.text.contains(u"Do not start it again"_s))
        return fail(u"%1 is told as stopped by the person"_s.arg(task.id));
    const QVector<Call> running = m_calls;
    const auto answers = [&](const Call &call) {
        return call.tasks.contains(index) && call.name != u"check_background"_s && holds(call);
    };
    // Whoever waits hears of it first, or last.
    const bool newsFirst = chance(30);
    if (newsFirst)
        step(news, "task ends", task.id);
    for (const Call &call : running) {
        if (answers(call) && runs(call.id) >= 0 && m_violation.isEmpty())
            step(CallEnded{call.id, outcomeOf(call)}, "result by its task", call.id);
    }
    if (!newsFirst && m_violation.isEmpty())
        step(news, "task ends", news.news.id.taskId);
}

// ---- the program is killed and started again; the store has the history and the outbox

void SimulatedWorld::restart()
{
    m_trace.append(std::pair("restarts", QString()));
    Store::StoredSession kept = stored();
    m_mutant.change(kept);
    m_machine = AgentMachine(m_options, kept.history, Agent::earlierRunOf(kept));
    m_journal.crash();
    m_interpreter.emplace(m_machine, *this, &m_journal);
    m_shownDeliveries.clear();
    for (const TaskDelivery &task : m_machine.deliveries())
        m_shownDeliveries.insert(task.taskId, task);
    m_isDormant = !kept.history.isEmpty();
    m_builder = RequestBuilder(u"system"_s, {});
    m_request.reset();
    m_calls.clear();
    m_late.clear();
    m_timer.reset();
    m_retry.reset();
    m_compaction.open.reset();
    m_compaction.last = 0;
    m_compaction.isRepairing = false;
    m_typing = false;
    m_inTurn = false;
    m_lastNumber = m_machine.requestNumber();
    m_inVain = 0;
    m_repeated = m_lastNumber; // the limit is one of this run
    m_failures = 0;
    m_waitingWords.clear(); // were in memory only
    m_answered.clear();
    for (const Store::StoredCall &call : kept.calls) {
        const QStringList told = call.result ? keysOf(call.result->toldNews) : QStringList();
        for (const QString &id : told) {
            if (!m_history.told().contains(id))
                m_answered.insert(id);
        }
    }
    m_held.clear();
    m_running.clear();
    m_wakes.clear();
    m_callsUnended.clear();
    m_unaccepted.clear();
    for (const QString &id : m_history.told()) {
        if (m_machine.news().delivery(newsOfKey(id)).state != Tasks::Delivery::State::Accepted)
            m_unaccepted.insert(id);
        else if (!m_accepted.contains(id))
            fail(u"after a restart %1 counts as accepted"_s.arg(id));
    }
    m_restarting = true;
    for (int i = 0; i < m_tasks.size(); ++i)
        m_tasks[i].isOrphan |= !m_tasks.at(i).hasEnded && (m_seed + quint64(i)) % 3 == 0;
    const QVector<SimulatedTask> tasks = m_tasks;
    for (const SimulatedTask &task : tasks) {
        for (int n = 1; n <= task.progress; ++n) {
            const Tasks::News news = task.progressNews(n);
            const bool isTold = m_history.told().contains(keyOf(news.id));
            if (isTold ? below(4) == 0 : !m_answered.contains(keyOf(news.id)))
                step(TaskNews{news}, "news as its folder tells", keyOf(news.id));
        }
        if (!task.hasEnded) // with its supervisor or without
            step(TaskStarted{task.id}, "still runs", task.id);
        else if (m_history.told().contains(task.id) && below(4) == 0) // told twice by its supervisor
            step(TaskEnded{task.news()}, "ended before", task.id);
        else if (!m_history.told().contains(task.id) && !m_answered.contains(task.id))
            step(TaskEnded{task.news()}, "ends as its folder tells", task.id);
    }
    m_restarting = false;
    check();
}

Store::StoredSession SimulatedWorld::stored()
{
    using State = Tasks::Delivery::State;
    Store::StoredSession session;
    session.history = m_journal.history();
    session.calls = m_journal.calls();
    for (const SimulatedTask &task : std::as_const(m_tasks)) {
        for (int n = 1; n <= task.progress; ++n) {
            if (const Tasks::News news = task.progressNews(n); m_journal.outbox().contains(keyOf(news.id)))
                session.news.append({news, {State::Queued, 0, {}}});
        }
        if (!task.hasEnded)
            continue;
        session.tasks.append(task.row());
        const Tasks::News news = task.news();
        // A row may be stale, or may have been lost behind that of the task.
        const bool isKept = m_journal.outbox().contains(task.id);
        if (isKept ? below(4) != 0 : m_history.told().contains(task.id) && below(4) == 0)
            session.news.append({news, {State::Queued, 0, {}}});
    }
    return session;
}

// ---- the end: whatever was begun comes to its end, and everything has been told

void SimulatedWorld::comeToRest()
{
    m_typing = false;
    step(PersonTyping{false}, "does not type");
    int steps = 0;
    while (m_violation.isEmpty() && restOn()) {
        if (++steps > kStepsToRest)
            return fail(u"does not come to rest"_s);
    }
    if (!m_violation.isEmpty() || isAtLimit())
        return;
    const QString id = u"said%1"_s.arg(++m_saidCount);
    step(PersonSaid{id, id, {}}, "says", id);
    while (m_violation.isEmpty() && restOn()) {
        if (++steps > kStepsToRest)
            return fail(u"does not come to rest again"_s);
    }
    if (!m_violation.isEmpty() || isAtLimit())
        return;
    if (!m_machine.news().isEmpty() || !m_untold.isEmpty())
        return fail(u"%1 was never told"_s.arg(m_untold.join(u", "_s)));
    if (!m_waitingWords.isEmpty())
        return fail(u"%1 was never sent"_s.arg(m_waitingWords.join(u", "_s)));
    for (const SimulatedTask &task : std::as_const(m_tasks)) {
        if (task.wake != Tasks::WakePolicy::Never && !m_history.told().contains(task.id))
            return fail(u"%1 was lost"_s.arg(task.id));
        for (int n = 1; n <= task.progress; ++n) {
            const Tasks::News news = task.progressNews(n);
            if (news.wake != Tasks::WakePolicy::Never && !m_history.told().contains(keyOf(news.id)))
                return fail(u"%1 was lost"_s.arg(keyOf(news.id)));
        }
    }
    if (!m_unaccepted.isEmpty())
        fail(u"something told is not accepted at the end"_s);
}

bool SimulatedWorld::restOn()
{
    if (m_compaction.open) {
        endCompaction();
        return true;
    }
    if (m_journal.isAwaited()) {
        catchUp();
        return true;
    }
    if (m_request) {
        Message message;
        message.content.append(TextBlock{u"Done."_s});
        message.stopReason = StopReason::EndTurn;
        finishAnswer(message);
        return true;
    }
    if (!m_calls.isEmpty()) {
        const Call call = m_calls.last();
        step(CallEnded{call.id, outcomeOf(call)}, "result", call.id);
        return true;
    }
    if (m_retry) {
        m_now = std::max(m_now, m_retry->due);
        retryIsDue();
        return true;
    }
    for (int i = 0; i < m_tasks.size(); ++i) {
        if (!m_tasks.at(i).hasEnded) {
            endTask(i);
            return true;
        }
    }
    if (!m_timer)
        return false;
    m_now = std::max(m_now, *m_timer);
    m_timer.reset();
    step(WakeDue{}, "wake due");
    return true;
}

QString SimulatedWorld::report() const
{
    QString text = u"seed %1: %2\n"_s.arg(m_seed).arg(m_violation);
    for (const auto &[what, id] : m_trace.last(std::min<qsizetype>(m_trace.size(), 25)))
        text += u"  %1 %2\n"_s.arg(QLatin1StringView(what), id);
    return text;
}

} // namespace Meanwhile::Testing
