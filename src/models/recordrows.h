// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/message.h"
#include "models/messagerows.h"
#include "models/waitingrow.h"

namespace Meanwhile::Models {

/// The rows that nobody has written: what the history records, why an answer or a turn ended, what failed.
class RecordRows {
public:
    enum class Source { Live, Stored };

    RecordRows(RowList &rows, WaitingRow &waiting, const MessageRows &messages);

    /// The rows of a record. A live failure has an event of its own, so that it has no row here.
    void addRecord(const Conversation::Message &record, Source source);
    void addFailure(ErrorKind kind, const QString &words);
    /// Behind the rows of an answer: why it ended, where that was not the model's own word.
    void closeAnswer(const Conversation::Message &message, Source source);

    void beginTurn();
    /// That the person stopped the turn; one row a turn.
    void sayStopped();
    /// Takes the buttons Retry and Continue from the rows of the last answer: something has followed them,
    /// so that they would repeat or continue something else.
    void dropRemedies();

    /// What the row of a restore says.
    QString restoredText(const Conversation::RestoreBlock &restore) const;

private:
    void addStopped();
    void addEnding(const Conversation::Message &message);

    RowList &m_rows;
    WaitingRow &m_waiting;
    const MessageRows &m_messages;
    bool m_isPartialKept = false; ///< of the answer that the stop cut short
    bool m_isStopShown = false;   ///< of this turn
};

} // namespace Meanwhile::Models
