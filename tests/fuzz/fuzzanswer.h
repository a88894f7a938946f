// SPDX-License-Identifier: MIT
#pragma once

#include "fuzz/fuzzpieces.h"
#include "llm/answerreader.h"

namespace Meanwhile::Fuzz {

inline QVector<Llm::LlmEvent> read(std::unique_ptr<Llm::AnswerParser> parser, const QByteArrayList &pieces)
{
    Llm::AnswerReader reader(std::move(parser), QStringLiteral("m"));
    reader.begin(200, {});
    QVector<Llm::LlmEvent> events;
    for (const QByteArray &piece : pieces)
        events += reader.feed(piece);
    events += reader.finish({});
    return events;
}

/// Reads an answer in pieces and as a whole: the same must come of both, with one end, at the end. Returns
/// the message of an answer that is complete.
template <typename Parser>
std::optional<Conversation::Message> readAnswer(const QByteArrayList &pieces)
{
    const QVector<Llm::LlmEvent> events = read(std::make_unique<Parser>(), pieces);
    require(events == read(std::make_unique<Parser>(), {pieces.join()}));
    int ends = 0;
    for (const Llm::LlmEvent &event : events)
        ends +=
            std::holds_alternative<Llm::Completed>(event) || std::holds_alternative<Llm::AnswerFailed>(event);
    require(ends == 1);
    if (const auto *completed = std::get_if<Llm::Completed>(&events.last()))
        return completed->message;
    require(std::holds_alternative<Llm::AnswerFailed>(events.last()));
    return {};
}

} // namespace Meanwhile::Fuzz
