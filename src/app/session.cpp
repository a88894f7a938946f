// SPDX-License-Identifier: MIT
#include "app/session.h"

#include "agent/systemprompt.h"
#include "base/hiddentext.h"
#include "base/pathtext.h"
#include "base/textlimits.h"
#include "base/whenfinished.h"
#include "checkpoints/asynccheckpointstore.h"
#include "project/privateplaces.h"
#include "project/resolvedpath.h"
#include "tools/toolset.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace Meanwhile::App {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxShownFolderChars = 200;

// PRETTY_NAME of os-release(5).
QString platformName()
{
    QFile file(u"/etc/os-release"_s);
    if (file.open(QIODevice::ReadOnly)) {
        const QList<QByteArray> lines = file.readAll().split('\n');
        for (const QByteArray &line : lines) {
            if (line.startsWith("PRETTY_NAME="))
                return QString::fromUtf8(line.sliced(12)).remove(u'"');
        }
    }
    return QSysInfo::kernelType();
}

} // namespace

Session::Session(Program &program, Llm::LlmClient &client, Start start)
    : m_start(std::move(start))
    , m_id(m_start.resumed ? m_start.resumed->id : makeLongId(program.ids))
    , m_project(std::make_shared<Project::ProjectRoot>(m_start.folder))
{
    Tasks::TaskManagerSettings settings;
    settings.runnerPath = program.runnerPath;
    settings.tasksFolder = program.paths.tasks + u'/' + m_id;
    settings.environment = program.environmentIn(m_start.folder);
    const std::shared_ptr<Tasks::WriteLog> writes = program.writesIn(m_start.folder);
    settings.writes = writes;
    settings.secret = program.sealSecret;
    if (program.stateIsWritable) {
        m_checkpoints = std::make_unique<Checkpoints::SessionCheckpoints>(
            std::make_unique<Checkpoints::AsyncCheckpointStore>(
                std::make_unique<Checkpoints::DiskCheckpointStore>(m_start.folder, program.paths.state,
                    std::make_shared<Project::GitModule>(), Checkpoints::ScanLimits{},
                    Project::PrivatePlaces::ofThisComputer(m_start.folder))),
            writes);
    }
    settings.files = m_checkpoints.get();
    settings.obstacle = [project = m_project] {
        const Result<void> whole = project->check();
        return whole ? QString() : whole.error().message;
    };
    m_tasks = std::make_unique<Tasks::TaskManager>(std::move(settings), program.clock, program.ids);
    QObject::connect(
        &program.commandEnvironment, &CommandEnvironment::changed, m_tasks.get(), [this, &program] {
            m_tasks->setEnvironment(program.environmentIn(m_start.folder));
            fitBox(program);
        });

    Tools::registerAllTools(m_tools, {m_project, m_tasks.get(), writes});
    const Store::StoredSession earlier = std::exchange(m_start.resumed, {}).value_or(Store::StoredSession());
    if (program.stateIsWritable)
        m_journal = program.store.journalFor(m_id, m_start.folder, earlier.nextPosition);

    Agent::AgentController::Options options;
    options.model = m_start.model;
    options.price = m_start.facts.price;
    options.thinking = {m_start.facts.thinking, m_start.thinking};
    options.limits = limitsOf(m_start.facts, m_start.thinking);
    options.system =
        Agent::systemPrompt({m_start.folder, platformName(), program.clock.wallTime().toLocalTime().date()});
    options.mode = m_start.mode;
    options.box = Permissions::Box::Unknown;
    options.maxRequests = m_start.maxRequests;
    options.canAsk = m_start.canAsk;
    options.wakeWhenIdle = m_start.wakeWhenIdle;
    if (const int tries = program.environment.value(u"MEANWHILE_MAX_TRIES"_s).toInt(); tries > 0)
        options.maxTries = tries;
    m_controller = std::make_unique<Agent::AgentController>(
        Agent::AgentController::Parts{&client, &m_tools, m_tasks.get(), m_journal.get(), &program.clock,
            &program.ids, m_checkpoints.get()},
        options, earlier);
    fitBox(program);
    m_marker = std::make_unique<SessionMarker>(*m_controller, m_journal.get(), earlier.mark);
    if (m_journal)
        m_journal->setMemory([this] { return memory(); });
    if (!earlier.id.isEmpty())
        m_tasks->adopt(earlier.tasks, m_controller->untoldEnds());
}

// Commands wait until it is known what holds them.
void Session::fitBox(Program &program)
{
    const QString path = program.environmentIn(m_start.folder).value(u"PATH"_s);
    whenFinished(program.commandBox.fit(m_start.folder, path), m_controller.get(),
        [this](const CommandBox::Fitted &fitted) {
            m_tasks->setConfinement(fitted.confinement);
            m_controller->setBox(fitted.kind);
        });
}

