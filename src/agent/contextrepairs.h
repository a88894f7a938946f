// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

namespace Meanwhile::Agent {

/// What was done, and what is to be done, so that the conversation fits the model's window.
struct ContextRepairs {
    enum class Then { OpenRequest, SendAgain, ContinueOrEnd, ContinueOrFail };

    qint64 compaction = 0;           ///< the number of the last one
    Then then = Then::ContinueOrEnd; ///< what follows its end
    bool isCompactionWanted = false; ///< by the person
    qsizetype noCompactionUntil = 0; ///< so many messages, after one that failed
    bool hasCompacted = false;       ///< since a request was accepted
    bool hasOmitted = false;         ///< what a provider named, likewise

    void requestAccepted() { hasCompacted = hasOmitted = false; }
};

} // namespace Meanwhile::Agent
