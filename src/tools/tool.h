// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "conversation/contentblock.h"
#include "tools/toolspec.h"

#include <QFuture>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace Meanwhile::Tasks {
struct Task;
}

namespace Meanwhile::Tools {

/// What a call would do, so that permission can be decided and a person asked.
struct Intent {
    Effect effect = Effect::Inform;
    /// Execute: the exact command. Read and Write: the path as the model gave it; where it leads outside the
    /// project, the place it leads to.
    QString subject;
    /// Read and Write: the path leads outside the project folder, through links too.
    bool leavesProject = false;
    /// Write: what would change, as a unified diff, for the person who is asked.
    QString preview;
    QString unshown = {}; ///< Write: why that is not the whole change; empty where it is
    /// Read and Write: where the path leads, absolute, links followed.
    QString place = {};
    /// What is special about it.
    enum class Care {
        None,
        Secret,   ///< keys or passwords are in it, and the call would show them to the model
        RunsLater ///< something runs or obeys it later, without asking
    };
    Care care = Care::None;
    QString why = {};     ///< why the person is asked, for the person; may be empty
    QString purpose = {}; ///< Execute: what the model says that it is for; may be empty
    QString outside = {}; ///< Execute: why it has to run outside the box, in the model's words; empty: in it
    /// Why the call cannot be made at all, for the model; nobody is asked then.
    QString impossible = {};
    /// Read: one file, what files there are, or lines of many.
    enum class Reading { File, Names, Lines };
    Reading reading = Reading::File;

    bool operator==(const Intent &) const = default;
};

struct ToolCall {
    QString id;
    QString name;
    QJsonObject arguments; ///< checked against the tool's parameters
    /// The person allowed this very call to leave the project folder.
    bool mayLeaveProject = false;
    /// The same for the box that holds commands.
    bool mayLeaveBox = false;
    /// What the person agreed to where they were asked: the call may touch this place, or what is below it,
    /// and nothing else. Empty where nobody was asked.
    QString allowedPlace = {};
    /// Files with secrets in them (isSecretName) that the person agreed to in this session, as canonical
    /// absolute paths: a search looks into these, too.
    QStringList allowedSecrets = {};
};

/// A call's answer.
struct ToolOutcome {
    QString text; ///< for the model
    bool isError = false;
    QVector<Conversation::ImageBlock> images;
    /// What this answer tells of tasks, and what is then not told again.
    QVector<NewsId> toldNews;
    /// The task this call started, ran as or is about; ties a row to it.
    QString taskId;
    /// For people: a unified diff of what was written, a short "37 lines"; may be empty.
    QString diff;
    QString summary;
    /// For people: it was refused, as nobody could be asked, and what to do; else empty.
    QString unasked = {};
    Conversation::CallEnd end = Conversation::CallEnd::Answered; ///< see Conversation::endOf()
    bool continues = false;                                      ///< the task keeps running after this answer

    bool operator==(const ToolOutcome &) const = default;

    static ToolOutcome error(QString text, Conversation::CallEnd end = Conversation::CallEnd::Failed)
    {
        ToolOutcome outcome;
        outcome.text = std::move(text);
        outcome.isError = true;
        outcome.end = end;
        return outcome;
    }
};

/// What is kept of a call's answer.
inline Conversation::ToolResultBlock resultOf(const QString &callId, const ToolOutcome &outcome)
{
    return {callId, outcome.text, outcome.isError, outcome.images, outcome.toldNews, outcome.end,
        outcome.taskId, outcome.continues, outcome.summary, outcome.diff};
}

/// Why a call that waits should stop waiting.
enum class Interrupt {
    PersonStopped, ///< the answer is dropped, and a command that only this call waits for ends
    PersonWrote,   ///< a message of the person's is waiting
    ToBackground,  ///< "Continue in background"
};

/// Port: one thing the model can do.
///
/// Thread: called on the GUI thread, where the future also finishes; file work runs on QtConcurrent.
/// Errors: an outcome with isError whose text says what was expected and what was found; never an exception.
class Tool {
public:
    virtual ~Tool() = default;

    virtual const ToolSpec &spec() const = 0;
    /// What the call would do. May read files (on QtConcurrent), changes nothing.
    virtual QFuture<Intent> intent(const ToolCall &call) = 0;
    virtual QFuture<ToolOutcome> run(const ToolCall &call) = 0;
    /// Ends the waiting of a running call; no effect on tools that do not wait.
    virtual void interrupt(const QString &callId, Interrupt reason)
    {
        Q_UNUSED(callId)
        Q_UNUSED(reason)
    }
    /// A task of the session has ended, and the news of it is queued for the model; no effect on tools that
    /// do not wait for tasks. They hear of ends in this way only, never by the manager's signal.
    virtual void taskEnded(const Tasks::Task &task) { Q_UNUSED(task) }
};

} // namespace Meanwhile::Tools
