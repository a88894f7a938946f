// SPDX-License-Identifier: MIT
#pragma once

#include "llm/llmevent.h"
#include "wire/sseparser.h"

#include <QJsonObject>
#include <QVector>

namespace Meanwhile::Llm {

/// Turns the events of one answer stream into LlmEvents: what every protocol has in common.
///
/// States: waiting -> started -> ended, by exactly one Completed or AnswerFailed; nothing after it. Pings,
/// empty events and kinds of a later version are passed over. Failed: an event named error or with a field of
/// that name (see errorInStream), and data that is no JSON; invalid UTF-8 in it is replaced first.
class AnswerParser {
public:
    virtual ~AnswerParser() = default;

    /// Appends what the event means to `out`.
    void take(const Wire::SseEvent &event, QVector<LlmEvent> &out);
    /// The connection ended as it should, between two events: Completed where the protocol allows an answer
    /// to end without an event of its own. Otherwise nothing, and the answer is incomplete.
    void finish(QVector<LlmEvent> &out);

    bool hasStarted() const { return m_started; }
    bool hasEnded() const { return m_ended; }

protected:
    virtual void read(const QJsonObject &object, QVector<LlmEvent> &out) = 0;
    /// "data: [DONE]" came.
    virtual void readDone(QVector<LlmEvent> &out);
    virtual void readEnd(QVector<LlmEvent> &out);

    void start(QVector<LlmEvent> &out);
    void complete(Conversation::Message message, QVector<LlmEvent> &out);
    void fail(Error error, QVector<LlmEvent> &out);
    void say(const QString &text, QVector<LlmEvent> &out);
    void think(const QString &text, QVector<LlmEvent> &out);

private:
    QString m_halfText; // the first half of a surrogate pair whose second half has not come yet
    QString m_halfThought;
    bool m_started = false;
    bool m_ended = false;
};

/// A count of tokens; nothing where the value is no number.
void updateCount(qint64 &count, const QJsonValue &value);

} // namespace Meanwhile::Llm
