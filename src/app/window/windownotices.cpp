// SPDX-License-Identifier: MIT
#include "app/window/windownotices.h"

#include "app/window/windowprogram.h"
#include "base/overloaded.h"
#include "ui/window/mainwindow.h"

#include <QApplication>
#include <QFileInfo>
#include <QTimer>
#include <QWindow>

namespace Meanwhile::App {

using Notify::Question;
using Notify::TurnEnd;
using Tasks::StoppedBy;

namespace {

Question questionOf(const Agent::ApprovalAsked &asked)
{
    using Tools::Effect;
    const Tools::Intent &intent = asked.intent;
    const Question::Kind kind = intent.effect == Effect::Read    ? Question::Kind::Read
                                : intent.effect == Effect::Write ? Question::Kind::Write
                                : intent.effect == Effect::Stop  ? Question::Kind::Stop
                                                                 : Question::Kind::Command;
    const bool leavesBox = !intent.outside.isEmpty();
    const bool isOrdinary = intent.effect == Effect::Execute && !intent.leavesProject && !leavesBox &&
                            intent.care == Tools::Intent::Care::None && intent.why.isEmpty();
    return {asked.callId, kind, intent.subject, isOrdinary, leavesBox};
}

TurnEnd::How howOf(const Agent::TurnEnded &ended)
{
    using How = Agent::TurnEnded::How;
    switch (ended.how) {
    case How::Done:
        break;
    case How::StoppedByPerson:
        return TurnEnd::How::StoppedByPerson;
    case How::Failed:
    case How::EndedBadly:
        return TurnEnd::How::Failed;
    }
    return TurnEnd::How::Done;
}

// No notice of what the person did; for what the agent waits for there is the notice of its turn.
bool isNews(const Tasks::Task &task)
{
    const bool isOwnDoing = task.state == Tasks::TaskState::Stopped &&
                            (task.stoppedBy == StoppedBy::Person || task.stoppedBy == StoppedBy::Quit);
    return !task.spec.foreground && !isOwnDoing;
}

} // namespace

WindowNotices::WindowNotices(WindowProgram &program, Ui::MainWindow &window, Notify::Notifier &notifier,
    const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_program(program)
    , m_window(window)
    , m_board(notifier, clock)
{
    WindowSessions &sessions = program.sessions();
    sessions.opened().forEach([this](LoadedSession &open) { follow(open); });
    connect(&sessions.opened(), &OpenSessions::added, this, [this](LoadedSession *open) { follow(*open); });
    connect(&sessions, &WindowSessions::shown, &m_board, &Notify::NoticeBoard::setShown);
    connect(&sessions, &WindowSessions::deleted, &m_board, &Notify::NoticeBoard::forget);
    connect(&sessions, &WindowSessions::undeleted, this, [this, &sessions](const QString &sessionId) {
        sessions.opened().forEach([this, sessionId](LoadedSession &open) {
            if (open.session().id() == sessionId)
                setProject(open);
        });
    });
    m_board.setShown(sessions.list().current());
    connect(&program, &WindowProgram::settingsChanged, this, &WindowNotices::takeSwitches);
    takeSwitches();
    // At the start it counts as in front: it is not there yet.
    connect(qApp, &QGuiApplication::focusWindowChanged, this, &WindowNotices::noteFront);
    QTimer::singleShot(Notify::NoticeBoard::kPatience, this, &WindowNotices::noteFront);
    connect(&m_board, &Notify::NoticeBoard::attentionWanted, &window,
        [&window] { QApplication::alert(&window); });
    connect(&m_board, &Notify::NoticeBoard::openWanted, this, &WindowNotices::open);
    connect(&m_board, &Notify::NoticeBoard::answered, this,
        [&sessions](const QString &sessionId, const QString &callId, bool isAllowed) {
            sessions.opened().answerApproval(sessionId, callId, isAllowed);
        });
}

void WindowNotices::follow(LoadedSession &open)
{
    const QString id = open.session().id();
    setProject(open);
    followAgent(id, open.session().controller());
    connect(&open.session().controller(), &Agent::AgentController::taskEnded, this,
        [this, id](const Tasks::Task &task) {
            if (isNews(task))
                m_board.endTask(id, task);
        });
}

void WindowNotices::setProject(LoadedSession &open)
{
    m_board.setProject(open.session().id(), QFileInfo(open.session().folder()).fileName());
}

void WindowNotices::followAgent(const QString &sessionId, Agent::AgentController &controller)
{
    using namespace Agent;
    const auto hear = Overloaded{
        [this, sessionId](const ApprovalAsked &asked) { m_board.ask(sessionId, questionOf(asked)); },
        [this, sessionId](const ApprovalSettled &settled) { m_board.settle(sessionId, settled.callId); },
        [this, sessionId](const TurnStarted &) { m_board.startTurn(sessionId); },
        [this, sessionId](const TurnEnded &ended) {
            m_board.endTurn(sessionId, {howOf(ended), ended.waitingFor + ended.serving, {}});
        },
        [](const OneOf<MessageAdded, RequestSent, ResponseStarted, TextStreamed, ThinkingStreamed,
            ToolCallAnnounced, ResponseEnded, ToolCallMade, ToolCallStarted, ToolCallEnded, MessageQueued,
            QueuedMessageRemoved, NewsDelivered, DeliveriesChanged, RetryScheduled, SilenceChanged,
            CompactionStarted, Failed> auto &) {},
    };
    connect(&controller, &AgentController::happened, this,
        [hear](const AgentEvent &event) { std::visit(hear, event); });
}

void WindowNotices::noteFront()
{
    const QWindow *window = QGuiApplication::focusWindow();
    while (window && window != m_window.windowHandle())
        window = window->transientParent(); // a dialog of the window is the window
    m_board.setInFront(window);
}

void WindowNotices::takeSwitches()
{
    const Settings settings = m_program.settings();
    m_board.setSwitches({settings.notifiesOfApprovals, settings.notifiesOfTasks, settings.notifiesOfTurns});
}

void WindowNotices::open(const QString &sessionId, const Notify::Place &place, const QString &activationToken)
{
    // Only so does Wayland let a window come to the front; Qt takes it from there, once.
    const bool isWayland = QGuiApplication::platformName().startsWith(QLatin1String("wayland"));
    if (isWayland && !activationToken.isEmpty())
        qputenv("XDG_ACTIVATION_TOKEN", activationToken.toLatin1());
    m_window.comeForward();
    if (isWayland)
        qunsetenv("XDG_ACTIVATION_TOKEN");
    m_window.resume(sessionId, {}, {place.callId, {}, place.taskId, place == Notify::Place()});
}

} // namespace Meanwhile::App
