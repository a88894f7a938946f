// SPDX-License-Identifier: MIT
#pragma once

#include "images/imagefitter.h"
#include "project/cancelflag.h"
#include "project/gitmodule.h"
#include "project/poolrun.h"
#include "project/projectfiles.h"
#include "project/seenfiles.h"
#include "tasks/writelog.h"
#include "tools/tool.h"

#include <QHash>

#include <memory>

namespace Meanwhile::Tools {

/// What the file tools of one session share. Workers hold the first five, so they outlive every worker.
struct FileToolParts {
    std::shared_ptr<const Project::ProjectFiles> files;
    std::shared_ptr<Project::GitModule> git;
    std::shared_ptr<Project::SeenFiles> seen;
    std::shared_ptr<Images::ImageFitter> images;
    std::shared_ptr<Tasks::WriteLog> writes; ///< null: nobody is told
    std::shared_ptr<QThreadPool> pool;       ///< their own: a long search must not hold up a task's digest
};

/// The error as an answer for the model.
ToolOutcome outcomeOf(const Error &error);

/// The intent to read or write `path`: where it leads, and what is special about that place. `shows`: the
/// call shows the model what is in the file.
Intent fileIntent(const Project::ProjectFiles &files, Effect effect, const QString &path, bool shows);

/// What is common to the tools that work on files: all of it runs on the pool.
class FileTool : public Tool {
public:
    ~FileTool() override;

    const ToolSpec &spec() const final { return m_spec; }
    /// A long search ends soon after the person stopped it.
    void interrupt(const QString &callId, Interrupt reason) override;

protected:
    FileTool(ToolSpec spec, FileToolParts parts)
        : m_spec(std::move(spec))
        , m_parts(std::move(parts))
    {
    }

    static Project::Reach reachOf(const ToolCall &call)
    {
        return {call.mayLeaveProject ? Project::Reach::Border::None : Project::Reach::Border::Project,
            call.allowedPlace};
    }
    /// The intent to read `path`.
    QFuture<Intent> readIntent(const QString &path, Intent::Reading reading = Intent::Reading::File);

    /// Raised when the call is to end; the worker looks at it often.
    Project::CancelFlag cancelFlag(const QString &callId);

    /// Runs `work` on the pool; the future finishes on the GUI thread. `work` must not use this object.
    template <typename Work>
    auto onPool(Work work)
    {
        return Project::runOnPool(m_parts.pool.get(), &m_context, std::move(work));
    }

    const FileToolParts &parts() const { return m_parts; }

private:
    ToolSpec m_spec;
    FileToolParts m_parts;
    QHash<QString, std::weak_ptr<std::atomic_bool>> m_flags; ///< of running calls
    QObject m_context; ///< lives on the GUI thread; ends the deliveries with this tool
};

} // namespace Meanwhile::Tools
