// SPDX-License-Identifier: MIT
#pragma once

#include "permissions/mode.h"

#include <QSet>
#include <QString>

namespace Meanwhile::Permissions {

/// What is asked about, free of any tool.
struct Action {
    enum class Kind { Inform, Read, Write, Execute, Stop };
    Kind kind = Kind::Inform;
    QString subject; ///< exact command or path
    bool leavesProject = false;
    bool operator==(const Action &) const = default;
};

struct Decision {
    enum class Verdict { Allow, Ask, Refuse };
    Verdict verdict = Verdict::Ask;
    QString reason; ///< Ask: for the person. Refuse: for the model, says what it may do instead.
    bool operator==(const Decision &) const = default;
};

/// What may run without asking, and why. A value.
///
/// Ask: reads run; commands and writes ask. Edits: writes inside the project run too. Auto: everything inside
/// the project runs. Plan: reads only, everything else is refused. Leaving the project folder always asks.
class Policy {
public:
    explicit Policy(Mode mode = Mode::Ask)
        : m_mode(mode)
    {
    }

    Mode mode() const { return m_mode; }
    void setMode(Mode mode) { m_mode = mode; }
    /// The person chose "Allow for session": exactly this command, or writes to exactly this path, run from
    /// now on.
    void allowForSession(const Action &action);
    Decision decide(const Action &action) const;

private:
    Mode m_mode;
    QSet<QString> m_allowed;
};

} // namespace Meanwhile::Permissions
