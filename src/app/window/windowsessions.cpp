// SPDX-License-Identifier: MIT
#include "app/window/windowsessions.h"

#include "app/window/exportfile.h"
#include "app/window/forkpoint.h"
#include "base/whenfinished.h"

#include <QFile>
#include <QFileInfo>
#include <QPromise>

#include <algorithm>

namespace Meanwhile::App {

using namespace Qt::StringLiterals;

namespace {

QString gitBranch(const QString &folder)
{
    // "ref: refs/heads/NAME", or a commit when no branch is checked out; gitrepository-layout(5).
    QFile head(folder + u"/.git/HEAD"_s);
    if (!QFileInfo(head).isFile()) // a pipe would be waited for
        return {};
    if (!head.open(QIODevice::ReadOnly))
        return {};
    const QString text = QString::fromUtf8(head.read(512)).trimmed();
    const QString prefix = u"ref: refs/heads/"_s;
    return text.startsWith(prefix) ? text.sliced(prefix.size()) : text.left(8);
}

template <typename T>
QFuture<Result<T>> ready(Result<T> value)
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

} // namespace

WindowSessions::WindowSessions(Program &program, QObject *parent)
    : QObject(parent)
    , m_program(program)
{
}

WindowSessions::~WindowSessions() = default;

void WindowSessions::setModel(const Model &model)
{
    m_model = model;
    for (const auto &open : m_open)
        open->session().setModel(*model.client, model.id, model.facts, model.thinking);
}

void WindowSessions::setMode(Permissions::Mode mode)
{
    m_mode = mode;
    for (const auto &open : m_open)
        open->session().controller().setMode(mode);
    if (LoadedSession *shown = find(m_list.current()))
        shown->session().controller().decideQuestions();
}

void WindowSessions::stopAnswers()
{
    for (const auto &open : m_open)
        open->session().controller().stopAnswer();
}

void WindowSessions::answerApproval(const QString &sessionId, const QString &callId, bool isAllowed)
{
    using Agent::ApprovalAnswer;
    if (LoadedSession *open = find(sessionId))
        open->session().controller().answerApproval(
            callId, isAllowed ? ApprovalAnswer::AllowOnce : ApprovalAnswer::Deny);
}

void WindowSessions::forEach(const std::function<void(LoadedSession &)> &function)
{
    for (const auto &open : m_open)
        function(*open);
}

LoadedSession *WindowSessions::find(const QString &sessionId) const
{
    const auto found = std::find_if(
        m_open.begin(), m_open.end(), [&](const auto &open) { return open->session().id() == sessionId; });
    return found == m_open.end() ? nullptr : found->get();
}

Result<Ui::OpenSession> WindowSessions::open(const QString &folder)
{
    const Result<QString> usable = usableFolder(folder);
    if (!usable)
        return failure(usable.error());
    if (LoadedSession *last = find(m_lastOf.value(*usable))) {
        last->session().project().reopen();
        return project(*last);
    }
    return project(add(*usable, {}));
}

Result<Ui::OpenSession> WindowSessions::begin(const QString &folder)
{
    const Result<QString> usable = usableFolder(folder);
    if (!usable)
        return failure(usable.error());
    for (const auto &open : m_open) {
        if (open->session().folder() == *usable && open->isEmpty()) {
            open->session().project().reopen();
            return project(*open);
        }
    }
    return project(add(*usable, {}));
}

QFuture<Result<Ui::OpenSession>> WindowSessions::resume(const QString &sessionId)
{
    if (LoadedSession *open = find(sessionId); open && !m_deleted.contains(sessionId))
        return ready<Ui::OpenSession>(project(*open));
    return takeUpWhenLoaded(m_program.store.load(sessionId));
}

QFuture<Result<Ui::OpenSession>> WindowSessions::resumeNewest(const QString &folder)
{
    const Result<QString> usable = usableFolder(folder);
    if (!usable)
        return ready<Ui::OpenSession>(failure(usable.error()));
    return takeUpWhenLoaded(m_program.store.loadNewest(*usable));
}

QFuture<Result<Ui::OpenSession>> WindowSessions::fork(const QString &sessionId, const QString &rowId)
{
    LoadedSession *open = find(sessionId);
    const QString point = open ? forkPoint(open->session().controller().history(), rowId) : QString();
    if (point.isEmpty())
        return ready<Ui::OpenSession>(failure(
            ErrorKind::NotFound, tr("There is no message here yet that a session could begin with.")));
    auto promise = std::make_shared<QPromise<Opened>>();
    promise->start();
    const auto end = [promise](const Opened &opened) {
        promise->addResult(opened);
        promise->finish();
    };
    whenFinished(m_program.store.fork(sessionId, point, makeLongId(m_program.ids)), this,
        [this, end](const Result<QString> &made) {
            if (!made)
                return end(failure(made.error()));
            refreshList();
            whenFinished(takeUpWhenLoaded(m_program.store.load(*made)), this, end);
        });
    return promise->future();
}

QVector<Tasks::TaskManager *> WindowSessions::openTasks() const
{
    QVector<Tasks::TaskManager *> all;
    for (const auto &open : m_open)
        all += &open->session().tasks();
    return all;
}

QFuture<WindowSessions::Opened> WindowSessions::takeUpWhenLoaded(
    const QFuture<Result<Store::StoredSession>> &loading)
{
    auto promise = std::make_shared<QPromise<Opened>>();
    promise->start();
    whenFinished(loading, this, [this, promise](const Result<Store::StoredSession> &stored) {
        promise->addResult(stored ? reopen(*stored) : failure(stored.error()));
        promise->finish();
    });
    return promise->future();
}

WindowSessions::Opened WindowSessions::reopen(const Store::StoredSession &stored)
{
    if (LoadedSession *open = find(stored.id)) // asked for twice
        return project(*open);
    return project(add(usableFolder(stored.project).value_or(stored.project), stored));
}

QFuture<WindowSessions::Opened> WindowSessions::moveTo(const QString &sessionId, const QString &folder)
{
    const Result<QString> usable = usableFolder(folder);
    const LoadedSession *open = find(sessionId);
    if (!usable)
        return ready<Ui::OpenSession>(failure(usable.error()));
    const Store::SessionSummary *listed = m_list.session(sessionId);
    const QString before = open ? open->session().folder() : listed ? listed->project : QString();
    const auto isOfIt = [&](const auto &each) { return each->session().folder() == before; };
    if (std::any_of(
            m_open.begin(), m_open.end(), [&](const auto &each) { return isOfIt(each) && each->isBusy(); }))
        return ready<Ui::OpenSession>(
            failure(ErrorKind::Conflict, tr("Stop this project's sessions before choosing its new place.")));
    auto promise = std::make_shared<QPromise<Opened>>();
    promise->start();
    const auto end = [promise](const Opened &opened) {
        promise->addResult(opened);
        promise->finish();
    };
    whenFinished(m_program.store.moveProject(sessionId, *usable), this,
        [this, end, sessionId, before, folder = *usable](const Result<void> &done) {
            if (!done)
                return end(failure(done.error()));
            const auto moved = std::stable_partition(m_open.begin(), m_open.end(),
                [&](const auto &each) { return each->session().folder() != before; });
            // What they still find of the folder they were in is no news of the session that is now
            // elsewhere.
            std::for_each(moved, m_open.end(), [this](const auto &each) { each->disconnect(this); });
            m_lastOf.remove(before);
            m_retired.insert(
                m_retired.end(), std::make_move_iterator(moved), std::make_move_iterator(m_open.end()));
            m_open.erase(moved, m_open.end());
            emit projectMoved(before, folder);
            refreshList();
            whenFinished(takeUpWhenLoaded(m_program.store.load(sessionId)), this, end);
        });
    return promise->future();
}

LoadedSession &WindowSessions::add(const QString &folder, std::optional<Store::StoredSession> stored)
{
    Session::Start start;
    start.folder = folder;
    start.mode = m_mode;
    start.model = m_model.id;
    start.facts = m_model.facts;
    start.thinking = m_model.thinking;
    start.resumed = std::move(stored);
    m_open.push_back(std::make_unique<LoadedSession>(m_program, *m_model.client, std::move(start)));
    LoadedSession &open = *m_open.back();
    connect(&open, &LoadedSession::summaryChanged, this, &WindowSessions::refreshList);
    connect(&open, &LoadedSession::stateChanged, this, [this, &open] { refreshState(open); });
    connect(&open, &LoadedSession::folderLost, this, [this, &open] { emit folderLost(project(open)); });
    refreshState(open);
    emit added(&open);
    return open;
}

void WindowSessions::refreshState(LoadedSession &open)
{
    m_list.setState(open.session().id(), open.state());
}

// What is to be said of a session's folder when the session is shown; often nothing.
QString WindowSessions::noticeOf(LoadedSession &open, bool isThere)
{
    const QString folder = open.session().folder();
    if (!isThere)
        return tr("The folder %1 is not there. You can read this session; to go on with it, choose where its "
                  "project is now.")
            .arg(folder);
    if (!open.session().project().check())
        return projectLostError(folder).message;
    const auto known = m_notices.constFind(folder);
    return known != m_notices.cend() ? *known : *m_notices.insert(folder, privatePlacesNotice(folder));
}

Ui::OpenSession WindowSessions::project(LoadedSession &open)
{
    refreshState(open);
    const QString folder = open.session().folder();
    m_lastOf.insert(folder, open.session().id());
    const bool isThere = QFileInfo(folder).isDir();
    const bool isReplaced = isThere && !open.session().project().check();
    return {open.session().id(), folder, gitBranch(folder), &open.session().controller(),
        &open.session().tasks(), open.session().checkpoints(), &open.transcript(), &open.taskTable(),
        !isThere, noticeOf(open, isThere), m_program.commandEnvironment.heldBack(), isReplaced};
}

void WindowSessions::noteShown(const QString &sessionId)
{
    const QDateTime now = m_program.clock.wallTime();
    for (const auto &open : m_open) { // empty ones are not stored, and so in no list that is read
        const QString id = open->session().id();
        open->setShown(id == sessionId);
        if (open->isEmpty() && id == sessionId)
            m_list.addOrUpdate({id, open->session().folder(), {}, now, now});
        else if (open->isEmpty())
            m_list.remove(id);
    }
    m_list.setCurrent(sessionId);
    emit shown(sessionId);
}

void WindowSessions::refreshAndAdopt()
{
    m_looksAround = true;
    refreshList();
}

void WindowSessions::refreshList()
{
    if (m_listing != Listing::None) {
        m_listing = Listing::RunningAndAgain;
        return;
    }
    m_listing = Listing::Running;
    whenFinished(
        m_program.store.list(), this, [this](const Result<QVector<Store::SessionSummary>> &sessions) {
            if (sessions) // else the store has said why not
                showList(*sessions);
            if (std::exchange(m_listing, Listing::None) == Listing::RunningAndAgain)
                refreshList();
        });
}

void WindowSessions::showList(QVector<Store::SessionSummary> sessions)
{
    const auto stored = [&](const QString &id) {
        return std::any_of(sessions.cbegin(), sessions.cend(),
            [&](const Store::SessionSummary &session) { return session.id == id; });
    };
    // The one that is shown and that nothing was said in yet.
    const QString current = m_list.current();
    LoadedSession *open = find(current);
    const Store::SessionSummary *listed = m_list.session(current);
    if (open && listed && open->session().controller().history().isEmpty() && !stored(current))
        sessions.append(*listed);
    m_list.setSessions(sessions);
    if (std::exchange(m_looksAround, false))
        takeUpUnfinished(sessions);
}

// What an earlier run left running ticks on at once, whichever session is shown. Another program's is
// refused.
void WindowSessions::takeUpUnfinished(const QVector<Store::SessionSummary> &sessions)
{
    for (const Store::SessionSummary &session : sessions) {
        if (session.unfinishedTasks == 0 || find(session.id))
            continue;
        whenFinished(
            m_program.store.load(session.id), this, [this](const Result<Store::StoredSession> &stored) {
                if (const Result<QString> usable = usableFolder(stored ? stored->project : QString());
                    usable && !find(stored->id))
                    add(*usable, *stored);
            });
    }
}

QFuture<Result<QVector<Store::SessionHit>>> WindowSessions::search(const QString &text)
{
    return m_program.store.search(text);
}

QFuture<Result<void>> WindowSessions::refreshedAfter(const QFuture<Result<void>> &change)
{
    refreshList(); // the store answers in the order of the questions
    return change;
}

QFuture<Result<void>> WindowSessions::rename(const QString &sessionId, const QString &title)
{
    return refreshedAfter(m_program.store.rename(sessionId, title));
}

QFuture<Result<void>> WindowSessions::setArchived(const QString &sessionId, bool archived)
{
    return refreshedAfter(m_program.store.setArchived(sessionId, archived));
}

QFuture<Result<void>> WindowSessions::exportTo(const QString &sessionId, const QString &path)
{
    const Store::SessionSummary *listed = m_list.session(sessionId);
    const QString title = listed ? listed->title : QString();
    if (LoadedSession *open = find(sessionId))
        return writeExport(
            open->session().controller().history(), {sessionId, title, open->session().folder()}, path);
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    const auto end = [promise](const Result<void> &done) {
        promise->addResult(done);
        promise->finish();
    };
    whenFinished(m_program.store.load(sessionId), this,
        [this, end, title, path](const Result<Store::StoredSession> &stored) {
            if (!stored)
                return end(failure(stored.error()));
            whenFinished(writeExport(stored->history, {stored->id, title, stored->project}, path), this, end);
        });
    return promise->future();
}

QFuture<Result<void>> WindowSessions::setDeleted(const QString &sessionId, bool deleted)
{
    LoadedSession *open = deleted ? find(sessionId) : nullptr;
    if (open && open->isBusy()) {
        return ready<void>(
            failure(ErrorKind::Conflict, tr("A task or an answer of this session is still running. Stop it "
                                            "there first, then delete the session.")));
    }
    const QFuture<Result<void>> change = refreshedAfter(m_program.store.setDeleted(sessionId, deleted));
    whenFinished(change, this, [this, sessionId, deleted](const Result<void> &done) {
        if (!done)
            return;
        if (deleted) {
            m_deleted.insert(sessionId);
            m_lastOf.removeIf([&](const auto &last) { return last.value() == sessionId; });
            emit this->deleted(sessionId);
        } else {
            m_deleted.remove(sessionId);
            emit undeleted(sessionId);
        }
    });
    return change;
}

} // namespace Meanwhile::App
