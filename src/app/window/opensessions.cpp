// SPDX-License-Identifier: MIT
#include "app/window/opensessions.h"

#include <algorithm>

namespace Meanwhile::App {

OpenSessions::OpenSessions(Program &program, QObject *parent)
    : QObject(parent)
    , m_program(program)
{
}

OpenSessions::~OpenSessions() = default;

void OpenSessions::setModel(const Model &model)
{
    m_model = model;
    for (const auto &open : m_open)
        open->session().setModel(*model.client, model.id, model.facts, model.thinking);
}

void OpenSessions::setMode(Permissions::Mode mode)
{
    m_mode = mode;
    for (const auto &open : m_open)
        open->session().controller().setMode(mode);
    if (LoadedSession *shown = find(m_shown))
        shown->session().controller().decideQuestions();
}

void OpenSessions::setShown(const QString &sessionId)
{
    m_shown = sessionId;
    for (const auto &open : m_open)
        open->setShown(open->session().id() == sessionId);
}

void OpenSessions::stopAnswers()
{
    for (const auto &open : m_open)
        open->session().controller().stopAnswer();
}

void OpenSessions::answerApproval(const QString &sessionId, const QString &callId, bool isAllowed)
{
    using Agent::ApprovalAnswer;
    if (LoadedSession *open = find(sessionId))
        open->session().controller().answerApproval(
            callId, isAllowed ? ApprovalAnswer::AllowOnce : ApprovalAnswer::Deny);
}

LoadedSession &OpenSessions::add(const QString &folder, std::optional<Store::StoredSession> stored)
{
    Session::Start start;
    start.folder = folder;
    start.mode = m_mode;
    start.model = m_model.id;
    start.facts = m_model.facts;
    start.thinking = m_model.thinking;
    start.resumed = std::move(stored);
    m_open.push_back(std::make_unique<LoadedSession>(m_program, *m_model.client, std::move(start)));
    LoadedSession *open = m_open.back().get();
    connect(open, &LoadedSession::summaryChanged, this, &OpenSessions::summaryChanged);
    connect(open, &LoadedSession::stateChanged, this, [this, open] { emit stateChanged(open); });
    connect(open, &LoadedSession::folderLost, this, [this, open] { emit folderLost(open); });
    emit stateChanged(open);
    emit added(open);
    return *open;
}

LoadedSession *OpenSessions::find(const QString &sessionId) const
{
    const auto found = std::find_if(
        m_open.begin(), m_open.end(), [&](const auto &open) { return open->session().id() == sessionId; });
    return found == m_open.end() ? nullptr : found->get();
}

LoadedSession *OpenSessions::findEmpty(const QString &folder) const
{
    const auto found = std::find_if(m_open.begin(), m_open.end(),
        [&](const auto &open) { return open->session().folder() == folder && open->isEmpty(); });
    return found == m_open.end() ? nullptr : found->get();
}

bool OpenSessions::isBusyIn(const QString &folder) const
{
    return std::any_of(m_open.begin(), m_open.end(),
        [&](const auto &open) { return open->session().folder() == folder && open->isBusy(); });
}

void OpenSessions::retireIn(const QString &folder)
{
    const auto moved = std::stable_partition(
        m_open.begin(), m_open.end(), [&](const auto &open) { return open->session().folder() != folder; });
    // What they still report of their old folder does not concern the session, which has moved.
    std::for_each(moved, m_open.end(), [this](const auto &open) { open->disconnect(this); });
    m_retired.insert(m_retired.end(), std::make_move_iterator(moved), std::make_move_iterator(m_open.end()));
    m_open.erase(moved, m_open.end());
}

void OpenSessions::forEach(const std::function<void(LoadedSession &)> &function) const
{
    for (const auto &open : m_open)
        function(*open);
}

QVector<Tasks::TaskManager *> OpenSessions::tasks() const
{
    QVector<Tasks::TaskManager *> all;
    for (const auto &open : m_open)
        all += &open->session().tasks();
    return all;
}

} // namespace Meanwhile::App
