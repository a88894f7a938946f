// SPDX-License-Identifier: MIT
#include "permissions/permissions.h"

#include <QCoreApplication>

namespace Meanwhile::Permissions {

using namespace Qt::StringLiterals;

namespace {

using Kind = Action::Kind;
using Verdict = Decision::Verdict;

// The place a path leads to is the key, and leaving the folder is part of it: a path that was allowed says
// nothing about the day a link makes it lead elsewhere.
QString keyOf(const Action &action)
{
    return u"%1 %2 %3"_s.arg(int(action.kind))
        .arg(int(action.leavesProject))
        .arg(action.place.isEmpty() ? action.subject : action.place);
}

QString tr(const char *source)
{
    return QCoreApplication::translate("Meanwhile::Permissions", source);
}

QString refusalInPlanMode(Kind kind)
{
    switch (kind) {
    case Kind::Write:
        return u"Not done: plan mode allows reading only, and this would change a file. Describe the change "
               u"in "
               u"your plan instead; the person can leave plan mode when they want it made."_s;
    case Kind::Execute:
        return u"Not run: plan mode allows reading only. Use read_file, list_files and search_files, or put "
               u"the "
               u"command into your plan for the person to approve."_s;
    case Kind::Stop:
        return u"Not stopped: plan mode allows reading only. Use check_background to look at the task, and "
               u"tell "
               u"the person if you think it should be stopped."_s;
    case Kind::Inform:
    case Kind::Read:
        break;
    }
    return {};
}

QString question(const Action &action)
{
    switch (action.kind) {
    case Kind::Write:
        return action.leavesProject ? tr("Writes a file outside the project folder.") : tr("Changes a file.");
    case Kind::Execute:
        return action.leavesProject ? tr("Runs a command outside the project folder.")
                                    : tr("Runs a command.");
    case Kind::Read:
        return action.leavesProject ? tr("Reads outside the project folder.") : tr("Reads a file.");
    case Kind::Inform:
    case Kind::Stop:
        break;
    }
    return {};
}

bool runsUnasked(Mode mode, Kind kind)
{
    switch (kind) {
    case Kind::Inform:
    case Kind::Read:
    case Kind::Stop:
        return true;
    case Kind::Write:
        return mode == Mode::Edits || mode == Mode::Auto;
    case Kind::Execute:
        return mode == Mode::Auto;
    }
    return false;
}

} // namespace

void Policy::allowForSession(const Action &action)
{
    m_allowed.insert(keyOf(action));
    allowOnce(action);
}

void Policy::allowOnce(const Action &action)
{
    if (action.care == Action::Care::Secret)
        m_allowedSecrets.insert(action.place);
}

Decision Policy::decide(const Action &action) const
{
    if (action.kind == Kind::Inform)
        return {Verdict::Allow, {}};
    if (m_mode == Mode::Plan && action.kind != Kind::Read)
        return {Verdict::Refuse, refusalInPlanMode(action.kind)};
    if (m_allowed.contains(keyOf(action)))
        return {Verdict::Allow, {}};
    const bool isSecret = action.care == Action::Care::Secret && !m_allowedSecrets.contains(action.place);
    const bool isObeyed = action.care == Action::Care::RunsLater && m_mode != Mode::Auto;
    if (!action.leavesProject && !isSecret && !isObeyed && runsUnasked(m_mode, action.kind))
        return {Verdict::Allow, {}};
    return {Verdict::Ask, (question(action) + u' ' + action.why).trimmed()};
}

} // namespace Meanwhile::Permissions
