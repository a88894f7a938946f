// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/message.h"
#include "models/callrows.h"
#include "models/rowlist.h"

namespace Meanwhile::Models {

/// The rows of what the person and the model have written.
///
/// An answer's rows are the end of the body, from answerFrom(): made while it streams, and settled when its
/// message is known.
class MessageRows {
public:
    enum class Results { OnlyMissing, All };

    MessageRows(RowList &rows, CallRows &calls);

    void addPersonsWords(const Conversation::Message &message);
    /// The results that a message carries, to the rows of their calls; OnlyMissing: to those without one.
    void applyResults(const Conversation::Message &message, Results which);

    int answerFrom() const { return m_answerFrom; }
    /// What is added to the body from now on belongs to a new answer.
    void beginAnswer();
    /// An incomplete one may be received once more; calls in it that were not made go.
    void endAnswer(bool isComplete);
    /// What was streamed of an incomplete answer goes, as it is received once more.
    void dropIncompleteAnswer();
    /// What was streamed of an incomplete answer stays: what follows is another one.
    void keepIncompleteAnswer() { m_isIncomplete = false; }
    /// Makes the rows of the answer what the message says.
    void settleAnswer(const Conversation::Message &message);
    /// An answer that was not seen streaming, with what its calls' arguments say.
    void loadAnswer(const Conversation::Message &message);

private:
    void removeStreamed(int from);

    RowList &m_rows;
    CallRows &m_calls;
    int m_answerFrom = 0;
    bool m_isIncomplete = false; ///< the answer ended early, and its message has not come
};

} // namespace Meanwhile::Models
