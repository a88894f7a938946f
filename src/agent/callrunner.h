// SPDX-License-Identifier: MIT
#pragma once

#include "agent/agentevent.h"
#include "permissions/permissions.h"

#include <QHash>
#include <QObject>

namespace Meanwhile::Tools {
class ToolRegistry;
}

namespace Meanwhile::Agent {

enum class ApprovalAnswer { Deny, AllowOnce, AllowForSession };

/// Takes one tool call from the model's words to its answer: arguments, intent, permission, run.
///
/// States of a call: Checking -> (Undecided ->) (Asking ->) (Held ->) Running -> ended. ended() exactly once
/// for each run(), except after interrupt(PersonStopped), when a call that only asked is forgotten. Its text
/// has been through escapeHidden(), whichever tool wrote it and whatever it quotes. Thread: GUI thread; may
/// emit inside run(). Not owned: the registry, which must outlive it. Errors: a tool that drops its future
/// without an answer ends its call with an error.
class CallRunner : public QObject {
    Q_OBJECT

public:
    CallRunner(
        Tools::ToolRegistry &registry, Permissions::Policy policy, bool canAsk, QObject *parent = nullptr);

    void run(const Conversation::ToolCallBlock &call);
    void interrupt(const QString &callId, Tools::Interrupt reason);
    void answerApproval(const QString &callId, ApprovalAnswer answer);
    /// While held, calls that may change files wait once they are allowed.
    void holdChanges(bool isHeld);
    /// What holds commands from now on; while it is Box::Unknown they wait.
    void setBox(Permissions::Box box);
    /// Open questions stay open.
    void setMode(Permissions::Mode mode);
    /// Decides open questions by the current mode.
    void decideQuestions();
    /// The calls that are running now, not those that ask or that the person has stopped.
    QStringList running() const;

signals:
    void approvalAsked(const Meanwhile::Agent::ApprovalAsked &question);
    void approvalSettled(const QString &callId, bool allowed);
    /// A call is held, see holdChanges().
    void held();
    void started(const QString &callId);
    void ended(const QString &callId, const Meanwhile::Tools::ToolOutcome &outcome);

private:
    enum class Stage { Checking, Undecided, Asking, Held, Running };
    struct Entry {
        Tools::ToolCall call;
        Tools::Tool *tool = nullptr;
        Stage stage = Stage::Checking;
        bool stopped = false; ///< nobody waits for its answer
        Permissions::Action action;
        Tools::Intent intent;
    };

    void take(const QString &callId, const Tools::Intent &intent);
    void decide(const QString &callId);
    void start(const QString &callId);
    void finish(const QString &callId, const Tools::ToolOutcome &outcome);
    void answer(const QString &callId, Tools::ToolOutcome outcome);

    Tools::ToolRegistry &m_registry;
    Permissions::Policy m_policy;
    bool m_canAsk;
    bool m_holdsChanges = false;
    QHash<QString, Entry> m_entries;
};

} // namespace Meanwhile::Agent
