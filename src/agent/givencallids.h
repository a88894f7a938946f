// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/message.h"

#include <QSet>

namespace Meanwhile::Agent {

/// The ids that calls get in the history, each once. Results are matched by the id, here and by every
/// provider; some servers send none, or start counting again with each answer.
class GivenCallIds {
public:
    /// Of a call that is in the history.
    void note(const QString &id) { m_used.insert(id); }
    /// The id of a call of the answer that comes.
    QString announce(const QString &given);
    /// Gives the calls of the finished answer their ids; an announced call keeps the id it was announced
    /// with.
    void giveTo(Conversation::Message &answer);
    /// The answer broke off: the ids of its calls may be used again.
    void forgetAnnounced();

private:
    QString unique(const QString &given);

    QSet<QString> m_used;
    QVector<std::pair<QString, QString>> m_announced; // the given id, and ours
};

} // namespace Meanwhile::Agent
