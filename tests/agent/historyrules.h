// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/message.h"

#include <QSet>
#include <QStringList>

namespace Meanwhile::Testing {

/// What every history and every request must hold to, message by message: each call answered once, in order
/// and in the very next message; the person's words and tasks' ends once each; ids unique; nothing empty.
///
/// Tests' tools write "told:KEY" into an answer that shows the news of that key (keyOf()); that is the truth
/// here, and ToolResultBlock::toldNews is what the program claims.
class HistoryRules {
public:
    enum class Subject { History, Request };

    /// `leftOut`: tasks whose end messages tell that are not among these.
    explicit HistoryRules(Subject subject, QSet<QString> leftOut = {})
        : m_subject(subject)
        , m_leftOut(std::move(leftOut))
    {
    }

    /// What is wrong with this message after those before; empty when nothing is.
    QString add(const Conversation::Message &message);

    const QSet<QString> &told() const { return m_told; }
    const QSet<QString> &said() const { return m_said; }
    const QStringList &openCalls() const { return m_open; }

private:
    QString addAnswer(const Conversation::Message &message);
    QString addResult(const Conversation::ToolResultBlock &result);
    QString addUserBlock(const Conversation::ContentBlock &block);

    Subject m_subject;
    QSet<QString> m_leftOut;
    QStringList m_open;
    QSet<QString> m_ids;
    QSet<QString> m_callIds;
    QSet<QString> m_told;
    QSet<QString> m_said;
    QSet<QString> m_toldHere; // by any of the message's results: calls that read end in any order
    bool m_newsSeen = false;
};

} // namespace Meanwhile::Testing
