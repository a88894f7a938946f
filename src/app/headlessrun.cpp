// SPDX-License-Identifier: MIT
#include "app/headlessrun.h"

#include "app/foldernames.h"
#include "base/overloaded.h"
#include "base/stopsignals.h"
#include "base/whenfinished.h"
#include "conversation/ending.h"
#include "keys/keystore.h"
#include "runner/mark.h"

#include <QCoreApplication>

#include <csignal>
#include <cstdio>

namespace Meanwhile::App {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

HeadlessRun::HeadlessRun(
    Program &program, CommandLine line, std::unique_ptr<Printer> printer, QObject *parent)
    : QObject(parent)
    , m_program(program)
    , m_line(std::move(line))
    , m_printer(std::move(printer))
{
    // Where nothing can be stored, start() warns about it once.
    if (m_program.stateIsWritable) {
        connect(&m_program.store, &Store::SessionStore::failed, this,
            [this](const Error &error) { m_printer->warn(error); });
    }
}

HeadlessRun::~HeadlessRun() = default;

void HeadlessRun::start()
{
    const Result<QString> folder = usableFolder(m_line.folder.isEmpty() ? currentFolder() : m_line.folder);
    if (!folder)
        return fail(2, folder.error());
    m_folder = *folder;
    if (m_line.print->trimmed().isEmpty()) {
        return fail(2, {ErrorKind::InvalidArgument,
                           tr("There is nothing to send: the prompt is empty. Write it after -p, or give "
                              "\"-\" and standard input."),
                           {}});
    }
    if (const Result<void> usable = m_program.environment.check(); !usable)
        return fail(2, usable.error());
    tellWhatDoesNotCount();
    m_access = ProviderAccess::resolve(m_line, m_program.environment, m_program.settings, {});
    findKey();
}

void HeadlessRun::tellWhatDoesNotCount()
{
    if (!m_program.stateIsWritable)
        m_printer->warn(m_program.stateCreated.error());
    if (const QString changes = m_program.trusted.changes(); !changes.isEmpty()) {
        m_printer->warn({ErrorKind::Conflict,
            tr("Settings were changed outside Meanwhile and are not in use: %1. Open the window to use them "
               "or "
               "to put them back.")
                .arg(changes),
            {}});
    }
}

// A command could send the key that the person stored to an address of its own.
bool HeadlessRun::isOfCommand()
{
    if (!Runner::isOfCommand())
        return false;
    m_printer->warn({ErrorKind::PermissionDenied,
        tr("A stored key is not used by a Meanwhile that a command of Meanwhile's started. Set the key's "
           "variable "
           "for that command, or start it from outside."),
        {}});
    return true;
}

void HeadlessRun::findKey()
{
    const bool mayBeStored = m_access.provider != u"demo"_s && m_program.settings.isSetUp(m_access.provider);
    if (!mayBeStored || !m_access.key.isEmpty() || !m_access.authToken.isEmpty() || isOfCommand()) {
        m_client = m_access.makeClient(m_program.transport, 0ms);
        return findSession();
    }
    m_keys = Keys::makeKeyStore(m_program.paths.config);
    whenFinished(m_keys->read(m_access.provider), this, [this](const QString &key) {
        m_access = ProviderAccess::resolve(m_line, m_program.environment, m_program.settings, key);
        m_client = m_access.makeClient(m_program.transport, 0ms);
        findSession();
    });
}

void HeadlessRun::findSession()
{
    if (!m_line.continueNewest && m_line.resumeId.isEmpty())
        return chooseModel();
    auto found = m_line.resumeId.isEmpty() ? m_program.store.loadNewest(m_folder)
                                           : m_program.store.load(m_line.resumeId);
    whenFinished(found, this, [this](const Result<Store::StoredSession> &session) {
        if (!session)
            return fail(2, session.error());
        m_resumed = *session;
        // "--resume ID" works from any folder.
        if (m_line.folder.isEmpty() && m_resumed->project != m_folder) {
            const Result<QString> folder = usableFolder(m_resumed->project);
            if (!folder) {
                return fail(
                    2, {folder.error().kind,
                           tr("The folder of this session, %1, is not there or cannot be read. Name the "
                              "folder where the project is now: meanwhile -p --resume %2 FOLDER")
                               .arg(m_resumed->project, m_resumed->id),
                           {}});
            }
            m_folder = *folder;
        }
        chooseModel();
    });
}

void HeadlessRun::chooseModel()
{
    if (!m_access.model.isEmpty())
        return findBox();
    whenFinished(m_client->listModels(), this, [this](const Result<QVector<Llm::ModelInfo>> &models) {
        if (!models)
            return fail(1, models.error());
        m_access.model = m_program.catalog.defaultOf(m_access.address(), *models);
        m_program.learned.learn(m_access.address(), *models);
        findBox();
    });
}

void HeadlessRun::findBox()
{
    CommandBox &box = m_program.commandBox;
    box.setWish(m_line.box == CommandLine::Box::Off ? CommandBox::Wish::Off : CommandBox::Wish::On);
    connect(&box, &CommandBox::found, this, [this, &box] {
        const bool isFull = box.kind() == Permissions::Box::Full;
        if (m_session)
            m_printer->boxFound(box.kind());
        if (m_line.box == CommandLine::Box::Require && isFull)
            return run();
        const bool isWished = m_line.box != CommandLine::Box::Off;
        if (isWished && !isFull) {
            m_printer->warn({ErrorKind::Unsupported,
                tr("Commands cannot be kept in a box here: %1").arg(box.reason()), {}});
        }
        if (m_line.box == CommandLine::Box::Require)
            finish(3);
    });
    if (m_line.box != CommandLine::Box::Require)
        return run();
    box.fit(m_folder, m_program.environmentIn(m_folder).value(u"PATH"_s));
}

void HeadlessRun::run()
{
    Session::Start start;
    start.folder = m_folder;
    start.mode = m_line.mode.value_or(
        Permissions::modeFromString(m_program.settings.permissionMode).value_or(Permissions::Mode::Box));
    start.model = m_access.model;
    start.facts = m_access.facts(m_program.catalog, m_program.learned);
    start.thinking = Llm::thinkingLevelFrom(m_program.settings.thinking);
    start.maxRequests = m_line.maxRequests;
    start.canAsk = false;
    start.wakeWhenIdle = m_line.wait;
    start.resumed = std::exchange(m_resumed, {});
    m_session = std::make_unique<Session>(m_program, *m_client, std::move(start));
    if (const QString notice = privatePlacesNotice(m_folder); !notice.isEmpty())
        m_printer->warn({ErrorKind::OutsideProject, notice, {}});
    m_session->project().setLostHandler([this](const Error &) {
        QMetaObject::invokeMethod(
            this, [this] { m_printer->warn(projectLostError(m_folder)); }, Qt::QueuedConnection);
    });
    m_printer->begin({m_session->id(), m_folder, m_access.provider, m_access.model});
    if (const Permissions::Box box = m_program.commandBox.kind(); box != Permissions::Box::Unknown)
        m_printer->boxFound(box);
    connect(&m_session->controller(), &Agent::AgentController::happened, this, &HeadlessRun::handle);
    Tasks::TaskManager *tasks = &m_session->tasks();
    connect(tasks, &Tasks::TaskManager::added, this, &HeadlessRun::handleTask);
    connect(tasks, &Tasks::TaskManager::changed, this, &HeadlessRun::handleTask);
    connect(&m_session->controller(), &Agent::AgentController::taskEnded, this, &HeadlessRun::handleTask);
    connect(tasks, &Tasks::TaskManager::searched, this, &HeadlessRun::endIfDone, Qt::QueuedConnection);
    m_session->marker().setShown(true); // its output is read as it comes
    m_session->controller().submit(*m_line.print);
}

void HeadlessRun::handle(const Agent::AgentEvent &event)
{
    if (m_finished)
        return;
    m_printer->handle(event);
    using namespace Agent;
    std::visit(Overloaded{
                   [this](const MessageAdded &e) { noteEnding(e.message); },
                   [this](const ResponseStarted &) { m_housekeeping.start(); },
                   [this](const ToolCallEnded &e) {
                       if (!e.outcome.unasked.isEmpty())
                           noteUnasked(e.outcome.unasked);
                   },
                   // The controller may start the next turn right after this one: look once it has settled.
                   [this](const TurnEnded &) {
                       QMetaObject::invokeMethod(this, &HeadlessRun::endIfDone, Qt::QueuedConnection);
                   },
                   [](const OneOf<RequestSent, TextStreamed, ThinkingStreamed, ToolCallAnnounced,
                       ResponseEnded, ToolCallMade, ToolCallStarted, ApprovalAsked, ApprovalSettled,
                       MessageQueued, QueuedMessageRemoved, NewsDelivered, DeliveriesChanged, RetryScheduled,
                       SilenceChanged, CompactionStarted, TurnStarted, Failed> auto &) {},
               },
        event);
}

void HeadlessRun::noteEnding(const Conversation::Message &message)
{
    const auto ending = Conversation::endingOf(message);
    if (ending)
        m_printer->warn({ErrorKind::Protocol, ending->words, {}});
    if (ending || message.role == Conversation::Role::Assistant)
        m_endedBadly = ending && ending->isFailure;
}

// Printed once, even if many calls are refused for the same reason.
void HeadlessRun::noteUnasked(const QString &words)
{
    if (!m_unasked.contains(words))
        m_printer->warn({ErrorKind::PermissionDenied, words, {}});
    m_unasked += words;
}

void HeadlessRun::handleTask(const Tasks::Task &task)
{
    if (m_finished)
        return;
    const auto printed = m_printedStates.constFind(task.id);
    if (printed == m_printedStates.cend() || *printed != task.state) {
        m_printedStates.insert(task.id, task.state);
        m_printer->handleTask(task);
    }
    if (task.hasEnded())
        QMetaObject::invokeMethod(this, &HeadlessRun::endIfDone, Qt::QueuedConnection);
}

void HeadlessRun::endIfDone()
{
    if (m_finished || m_interrupted || !m_session || m_session->controller().isWorking())
        return;
    if (m_session->controller().hasFailed())
        return finish(1);
    if (m_session->controller().pendingWork().isOverBudget) {
        const QString words = tr("The agent has reached its hourly limit of wake-ups, and results still wait "
                                 "for it. Continue with --continue.");
        m_printer->warn({ErrorKind::Cancelled, words, {}});
        return finish(1);
    }
    const bool anyRuns = m_session->tasks().isSearching() || m_session->tasks().isAnyUnended();
    if (!m_line.wait || (!anyRuns && m_session->controller().isAtRest()))
        finish(m_endedBadly || !m_unasked.isEmpty() || !m_program.stateIsWritable ? 1 : 0);
}

void HeadlessRun::interrupt(int signal)
{
    if (m_finished)
        return end(130); // finished, and only waiting for the disk
    if (!m_session || std::exchange(m_interrupted, true))
        return finish(130);
    m_session->controller().stop();
    auto *stopped = new QFutureWatcher<void>(this);
    connect(stopped, &QFutureWatcher<void>::finished, this, [this] { finish(130); });
    stopped->setFuture(
        m_session->tasks().stopAll(signal == SIGINT ? Tasks::StoppedBy::Person : Tasks::StoppedBy::Quit));
}

void HeadlessRun::fail(int status, const Error &error)
{
    m_printer->handle(Agent::Failed{error});
    finish(status);
}

void HeadlessRun::finish(int status)
{
    if (std::exchange(m_finished, true))
        return;
    if (!m_session || !m_program.stateIsWritable)
        return end(status);
    if (m_interrupted) // what cannot be saved is said before the time for an orderly end is up
        StopSignals::limitTheEnd(status, 45s);
    whenFinished(m_program.store.save(), this, [this, status](const Result<void> &saved) {
        if (!saved) {
            // The reason was printed when saving began to fail.
            m_printer->warn(
                {saved.error().kind, tr("Not all of this conversation was saved."), saved.error().detail});
            return end(status == 0 ? 1 : status);
        }
        end(status);
    });
}

void HeadlessRun::end(int status)
{
    if (std::exchange(m_hasEnded, true))
        return;
    m_printer->end(status);
    if (const Result<void> printed = Printer::printed(); !printed) {
        m_printer->warn(printed.error());
        status = status == 0 ? 1 : status;
    }
    emit ended(status);
}

} // namespace Meanwhile::App
