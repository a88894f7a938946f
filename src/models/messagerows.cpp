// SPDX-License-Identifier: MIT
#include "models/messagerows.h"

#include <utility>

namespace Meanwhile::Models {

using CallState = TranscriptRow::CallState;
using Kind = TranscriptRow::Kind;

static bool isSameThing(const TranscriptRow &shown, const TranscriptRow &wanted)
{
    return shown.kind == wanted.kind && (wanted.kind != Kind::ToolCall || shown.id == wanted.id);
}

MessageRows::MessageRows(RowList &rows, CallRows &calls)
    : m_rows(rows)
    , m_calls(calls)
{
}

void MessageRows::beginAnswer()
{
    m_answerFrom = m_rows.bodyEnd();
}

void MessageRows::endAnswer(bool isComplete)
{
    m_isIncomplete = !isComplete;
    if (!isComplete)
        m_calls.removeUnmade(m_answerFrom);
}

void MessageRows::dropIncompleteAnswer()
{
    if (std::exchange(m_isIncomplete, false))
        removeStreamed(m_answerFrom);
}

void MessageRows::addPersonsWords(const Conversation::Message &message)
{
    TranscriptRow row = makeRow(Kind::Person, message.id, {});
    for (const auto &block : message.content) {
        if (const auto *image = std::get_if<Conversation::ImageBlock>(&block)) {
            row.images.append(*image);
        } else if (const auto *text = std::get_if<Conversation::TextBlock>(&block)) {
            row.text = text->text;
            m_rows.append(std::exchange(row, makeRow(Kind::Person, message.id, {})));
        }
    }
    if (!row.images.isEmpty())
        m_rows.append(std::move(row));
}

void MessageRows::applyResults(const Conversation::Message &message, Results which)
{
    for (const auto &block : message.content) {
        const auto *result = std::get_if<Conversation::ToolResultBlock>(&block);
        const int position = result ? m_calls.position(result->callId) : -1;
        if (position < 0)
            continue;
        const CallState state = m_rows.at(position).callState;
        const bool isOpen =
            state == CallState::Writing || state == CallState::Asking || state == CallState::Running;
        if (isOpen || which == Results::All)
            m_calls.setResult(position, *result);
    }
}

void MessageRows::loadAnswer(const Conversation::Message &message)
{
    settleAnswer(message);
    for (const auto &block : message.content) {
        if (const auto *call = std::get_if<Conversation::ToolCallBlock>(&block))
            m_calls.describe(m_calls.position(call->id), call->name, call->input);
    }
}

void MessageRows::settleAnswer(const Conversation::Message &message)
{
    m_isIncomplete = false;
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
    int position = m_answerFrom;
    while (position < m_rows.bodyEnd() && m_rows.at(position).kind == Kind::Delivered)
        ++position;
    for (const TranscriptRow &row : std::as_const(wanted)) {
        int found = position;
        while (found < m_rows.bodyEnd() && !isSameThing(m_rows.at(found), row))
            ++found;
        if (found == m_rows.bodyEnd()) {
            if (row.kind == Kind::ToolCall)
                m_calls.insert(position, row);
            else
                m_rows.insert(position, row);
            found = position;
        } else if (row.kind != Kind::ToolCall) {
            TranscriptRow &shown = m_rows.at(found);
            if (shown.text != row.text || shown.id != row.id) {
                shown.text = row.text;
                shown.id = row.id;
                m_rows.changed(found);
            }
        }
        position = found + 1;
    }
    removeStreamed(position);
}

// Text that was streamed and is not in the message.
void MessageRows::removeStreamed(int from)
{
    for (int i = m_rows.bodyEnd() - 1; i >= from; --i) {
        const Kind kind = m_rows.at(i).kind;
        if (kind == Kind::Answer || kind == Kind::Thinking)
            m_rows.remove(i);
    }
}

} // namespace Meanwhile::Models
