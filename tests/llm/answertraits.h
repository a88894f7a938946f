// SPDX-License-Identifier: MIT
#pragma once

#include "streamplay.h"

namespace Meanwhile::Testing {

/// A short stream that shows one trait of the services that speak the two protocols, and what it means.
struct AnswerTrait {
    QByteArray name;
    Protocol protocol = Protocol::OpenAi;
    QByteArray body;
    QString text = {};
    QString thinking = {};
    QVector<Conversation::ToolCallBlock> calls = {}; ///< without raw
    Conversation::StopReason reason = Conversation::StopReason::EndTurn;
    Conversation::Usage usage = {};
};

QVector<AnswerTrait> answerTraits();

} // namespace Meanwhile::Testing
