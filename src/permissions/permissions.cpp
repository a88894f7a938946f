// SPDX-License-Identifier: MIT
#include "permissions/permissions.h"

#include <QCoreApplication>

namespace Meanwhile::Permissions {

using namespace Qt::StringLiterals;

namespace {

using Verdict = Decision::Verdict;

// The place a path leads to is the key, and leaving the folder is part of it: a path that was allowed says
// nothing about the day a link makes it lead elsewhere.
QString keyOf(const Action &action)
{
    return u"%1 %2 %3 %4"_s.arg(int(action.effect))
        .arg(int(action.leavesProject))
        .arg(int(action.leavesBox))
        .arg(action.place.isEmpty() ? action.subject : action.place);
}

/// "a, b and c"
QString listed(const QStringList &names)
{
    const QString last = u" and "_s + names.last();
    return names.size() < 2 ? names.join(QString()) : names.first(names.size() - 1).join(u", "_s) + last;
}

QString tr(const char *source)
{
    return QCoreApplication::translate("Meanwhile::Permissions", source);
}

QString question(const Action &action, Box box)
{
    switch (action.effect) {
    case Effect::Write:
        return action.leavesProject ? tr("Writes a file outside the project folder.") : tr("Changes a file.");
    case Effect::Execute:
        if (action.leavesBox && box == Box::Full)
            return tr("Runs a command outside the box: it can do all that you can.");
        return action.leavesProject ? tr("Runs a command outside the project folder.")
                                    : tr("Runs a command.");
    case Effect::Read:
        return action.leavesProject ? tr("Reads outside the project folder.") : tr("Reads a file.");
    case Effect::Reach:
        return tr("Reaches outside this computer.");
    case Effect::Inform:
    case Effect::Stop:
        break;
    }
    return {};
}

} // namespace

bool Policy::runsUnasked(const Action &action) const
{
    const bool isBoxMode = m_mode == Mode::Box && m_box == Box::Full;
    switch (action.effect) {
    case Effect::Inform:
    case Effect::Read:
    case Effect::Stop:
        return true;
    case Effect::Write:
        return isBoxMode || m_mode == Mode::Edits || m_mode == Mode::Auto;
    case Effect::Execute:
        if (m_mode == Mode::Auto)
            return m_box != Box::None || m_hasAllowedWithoutBox;
        return isBoxMode && !action.leavesBox;
    case Effect::Reach:
        break;
    }
    return false;
}

void Policy::allowForSession(const Action &action)
{
    m_allowed.insert(keyOf(action));
    allowOnce(action);
}

void Policy::allowOnce(const Action &action)
{
    if (action.care == Action::Care::Secret)
        m_allowedSecrets.insert(action.place);
    m_hasAllowedWithoutBox =
        m_hasAllowedWithoutBox || (action.effect == Effect::Execute && m_box == Box::None);
}

void Policy::setReaders(const QStringList &files, const QString &tasks)
{
    m_readers = files;
    m_taskViewer = tasks;
}

QString Policy::refusalInPlanMode(Effect effect) const
{
    switch (effect) {
    case Effect::Write:
        return u"Not done: plan mode allows reading only, and this would change a file. Describe the change "
               u"in your plan instead; the person can leave plan mode when they want it made."_s;
    case Effect::Execute:
        return u"Not run: plan mode allows reading only. %1ut the command into your plan for the person to "
               u"approve."_s.arg(m_readers.isEmpty() ? u"P"_s : u"Use %1, or p"_s.arg(listed(m_readers)));
    case Effect::Stop:
        return u"Not stopped: plan mode allows reading only. %1ell the person if you think it should be "
               u"stopped."_s.arg(m_taskViewer.isEmpty()
                                     ? u"T"_s
                                     : u"Use %1 to look at the task, and t"_s.arg(m_taskViewer));
    case Effect::Reach:
        return u"Not done: plan mode allows reading only, and this would reach outside this computer. Put it "
               u"into your plan for the person to approve."_s;
    case Effect::Inform:
    case Effect::Read:
        break;
    }
    return {};
}

Decision Policy::decide(const Action &action) const
{
    if (action.effect == Effect::Inform)
        return {Verdict::Allow, {}};
    if (m_mode == Mode::Plan && action.effect != Effect::Read)
        return {Verdict::Refuse, refusalInPlanMode(action.effect)};
    if (action.effect == Effect::Execute && m_box == Box::Unknown)
        return {Verdict::Later, {}};
    if (m_allowed.contains(keyOf(action)))
        return {Verdict::Allow, {}};
    const bool isSecret = action.care == Action::Care::Secret && !m_allowedSecrets.contains(action.place);
    const bool isObeyed = action.care == Action::Care::RunsLater && m_mode != Mode::Auto;
    if (!action.leavesProject && !isSecret && !isObeyed && runsUnasked(action))
        return {Verdict::Allow, {}};
    return {Verdict::Ask, (question(action, m_box) + u' ' + action.why).trimmed()};
}

} // namespace Meanwhile::Permissions