Store::StoredSession Session::memory() const
{
    Store::StoredSession session;
    session.id = m_id;
    session.project = m_start.folder;
    session.history = m_controller->history();
    session.tasks = m_tasks->tasks();
    for (const Tasks::Task &task : std::as_const(session.tasks)) {
        const Tasks::Delivery delivery = m_controller->news().delivery(NewsId::endOf(task.id));
        if (delivery.state != Tasks::Delivery::State::None)
            session.news.append({Tasks::endNews(task), delivery});
    }
    const QVector<Conversation::ToolCallBlock> open = session.history.openCalls();
    for (const Conversation::ToolCallBlock &call : open)
        session.calls.append({call.id, {}, {}});
    for (const Agent::MessageQueued &words : m_controller->queued())
        session.queued.append({words.id, words.text, words.images});
    return session;
}

Session::~Session() = default;

void Session::setModel(
    Llm::LlmClient &client, const QString &model, const Llm::ModelFacts &facts, Llm::ThinkingLevel thinking)
{
    m_controller->setLimits(limitsOf(facts, thinking)); // first: a held-back request is sent by setClient()
    m_controller->setClient(&client, model, facts.price, {facts.thinking, thinking});
}

// Some providers count what a request allows for thinking as part of the window.
Agent::ModelLimits limitsOf(const Llm::ModelFacts &facts, Llm::ThinkingLevel thinking)
{
    const bool mayThink = facts.thinking != Llm::ThinkingForm::None &&
                          Llm::levelFor(facts.thinking, thinking) != Llm::ThinkingLevel::Off;
    const qint64 room = mayThink ? Llm::kThinkingRoom : 0;
    return {std::max<qint64>(0, facts.contextWindow - room), facts.vision != Llm::Known::No};
}

QString privatePlacesNotice(const QString &folder)
{
    const Project::PrivatePlaces places = Project::PrivatePlaces::ofThisComputer(folder);
    const auto say = [&](const char *text) {
        return QCoreApplication::translate("Meanwhile::App", text).arg(folder);
    };
    const QString resolved = Project::resolvedPath(folder).value_or(folder);
    if (places.hold(resolved))
        return say(QT_TRANSLATE_NOOP("Meanwhile::App",
            "%1 is a place where keys, passwords or Meanwhile's own files are kept. The agent asks before it "
            "reads or changes anything there."));
    if (!places.below(resolved).isEmpty())
        return say(QT_TRANSLATE_NOOP("Meanwhile::App",
            "%1 holds more than a project: keys, passwords or Meanwhile's own files are in it. The agent "
            "asks "
            "before it touches those. Better open the folder of the project itself."));
    return {};
}

Error projectLostError(const QString &folder)
{
    return {ErrorKind::NotFound,
        QCoreApplication::translate("Meanwhile::App", "The project folder %1 was moved, replaced or removed. "
                                                      "Nothing is read, written or run there until "
                                                      "it is back or you open it again.")
            .arg(folder),
        {}};
}

Result<QString> givenFolder(const QString &given)
{
    Result<QString> folder = folderFromOutside(given);
    if (folder)
        return folder;
    const QString shown = escapeHidden(clipMiddle(given, kMaxShownFolderChars));
    const auto say = [&](const char *text) {
        return failure(folder.error().kind, QCoreApplication::translate("Meanwhile::App", text).arg(shown),
            folder.error().message);
    };
    if (folder.error().kind == ErrorKind::Unsupported)
        return say(QT_TRANSLATE_NOOP("Meanwhile::App", "The folder %1 has a name that is not UTF-8, so it "
                                                       "cannot be opened. Rename it, or open it through a "
                                                       "symbolic link that has another name."));
    if (given.contains(u'\0'))
        return say(QT_TRANSLATE_NOOP(
            "Meanwhile::App", "%1 has a NUL character in it, which no folder has. Choose another one."));
    if (given.startsWith(u"file:", Qt::CaseInsensitive))
        return say(QT_TRANSLATE_NOOP(
            "Meanwhile::App", "%1 is not the address of a folder on this computer. Give the folder's path."));
    return say(QT_TRANSLATE_NOOP(
        "Meanwhile::App", "%1 is longer than the name of a folder can be. Choose another one."));
}

Result<QString> usableFolder(const QString &given)
{
    if (given.isEmpty()) { // what the system says of the current folder once it is removed
        return failure(ErrorKind::NotFound,
            QCoreApplication::translate("Meanwhile::App",
                "The current folder was removed. Go to the project's folder, then start Meanwhile again."));
    }
    const Result<QString> named = givenFolder(given);
    if (!named)
        return named;
    const QString &folder = *named;
    const QFileInfo info(folder);
    const auto say = [&](const char *text) {
        return QCoreApplication::translate("Meanwhile::App", text).arg(folder);
    };
    if (!info.exists())
        return failure(ErrorKind::NotFound,
            say(QT_TRANSLATE_NOOP("Meanwhile::App", "The folder %1 does not exist. Choose another one.")));
    if (!info.isDir())
        return failure(ErrorKind::InvalidArgument,
            say(QT_TRANSLATE_NOOP("Meanwhile::App", "%1 is not a folder. Choose the folder it is in.")));
    if (!info.isReadable() || !info.isExecutable())
        return failure(ErrorKind::PermissionDenied,
            say(QT_TRANSLATE_NOOP("Meanwhile::App",
                "The folder %1 cannot be read. Change its permissions or choose another one.")));
    return canonicalPath(folder);
}

} // namespace Meanwhile::App
