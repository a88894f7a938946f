// SPDX-License-Identifier: MIT
#pragma once

#include "agent/agentmachine.h"
#include "llm/llmclient.h"

namespace Meanwhile::Testing {

/// A bug planted around the machine, to see that the simulation finds it. None changes nothing.
class Mutant {
public:
    enum class Kind {
        None,
        LosesAResult,           ///< a task's end never comes in
        ForgetsWhatWasTold,     ///< an answer's tasks are forgotten, so that they are told again
        AnswersACallTwice,      ///< a result stands twice in a request
        LosesWordsAtStop,       ///< Stop takes what the person typed meanwhile
        SendsBesideAnother,     ///< a message typed while a request is open is sent at once
        TrustsAFailure,         ///< a request that failed counts as accepted
        LosesTheWake,           ///< the timer is not set
        WakesWhileTyping,       ///< the timer is not cleared when the person types
        RetriesTheFinal,        ///< what no try can help counts as a connection that broke
        RetriesAfterStop,       ///< the retry's timer is not cleared by Stop
        RepeatsTheNews,         ///< a request that is sent again carries its results a second time
        TakesErrorsForSuccess,  ///< a call that failed counts as progress
        HidesTheBudget,         ///< nobody is told that the wakes of the hour are used up
        LosesOtherNews,         ///< what comes of a task before its end
        TakesNewsForTheEnd,     ///< as if there were one piece of news a task
        ForgetsKindsInACrash,   ///< what an answer told, read back as the ends of these tasks
        HidesADelivery,         ///< the table is not told of a change
        CompactsTheUnanswered,  ///< a summary takes the place of what no model has answered yet
        AnswersInOrderOfEnding, ///< results stand as their calls ended
        TellsBeforeItKeeps,     ///< a message is kept after it was told
        SendsBeforeItKeeps,     ///< a request does not wait for a slow disk
        KeepsAnEndTwice,        ///< the end of a call
        ForgetsAnEndedCall,     ///< its end is not kept, and it is in no message
    };

    Mutant(Kind kind, int every)
        : m_kind(kind)
        , m_every(every)
    {
    }

    /// What the machine gets instead of this event.
    QVector<Agent::MachineEvent> events(const Agent::MachineEvent &event, const Agent::AgentMachine &machine);
    void change(
        Agent::MachineEffects &effects, const Agent::MachineEvent &event, const Agent::AgentMachine &machine);
    void change(Llm::LlmRequest &request);
    void change(Store::StoredSession &session);
    /// What the person sees of it.
    Agent::PendingWork pendingWork(const Agent::AgentMachine &machine);
    /// Where the place of the bug is in whoever asks.
    bool strikesAs(Kind kind) { return m_kind == kind && strikes(); }

private:
    bool strikes() { return ++m_chances % m_every == 0; }

    Kind m_kind;
    int m_every; ///< of the chances to go wrong, this one is taken
    int m_chances = 0;
    QStringList m_queued;
    QStringList m_ended; ///< calls
    bool m_isRepeat = false;
};

} // namespace Meanwhile::Testing
