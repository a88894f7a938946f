// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/task.h"
#include "tools/tool.h"

#include <QPromise>

#include <functional>
#include <memory>

namespace Meanwhile::Testing {

/// A tool named "fake" with one required parameter, whose answers come when the test says so.
class FakeTool final : public Tools::Tool {
public:
    explicit FakeTool(Tools::Intent intent)
        : m_intent(std::move(intent))
    {
    }

    const Tools::ToolSpec &spec() const override { return m_spec; }
    QFuture<Tools::Intent> intent(const Tools::ToolCall &) override
    {
        if (!intentPromise)
            return QtFuture::makeReadyFuture(m_intent);
        intentPromise->start();
        return intentPromise->future();
    }
    QFuture<Tools::ToolOutcome> run(const Tools::ToolCall &call) override
    {
        runs.append(call);
        if (!outcomePromise)
            return QtFuture::makeReadyFuture(
                Tools::ToolOutcome{QStringLiteral("done"), false, {}, {}, {}, {}, {}});
        outcomePromise->start();
        return outcomePromise->future();
    }
    void interrupt(const QString &callId, Tools::Interrupt reason) override
    {
        interrupts.append({callId, reason});
    }
    void taskEnded(const Tasks::Task &task) override
    {
        if (onTaskEnded)
            onTaskEnded(task);
    }

    template <typename T>
    static void settle(std::unique_ptr<QPromise<T>> &promise, const T &value)
    {
        promise->addResult(value);
        promise->finish();
    }

    /// Set: the answer comes with settle(), or never when it is reset.
    std::unique_ptr<QPromise<Tools::Intent>> intentPromise;
    std::unique_ptr<QPromise<Tools::ToolOutcome>> outcomePromise;
    std::function<void(const Tasks::Task &)> onTaskEnded;
    QVector<Tools::ToolCall> runs;
    QVector<std::pair<QString, Tools::Interrupt>> interrupts;

private:
    Tools::Intent m_intent;
    Tools::ToolSpec m_spec{QStringLiteral("fake"), QStringLiteral("for tests"),
        R"({"type":"object","properties":{"word":{"type":"string"}},"required":["word"]})"};
};

} // namespace Meanwhile::Testing
