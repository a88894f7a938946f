// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/history.h"
#include "llm/requestrules.h"
#include "support/seededids.h"

#include <QJsonObject>

namespace Meanwhile::Testing {

/// A conversation as a seeded die makes it: mostly as the agent's loop would, sometimes as no loop should.
///
/// Interrupted and broken answers, crashes between a call and its result, parallel calls, ids and names of
/// every form, arguments that are no JSON, hostile text, images of every size, compaction and omissions, and
/// other models and providers on the way. Limits of images are small, so that short histories meet them.
class AnyHistory {
public:
    explicit AnyHistory(quint64 seed);

    /// Adds what one exchange adds. Afterwards, mostly, somebody waits for an answer.
    void grow();

    const Conversation::History &history() const { return m_history; }
    const Llm::RequestRules &rules() const { return m_rules; }
    const QString &model() const { return m_model; }
    /// What the model's own reasoning is signed with.
    QString signature() const { return m_rules.provider + u'/' + m_model; }

    /// Since the last call: something happened that a request may change its beginning for.
    bool takeBreak() { return std::exchange(m_isBroken, false); }
    int imageCount() const { return m_images; }
    int below(int limit) { return int(m_random.next64() % quint64(limit)); }
    bool chance(int percent) { return below(100) < percent; }

private:
    void switchModel();
    void addAnswer();
    void addUser();
    void addRecord();
    void append(Conversation::Message message);
    Conversation::ToolCallBlock someCall();
    Conversation::ToolResultBlock someResult(const QString &callId);
    Conversation::ContentBlock someThinking();
    Conversation::ContentBlock someOpaque();
    Conversation::ImageBlock someImage();
    QString someText();
    QJsonObject someJson(int depth);
    QString someId();

    SeededIds m_random;
    Conversation::History m_history;
    Llm::RequestRules m_rules;
    QString m_model;
    bool m_isBroken = false;
    int m_images = 0;
    int m_imagePercent = 0;
    int m_calls = 0;
};

} // namespace Meanwhile::Testing
