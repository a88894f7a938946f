// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/effect.h"
#include "permissions/mode.h"

#include <QSet>
#include <QString>
#include <QStringList>

namespace Meanwhile::Permissions {

using Conversation::Effect;

/// What is asked about, free of any tool.
struct Action {
    Effect effect = Effect::Inform;
    QString subject; ///< exact command or path
    bool leavesProject = false;
    /// What is special about the file.
    enum class Care {
        None,
        Secret,   ///< keys or passwords are in it, and the model would see them
        RunsLater ///< something runs or obeys it later, without asking
    };
    Care care = Care::None;
    QString why = {};       ///< more for the person who is asked, in their language
    QString place = {};     ///< of a path: where it leads; empty where the subject says it
    bool leavesBox = false; ///< Execute: it would run with all that the person may do
    bool operator==(const Action &) const = default;
};

struct Decision {
    enum class Verdict {
        Allow,
        Ask,
        Refuse,
        Later ///< once it is known whether there is a box: decide again after setBox()
    };
    Verdict verdict = Verdict::Ask;
    QString reason; ///< Ask: for the person. Refuse: for the model, says what it may do instead.
    bool operator==(const Decision &) const = default;
};

/// What may run without asking, and why. A value.
///
/// Box: reads, writes inside the project and commands in a full box run; writes to what something runs later
/// ask. Ask: reads run; commands and writes ask. Edits: as Box, but commands ask. Auto: everything inside the
/// project runs, commands outside the box too. Plan: reads only, everything else is refused. Without a full
/// box, Box is Ask, and without any, Auto asks about commands until one is allowed. Leaving the project
/// folder always asks, and so does reaching outside this computer; so do keys and passwords, until the person
/// agreed to that file once.
class Policy {
public:
    explicit Policy(Mode mode = Mode::Ask, Box box = Box::Off)
        : m_mode(mode)
        , m_box(box)
    {
    }

    Mode mode() const { return m_mode; }
    void setMode(Mode mode) { m_mode = mode; }
    void setBox(Box box) { m_box = box; }
    Box box() const { return m_box; }
    /// For the model that is refused something: tools that read, and the one that shows a task.
    void setReaders(const QStringList &files, const QString &tasks);
    /// The person chose "Allow for session": exactly this command, or writes to exactly the place that this
    /// path leads to, run from now on.
    void allowForSession(const Action &action);
    /// The person allowed this once. What the model has seen of a file it has seen: such a file is not asked
    /// about again.
    void allowOnce(const Action &action);
    /// The files with keys or passwords that were agreed to.
    QStringList allowedSecrets() const { return m_allowedSecrets.values(); }
    Decision decide(const Action &action) const;

private:
    QString refusalInPlanMode(Effect effect) const;
    bool runsUnasked(const Action &action) const;

    Mode m_mode;
    Box m_box;
    bool m_hasAllowedWithoutBox = false;
    QStringList m_readers;
    QString m_taskViewer;
    QSet<QString> m_allowed;
    QSet<QString> m_allowedSecrets; ///< places
};

} // namespace Meanwhile::Permissions
