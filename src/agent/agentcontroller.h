// SPDX-License-Identifier: MIT
#pragma once

#include "agent/callrunner.h"
#include "agent/checkpointlabel.h"
#include "agent/earlierrun.h"
#include "agent/taskdelivery.h"
#include "conversation/history.h"
#include "llm/price.h"
#include "llm/thinking.h"
#include "permissions/mode.h"
#include "store/storedsession.h"
#include "tasks/newsqueue.h"

#include <QObject>

#include <memory>

namespace Meanwhile {
class Clock;
class IdSource;
} // namespace Meanwhile
namespace Meanwhile::Checkpoints {
class SessionCheckpoints;
}
namespace Meanwhile::Llm {
class LlmClient;
}
namespace Meanwhile::Tasks {
class TaskManager;
}
namespace Meanwhile::Tools {
class ToolRegistry;
}
namespace Meanwhile::Store {
class SessionJournal;
}

namespace Meanwhile::Agent {

/// What the model can take, as far as it is known.
struct ModelLimits {
    qint64 windowTokens = 0; ///< context window; 0: unknown
    bool takesImages = true;

    bool operator==(const ModelLimits &) const = default;
};

/// One conversation: carries what the person says to the model, runs what the model calls, and brings every
/// task's end to the model before its next request.
///
/// Thread: GUI thread; never blocks it.  Not owned, must outlive it: everything in Parts.
/// States: Idle -> Working (request, answer, tools, again) -> Idle. A fault ends the turn, never the
/// conversation.
class AgentController : public QObject {
    Q_OBJECT

public:
    struct Parts {
        Llm::LlmClient *client = nullptr;
        Tools::ToolRegistry *tools = nullptr;
        Tasks::TaskManager *tasks = nullptr;
        Store::SessionJournal *sink = nullptr; ///< may be null: nothing is stored
        const Clock *clock = nullptr;
        IdSource *ids = nullptr;
        Checkpoints::SessionCheckpoints *checkpoints = nullptr; ///< may be null: files cannot be brought back
    };
    struct Options {
        QString model;
        ModelLimits limits = {};
        Llm::Price price = {};
        Llm::Thinking thinking = {};
        QString system;
        Permissions::Mode mode = Permissions::Mode::Ask;
        int maxRequests = 0; ///< 0: no limit
        bool canAsk = true;  ///< false without a window: what would ask is refused and says so
        bool wakeWhenIdle = true;
        int maxTries = 10; ///< of one request, the first included; 1: a failure is final at once
    };

    /// `earlier`: the conversation as it was stored, to go on with. What had ended by then, and what ends
    /// before the person says something, waits for the person. The tasks must be adopted with untoldEnds():
    /// what the person says goes out once these are looked up, with them.
    AgentController(Parts parts, const Options &options, const Store::StoredSession &earlier = {},
        QObject *parent = nullptr);
    ~AgentController() override;

    /// Starts a turn, or queues the message while one is under way. Attachments are paths, named in the text.
    void submit(const QString &text, const QVector<Conversation::ImageBlock> &images = {});
    /// Begins a turn with what pendingWork() says.
    void resumeTurn();
    void withdrawQueued(const QString &id);
    /// What the person said and no request carries yet, oldest first.
    QVector<MessageQueued> queued() const;
    /// Tries again what failed, with the same message; at once where that is being waited for.
    void retry();
    /// Ends the stream, the waiting and the command that is waited for, at once; background tasks go on.
    void stop();
    /// Before the program ends: as stop(), except that a call under way is left for the next run to tell of.
    void stopAnswer();
    void answerApproval(const QString &callId, ApprovalAnswer answer);
    /// "Continue in background" for the foreground command that runs as this task.
    void continueInBackground(const QString &taskId);
    /// While the person types, results wait.
    void setPersonTyping(bool typing);
    /// For calls that are made from now on; what is asked waits for its answer, or for decideQuestions().
    void setMode(Permissions::Mode mode);
    void decideQuestions();
    /// From the next request on, as the limits: what is streaming now ends, and is paid for, as asked. Where
    /// the one before was not ready, what waits for that goes out by this one.
    void setClient(Llm::LlmClient *client, const QString &model, const Llm::Price &price = {},
        Llm::Thinking thinking = {});
    void setLimits(const ModelLimits &limits);
    /// Has the model summarise what came before, at once or, while the agent works, before its next request.
    /// Nothing happens where there is nothing to summarise.
    void compact();

    /// The model hears of it with the next message; the record of it says how it is undone.
    void noteRestore(const Conversation::RestoreBlock &restore);

    bool isWorking() const;
    /// The last turn of this run, where none is under way.
    bool hasFailed() const;
    /// Idle, nothing queued that would wake the agent, and no wake-up under way.
    bool isAtRest() const;
    /// What an earlier run of the program left, and what has ended since; waits until the person goes on.
    PendingWork pendingWork() const;
    /// The tasks of an earlier run whose stored end no message tells.
    QSet<QString> untoldEnds() const;
    const Conversation::History &history() const;
    /// Of the calls that an earlier run left open: what the model will be told of each. Ask before anything
    /// is said.
    QVector<Conversation::ToolResultBlock> earlierResults() const;
    const Tasks::NewsQueue &news() const;
    /// How far the news of each task has got; DeliveriesChanged tells what changes.
    QVector<TaskDelivery> deliveries() const;

signals:
    void happened(const Meanwhile::Agent::AgentEvent &event);
    /// After the queue of news and the tools that wait: views hear of ends here, not from the TaskManager.
    void taskEnded(const Meanwhile::Tasks::Task &task);
    void pendingWorkChanged();
    void personTypingChanged();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Meanwhile::Agent
