// SPDX-License-Identifier: MIT
#pragma once

#include "agent/agentcontroller.h"
#include "base/clock.h"
#include "base/ids.h"
#include "checkpoints/sessioncheckpoints.h"
#include "machinescript.h"
#include "manualclient.h"
#include "project/projectroot.h"
#include "store/sessionjournal.h"
#include "support/patience.h"
#include "tasks/taskmanager.h"
#include "tools/toolregistry.h"
#include "tools/toolset.h"

#include <QTemporaryDir>
#include <QTest>

namespace Meanwhile::Testing {

/// The outbox as the store would hold it after each call.
class OutboxJournal final : public Store::SessionJournal {
public:
    int unstoredMessages() const override { return unstored; }
    void whenBacklogAtMost(int, std::function<void()> then) override { caughtUp = std::move(then); }
    void messageAdded(const Conversation::Message &message) override
    {
        for (const Conversation::ContentBlock &block : message.content)
            remove(tasksOf(Conversation::newsToldBy(block)));
    }
    void taskChanged(const Tasks::Task &) override {}
    void newsKept(const Tasks::News &news) override { outbox.append(news.id.taskId); }
    void newsDropped(const QVector<NewsId> &ids) override { dropped += tasksOf(ids); }
    void requestAccepted(qint64, const QVector<NewsId> &ids) override { accepted += tasksOf(ids); }
    void callStarted(const QString &callId) override { calls += QStringLiteral("started ") + callId; }
    void callEnded(const Conversation::ToolResultBlock &result) override
    {
        calls += QStringLiteral("ended ") + result.callId;
    }

    QStringList outbox;
    QStringList dropped;
    QStringList accepted;
    QStringList calls;
    int unstored = 0;
    std::function<void()> caughtUp;

private:
    void remove(const QStringList &ids)
    {
        for (const QString &id : ids)
            outbox.removeAll(id);
    }
};

/// An AgentController with real tasks and tools in a folder of its own, and what it told.
class ControllerFixture {
public:
    explicit ControllerFixture(Llm::LlmClient *client, const Store::StoredSession &earlier = {},
        Checkpoints::SessionCheckpoints *checkpoints = nullptr)
        : manager({qEnvironmentVariable("MEANWHILE_BIN_DIR") + QStringLiteral("/meanwhile-run"),
                      tasksFolder.path(), QProcessEnvironment::systemEnvironment(), 64, 1024 * 1024,
                      checkpoints, {}, secret},
              clock, ids)
    {
        Tools::registerAllTools(
            tools, {std::make_shared<Project::ProjectRoot>(project.path()), &manager, {}});
        AgentController::Options options;
        options.model = QStringLiteral("scripted");
        options.system = QStringLiteral("system");
        options.mode = Permissions::Mode::Auto;
        agent = std::make_unique<AgentController>(
            AgentController::Parts{client, &tools, &manager, &journal, &clock, &ids, checkpoints}, options,
            earlier);
        QObject::connect(agent.get(), &AgentController::happened, agent.get(),
            [this](const Agent::AgentEvent &event) { events.append(event); });
    }
    ~ControllerFixture()
    {
        const QFuture<void> stopped = manager.stopAll(Tasks::StoppedBy::Quit);
        [[maybe_unused]] const bool isStopped =
            Testing::waitFor([&stopped] { return stopped.isFinished(); }, 10'000);
    }

    template <typename Event>
    qsizetype count() const
    {
        return std::count_if(events.begin(), events.end(),
            [](const Agent::AgentEvent &event) { return std::holds_alternative<Event>(event); });
    }
    /// A command that goes on until let() is called with the same name, or the folder is gone.
    QString commandUntil(const QString &name) const
    {
        return QStringLiteral("while [ -d '%1' ] && [ ! -e '%1/%2' ]; do sleep 0.01; done; echo %2")
            .arg(project.path(), name);
    }
    void let(const QString &name) const
    {
        QFile file(project.filePath(name));
        [[maybe_unused]] const bool isOpen = file.open(QIODevice::WriteOnly);
    }
    int running() const
    {
        const QVector<Tasks::Task> tasks = manager.tasks();
        return int(std::count_if(
            tasks.begin(), tasks.end(), [](const Tasks::Task &task) { return !task.hasEnded(); }));
    }
    /// Of what was said; records are not.
    QString lastMessage() const
    {
        const auto &messages = agent->history().messages();
        const auto last = std::find_if(messages.rbegin(), messages.rend(),
            [](const Conversation::Message &one) { return one.role != Conversation::Role::Record; });
        return last == messages.rend() ? QString() : describe(*last);
    }
    Agent::DeliveryBlock blockOf(const QString &taskId) const
    {
        for (const Agent::TaskDelivery &task : agent->deliveries()) {
            if (task.taskId == taskId)
                return task.block;
        }
        return Agent::DeliveryBlock::Nothing;
    }
    QStringList taskIds() const
    {
        QStringList found;
        for (const Tasks::Task &task : manager.tasks())
            found.append(task.id);
        return found;
    }

    using AgentController = Agent::AgentController;
    const Tasks::SealSecret secret = Tasks::SealSecret::random();
    QTemporaryDir tasksFolder;
    QTemporaryDir project;
    SystemClock clock;
    RandomIds ids;
    Tasks::TaskManager manager;
    Tools::ToolRegistry tools;
    OutboxJournal journal;
    std::unique_ptr<AgentController> agent;
    QVector<Agent::AgentEvent> events;
};

} // namespace Meanwhile::Testing
