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

/// One conversation: sends the person's messages to the model, runs the calls it makes, and puts the end of
/// every task into the next request.
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
        Store::SessionJournal *journal = nullptr; ///< may be null: nothing is stored
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
        Permissions::Box box = Permissions::Box::Off;
        int maxRequests = 0; ///< 0: no limit
        bool canAsk = true;  ///< false without a window: what would ask is refused and says so
        bool wakeWhenIdle = true;
        int maxTries = 10; ///< of one request, the first included; 1: a failure is final at once
    };

    /// `earlier`: the stored conversation to continue. Results of tasks that had ended by then, or end before
    /// the person writes, wait for the person. The tasks must be adopted with untoldEnds(): the person's
    /// first message is sent once all of these ends are known, together with them.
    AgentController(Parts parts, const Options &options, const Store::StoredSession &earlier = {},
        QObject *parent = nullptr);
    ~AgentController() override;

    /// Starts a turn, or queues the message while one is under way. Attachments are paths, named in the text.
    void submit(const QString &text, const QVector<Conversation::ImageBlock> &images = {});
    /// Starts a turn with the work that pendingWork() describes.
    void resumeTurn();
    void withdrawQueued(const QString &id);
    /// Messages of the person that are in no request yet, oldest first.
    QVector<MessageQueued> queued() const;
    /// Sends the failed request again; without further delay where a retry is already scheduled.
    void retry();
    /// Ends the stream, a scheduled retry and the foreground command at once; background tasks keep running.
    void stop();
    /// Before the program quits: as stop(), but a running call is left open; the next run reports it.
    void stopAnswer();
    void answerApproval(const QString &callId, ApprovalAnswer answer);
    /// "Continue in background" for the foreground command that runs as this task.
    void continueInBackground(const QString &taskId);
    void setPersonTyping(bool typing); ///< meanwhile results wait
    /// For calls made from now on; open questions wait for an answer, or for decideQuestions().
    void setMode(Permissions::Mode mode);
    void decideQuestions();
    void setBox(Permissions::Box box); ///< while it is unknown, commands wait
    /// Used from the next request on, like the limits, also for one that the previous client held back.
    void setClient(Llm::LlmClient *client, const QString &model, const Llm::Price &price = {},
        Llm::Thinking thinking = {});
    void setLimits(const ModelLimits &limits);
    /// Has the model summarise what came before, at once or, while the agent works, before its next request.
    /// Nothing happens where there is nothing to summarise.
    void compact();

    /// The model is informed with the next message; the record names the checkpoint that undoes it.
    void noteRestore(const Conversation::RestoreBlock &restore);

    bool isWorking() const;
    /// The last turn of this run failed, and none is under way.
    bool hasFailed() const;
    /// Idle, nothing queued that would wake the agent, and no wake-up under way.
    bool isAtRest() const;
    /// Work left by an earlier run and results that came since; it waits until the person resumes the turn.
    PendingWork pendingWork() const;
    /// The tasks of an earlier run that are stored as ended, but whose end is in no message.
    QSet<QString> untoldEnds() const;
    const Conversation::History &history() const;
    /// The results that the model will get for the calls an earlier run left open. Valid until the first
    /// message of this run.
    QVector<Conversation::ToolResultBlock> earlierResults() const;
    const Tasks::NewsQueue &news() const;
    /// How far the news of each task has been delivered; DeliveriesChanged reports changes.
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
