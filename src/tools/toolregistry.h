// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "tools/tool.h"

#include <QObject>

#include <memory>
#include <vector>

namespace Meanwhile::Tools {

/// All tools of one session, by name, and the checking of their arguments.
///
/// Tools come, also while a session is open, and stay. One with a name that is there already is dropped.
/// Thread: GUI thread.
class ToolRegistry : public QObject {
    Q_OBJECT

public:
    void add(std::unique_ptr<Tool> tool);

    /// In the order they were added; that order is part of every request's bytes.
    QVector<const ToolSpec *> specs() const;
    ToolPresentations presentations() const;
    QStringList namesWith(Effect effect) const;
    /// The tool that shows a task; empty where there is none.
    QString nameOfTaskViewer() const;
    /// Null when there is no such tool.
    Tool *find(const QString &name) const;
    QStringList names() const;
    /// The name of the one tool that a model meant with this: other case, white space around it, a namespace
    /// before it ("functions.bash"), or a model's own marks after it. The same text where none or several
    /// fit.
    QString nameMeant(const QString &written) const;

    /// Turns a call as the model wrote it into a checked one. The error is for the model: it names the
    /// unknown tool, the missing parameter or the wrong type, and what was expected.
    Result<ToolCall> check(const QString &id, const QString &name, const QByteArray &input) const;

    /// Hands a task's end on to every tool, see Tool::taskEnded().
    void taskEnded(const Tasks::Task &task);

signals:
    /// A tool was added.
    void changed();

private:
    std::vector<std::unique_ptr<Tool>> m_tools;
};

} // namespace Meanwhile::Tools
