// SPDX-License-Identifier: MIT
#pragma once

#include "llm/answerreader.h"

namespace Meanwhile::Testing {

enum class Protocol { Anthropic, OpenAi };

/// What came of one answer.
struct Played {
    QString text;     ///< the deltas, joined
    QString thinking; ///< likewise
    QStringList announcedCalls;
    std::optional<Conversation::Message> message; ///< of Completed
    std::optional<Error> error;                   ///< of Failed
    int ends = 0;                                 ///< how many Completed and AnswerFailed there were

    bool operator==(const Played &) const = default;
};

struct Reply {
    int status = 200;
    QByteArray contentType = "text/event-stream";
    QByteArrayList pieces;
    std::optional<Error> cause = {};
};

/// Plays a reply through the reader and the protocol's parser, without a network.
Played play(Protocol protocol, const Reply &reply);
inline Played play(Protocol protocol, const QByteArray &body)
{
    return play(protocol, Reply{.pieces = {body}});
}

/// The same stream as other servers and gateways would send it, with a name for each: CR LF, CR, a BOM,
/// comments and pings between, the last blank line missing.
QList<QPair<QByteArray, QByteArray>> disguises(const QByteArray &body);

/// Where the stream may first be taken for whole: the size of the shortest beginning that holds its end
/// event, or for OpenAI a finish_reason of the first choice. -1: nowhere.
qsizetype firstEnd(Protocol protocol, const QByteArray &body);

} // namespace Meanwhile::Testing
