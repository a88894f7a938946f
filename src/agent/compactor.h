// SPDX-License-Identifier: MIT
#pragma once

#include "agent/compaction.h"
#include "base/result.h"
#include "llm/price.h"

#include <QObject>
#include <QPointer>

namespace Meanwhile::Agent {

/// Has a conversation summarised by the model, for a CompactionBlock.
///
/// States: idle -> asking, at most three times, each time showing less -> ended() once, after which it is
/// idle. cancel() ends it without ended(). Thread: GUI thread.  Not owned: the client. Errors: TooLarge or
/// Protocol when no try gave a summary; what else fails a request ends it at once.
class Compactor : public QObject {
    Q_OBJECT

public:
    struct Job {
        Conversation::History history;
        QString keepFrom; ///< see CompactionBlock
        QString roster;
        QString model;
        qint64 windowTokens = 0; ///< 0: unknown
        Llm::Price price = {};
    };

    using QObject::QObject;

    void start(Llm::LlmClient &client, Job job);
    void cancel();

signals:
    void ended(const Meanwhile::Result<Meanwhile::Conversation::CompactionBlock> &outcome);

private:
    void ask();
    void take(const Llm::LlmEvent &event);
    void askAgainOr(const Error &error);
    void end(const Result<Conversation::CompactionBlock> &outcome);

    Llm::LlmClient *m_client = nullptr;
    Job m_job;
    int m_attempt = 0;
    Conversation::Usage m_usage;
    QPointer<Llm::LlmStream> m_stream;
};

} // namespace Meanwhile::Agent
