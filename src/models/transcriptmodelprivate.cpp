// SPDX-License-Identifier: MIT
#include "models/transcriptmodelprivate.h"

#include "models/difflines.h"
#include "models/visibletext.h"

#include <algorithm>

namespace Meanwhile::Models {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = TranscriptRow::Kind;
using CallState = TranscriptRow::CallState;

static constexpr auto kShowInterval = 50ms;

TranscriptRow makeRow(Kind kind, const QString &id, const QString &text)
{
    TranscriptRow row;
    row.kind = kind;
    row.id = id;
    row.text = text;
    return row;
}

TranscriptRow makeCall(const QString &id, const QString &tool)
{
    TranscriptRow row;
    row.kind = Kind::ToolCall;
    row.id = id;
    row.tool = tool;
    return row;
}

static bool isSameThing(const TranscriptRow &shown, const TranscriptRow &told)
{
    return shown.kind == told.kind && (told.kind != Kind::ToolCall || shown.id == told.id);
}

TranscriptModel::Private::Private(
    TranscriptModel *model, Tools::ToolPresentations theTools, const Clock &theClock)
    : q(model)
    , tools(std::move(theTools))
    , clock(theClock)
{
    showTimer = new QTimer(model);
    showTimer->setObjectName(u"showStreamedText"_s);
    showTimer->setSingleShot(true);
    showTimer->setInterval(kShowInterval);
    showTimer->setTimerType(Qt::PreciseTimer);
    QObject::connect(showTimer, &QTimer::timeout, model, [this] { showPending(); });
    tick = new QTimer(model);
    tick->setObjectName(u"elapsedTick"_s);
    tick->setInterval(1s);
    tick->setTimerType(Qt::PreciseTimer);
    QObject::connect(tick, &QTimer::timeout, model, [this] {
        for (const QString &id : std::as_const(running)) {
            const QList<int> rows = taskRows.values(id);
            for (const int row : rows)
                refresh(row);
        }
        showRetry();
        showWaiting();
    });
}

// ---- rows

void TranscriptModel::Private::insert(int position, TranscriptRow row)
{
    const auto shift = [&](int &at) { at += at >= position ? 1 : 0; };
    q->beginInsertRows({}, position, position);
    if (position < bodyEnd()) { // rare: an answer that held more than was streamed
        std::for_each(callRows.begin(), callRows.end(), shift);
        std::for_each(taskRows.begin(), taskRows.end(), shift);
    }
    queued += row.kind == Kind::Queued;
    Entry entry;
    entry.row = std::move(row);
    entries.insert(entries.begin() + position, std::move(entry));
    q->endInsertRows();
}

void TranscriptModel::Private::remove(int position)
{
    const auto shift = [&](int &at) { at -= at > position ? 1 : 0; };
    const auto isGone = [&](std::pair<const QString &, int &> tie) { return tie.second == position; };
    q->beginRemoveRows({}, position, position);
    if (position < bodyEnd()) {
        callRows.removeIf(isGone);
        taskRows.removeIf(isGone);
        std::for_each(callRows.begin(), callRows.end(), shift);
        std::for_each(taskRows.begin(), taskRows.end(), shift);
        shift(passingRow);
    }
    queued -= entries.at(size_t(position)).row.kind == Kind::Queued;
    entries.erase(entries.begin() + position);
    q->endRemoveRows();
}

void TranscriptModel::Private::changed(int position)
{
    const QModelIndex index = q->index(position);
    emit q->dataChanged(index, index);
}

int TranscriptModel::Private::appendBody(TranscriptRow row)
{
    removePassingRow();
    if (std::exchange(waitingSince, std::nullopt))
        updateTick();
    const int position = bodyEnd();
    insert(position, std::move(row));
    return position;
}

// What is queued goes with the next request of a turn; without one, when the person says so.
void TranscriptModel::Private::setTurnUnderWay(bool isUnderWay)
{
    isTurnUnderWay = isUnderWay;
    for (int i = bodyEnd(); i < size(); ++i) {
        entries.at(size_t(i)).row.isHeld = !isUnderWay;
        changed(i);
    }
}

void TranscriptModel::Private::addNotice(const QString &text)
{
    appendBody(makeRow(Kind::Notice, {}, text));
}

void TranscriptModel::Private::addDelivered(const QStringList &taskIds)
{
    TranscriptRow row = makeRow(Kind::Delivered, {}, deliveredText(taskIds));
    row.taskIds = taskIds;
    const int position = appendBody(std::move(row));
    for (const QString &id : taskIds)
        taskRows.insert(id, position);
}

void TranscriptModel::Private::addPassing(TranscriptRow row)
{
    appendBody(std::move(row));
    passingRow = bodyEnd() - 1;
}

void TranscriptModel::Private::removePassingRow()
{
    if (passingRow < 0)
        return;
    retryDue.reset();
    isWaitingShown = false;
    waitingFor = serving = 0;
    remove(std::exchange(passingRow, -1));
    updateTick();
}

bool TranscriptModel::Private::isPassing(Kind kind) const
{
    return passingRow >= 0 && entries.at(size_t(passingRow)).row.kind == kind;
}

void TranscriptModel::Private::showRetry()
{
    if (!isPassing(Kind::Retry))
        return;
    TranscriptRow &row = entries.at(size_t(passingRow)).row;
    const TranscriptRow before = row;
    if (retryDue) {
        const auto left = std::chrono::ceil<std::chrono::seconds>(std::max(0ms, *retryDue - clock.now()));
        // On a line of its own, so that the words above stay where they are while it counts.
        row.text = tr("%1\nRetrying in %3 s (attempt %2).")
                       .arg(retryWhy, QString::number(retryAttempt), QString::number(left.count()));
    } else {
        row.text = tr("%1\nRetrying (attempt %2)…").arg(retryWhy, QString::number(retryAttempt));
    }
    row.remedy = retryDue ? TranscriptRow::Remedy::TryNow : TranscriptRow::Remedy::None;
    if (row != before)
        changed(passingRow);
    updateTick();
}

void TranscriptModel::Private::waitForReply()
{
    waitingSince = clock.now();
    updateTick();
}

void TranscriptModel::Private::stopWaiting()
{
    waitingSince.reset();
    if (isWaitingShown)
        removePassingRow();
    updateTick();
}

void TranscriptModel::Private::showWaiting()
{
    if (!waitingSince || (passingRow >= 0 && !isWaitingShown))
        return;
    const auto since = *waitingSince;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(clock.now() - since);
    if (seconds < 1s)
        return;
    const QString text = tr("Waiting for a reply… %1 s").arg(seconds.count());
    if (!isWaitingShown) {
        addPassing(makeRow(Kind::Notice, {}, text));
        isWaitingShown = true;
        waitingSince = since;
        updateTick();
    } else if (TranscriptRow &row = entries.at(size_t(passingRow)).row; row.text != text) {
        row.text = text;
        changed(passingRow);
    }
}

// ---- streamed text

void TranscriptModel::Private::grow(Kind kind, const QString &delta)
{
    if (growing >= 0 && entries.at(size_t(growing)).row.kind == kind) {
        pending += delta;
        if (!showTimer->isActive())
            showPending();
        return;
    }
    closeStream();
    blank += delta;
    if (QStringView(delta).trimmed().isEmpty())
        return; // models begin and end their answers with empty lines
    TranscriptRow row;
    row.kind = kind;
    row.text = std::exchange(blank, {});
    row.streaming = true;
    growing = appendBody(std::move(row));
    showTimer->start();
}

void TranscriptModel::Private::showPending()
{
    if (growing < 0 || pending.isEmpty())
        return;
    entries.at(size_t(growing)).row.text += std::exchange(pending, {});
    changed(growing);
    showTimer->start();
}

void TranscriptModel::Private::closeStream()
{
    if (growing < 0)
        return;
    TranscriptRow &row = entries.at(size_t(growing)).row;
    row.text += std::exchange(pending, {});
    row.streaming = false;
    blank.clear();
    showTimer->stop();
    changed(std::exchange(growing, -1));
}

// ---- calls and tasks

void TranscriptModel::Private::describe(int position, const QString &tool, const QByteArray &input)
{
    Entry &entry = entries.at(size_t(position));
    const CallDescription call = describeCall(tools, tool, input);
    entry.row.tool = tool;
    entry.row.subject = call.subject;
    entry.row.input = call.input;
    entry.row.diff = call.diff;
    entry.argumentDiff = call.diff;
    entry.namedTasks = call.taskIds;
    for (const QString &id : call.taskIds)
        taskRows.insert(id, position);
    renew(position);
}

void TranscriptModel::Private::setCallState(int position, CallState state)
{
    entries.at(size_t(position)).row.callState = state;
    renew(position);
}

static CallState stateAfter(Conversation::CallEnd end)
{
    switch (end) {
    case Conversation::CallEnd::Answered:
        break;
    case Conversation::CallEnd::Failed:
        return CallState::Failed;
    case Conversation::CallEnd::Refused:
        return CallState::Refused;
    case Conversation::CallEnd::Denied:
        return CallState::Denied;
    case Conversation::CallEnd::Stopped:
        return CallState::Stopped;
    case Conversation::CallEnd::Interrupted:
        return CallState::Interrupted;
    case Conversation::CallEnd::NotBegun:
        return CallState::NotBegun;
    }
    return CallState::Done;
}

void TranscriptModel::Private::setResult(int position, const Conversation::ToolResultBlock &result)
{
    Entry &entry = entries.at(size_t(position));
    entry.outcome = result.text;
    entry.answer = result.summary;
    entry.continued = result.continues;
    entry.row.images = result.images;
    entry.row.diff = isWithoutChange(result.diff) ? QString()
                     : result.diff.isEmpty()      ? entry.argumentDiff
                                                  : result.diff;
    entry.row.callState = stateAfter(Conversation::endOf(result));
    if (!result.taskId.isEmpty())
        tie(position, result.taskId);
    renew(position);
}

void TranscriptModel::Private::removeUnmadeCalls()
{
    for (int i = bodyEnd() - 1; i >= answerFrom; --i) {
        const TranscriptRow &row = entries.at(size_t(i)).row;
        if (row.kind == Kind::ToolCall && row.callState == CallState::Writing)
            remove(i);
    }
}

void TranscriptModel::Private::refresh(int position)
{
    Entry &entry = entries.at(size_t(position));
    const TranscriptRow before = entry.row;
    derive(entry);
    if (entry.row != before)
        changed(position);
}

void TranscriptModel::Private::renew(int position)
{
    derive(entries.at(size_t(position)));
    changed(position);
}

void TranscriptModel::Private::derive(Entry &entry) const
{
    if (entry.row.kind == Kind::ToolCall)
        refreshTool(entry);
    else if (entry.row.kind == Kind::Delivered)
        entry.row.text = deliveredText(entry.row.taskIds);
}

void TranscriptModel::Private::refreshTool(Entry &entry) const
{
    TranscriptRow &row = entry.row;
    const auto task = tasks.constFind(row.taskId);
    const bool known = task != tasks.constEnd();
    // Of what ended with the person's word or the program, or goes on as a task, the model is told what to
    // make of it; the row says that itself, and shows what the task has printed.
    const bool isForModel = entry.continued || row.callState == CallState::Denied ||
                            row.callState == CallState::Stopped || row.callState == CallState::Interrupted ||
                            row.callState == CallState::NotBegun;
    row.output = isForModel ? QString() : entry.outcome;
    if (known && task->hasEnded() && entry.continued)
        row.output = task->digest;
    if (!entry.namedTasks.isEmpty()) {
        QStringList names;
        for (const QString &id : std::as_const(entry.namedTasks))
            names.append((shortTaskId(id) + u' ' + tasks.value(id).spec.command).trimmed());
        row.subject = visibleLine(names.join(u", "_s));
    }
    refreshLine(row, tools, entry.answer, known ? &*task : nullptr, known ? elapsed(*task) : 0ms);
    row.hasTask = known;
    if (entry.continued && !known && row.callState == CallState::Done)
        sayTaskIsElsewhere(row);
}

// ---- messages

void TranscriptModel::Private::addPersonsWords(const Conversation::Message &message)
{
    TranscriptRow row = makeRow(Kind::Person, message.id, {});
    for (const auto &block : message.content) {
        if (const auto *image = std::get_if<Conversation::ImageBlock>(&block)) {
            row.images.append(*image);
        } else if (const auto *text = std::get_if<Conversation::TextBlock>(&block)) {
            row.text = text->text;
            appendBody(std::exchange(row, makeRow(Kind::Person, message.id, {})));
        }
    }
    if (!row.images.isEmpty())
        appendBody(std::move(row));
}

void TranscriptModel::Private::applyResults(const Conversation::Message &message, Results which)
{
    for (const auto &block : message.content) {
        const auto *result = std::get_if<Conversation::ToolResultBlock>(&block);
        const int position = result ? callRow(result->callId) : -1;
        if (position < 0)
            continue;
        const CallState state = entries.at(size_t(position)).row.callState;
        const bool isOpen =
            state == CallState::Writing || state == CallState::Asking || state == CallState::Running;
        if (isOpen || which == Results::All)
            setResult(position, *result);
    }
}

void TranscriptModel::Private::loadAnswer(const Conversation::Message &message)
{
    settleAnswer(message);
    for (const auto &block : message.content) {
        if (const auto *call = std::get_if<Conversation::ToolCallBlock>(&block))
            describe(callRow(call->id), call->name, call->input);
    }
    partialKept = message.completeness == Conversation::Completeness::Stopped;
    if (message.completeness == Conversation::Completeness::Broken)
        addBroken();
    else
        addEnding(message);
}

void TranscriptModel::Private::settleAnswer(const Conversation::Message &message)
{
    QVector<TranscriptRow> wanted;
    const auto addText = [&](Kind kind, const QString &text) {
        if (!wanted.isEmpty() && wanted.last().kind == kind)
            wanted.last().text += text; // a stream does not tell one block from the next of its kind
        else if (!QStringView(text).trimmed().isEmpty())
            wanted.append(makeRow(kind, message.id, text));
    };
    for (const auto &block : message.content) {
        if (const auto *text = std::get_if<Conversation::TextBlock>(&block))
            addText(Kind::Answer, text->text);
        else if (const auto *thinking = std::get_if<Conversation::ThinkingBlock>(&block))
            addText(Kind::Thinking, thinking->text);
        else if (const auto *call = std::get_if<Conversation::ToolCallBlock>(&block))
            wanted.append(makeCall(call->id, call->name));
    }
    int position = answerFrom;
    while (position < bodyEnd() && entries.at(size_t(position)).row.kind == Kind::Delivered)
        ++position;
    for (const TranscriptRow &row : std::as_const(wanted)) {
        int found = position;
        while (found < bodyEnd() && !isSameThing(entries.at(size_t(found)).row, row))
            ++found;
        if (found == bodyEnd()) {
            insertAnswerRow(position, row);
            found = position;
        } else if (row.kind != Kind::ToolCall) {
            TranscriptRow &shown = entries.at(size_t(found)).row;
            if (shown.text != row.text || shown.id != row.id) {
                shown.text = row.text;
                shown.id = row.id;
                changed(found);
            }
        }
        position = found + 1;
    }
    removeStreamed(position);
}

// What was seen of an answer and is not in it.
void TranscriptModel::Private::removeStreamed(int from)
{
    for (int i = bodyEnd() - 1; i >= from; --i) {
        const Kind kind = entries.at(size_t(i)).row.kind;
        if (kind == Kind::Answer || kind == Kind::Thinking)
            remove(i);
    }
}

void TranscriptModel::Private::insertAnswerRow(int position, TranscriptRow row)
{
    const bool isCall = row.kind == Kind::ToolCall;
    const QString id = row.id;
    insert(position, std::move(row));
    if (isCall) {
        callRows.insert(id, position);
        refresh(position);
    }
}

} // namespace Meanwhile::Models
