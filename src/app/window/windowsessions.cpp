// SPDX-License-Identifier: MIT
#include "app/window/windowsessions.h"

#include "app/window/exportfile.h"
#include "app/window/forkpoint.h"
#include "app/window/gitbranch.h"
#include "base/whenfinished.h"

#include <QFileInfo>

namespace Meanwhile::App {

WindowSessions::WindowSessions(Program &program, QObject *parent)
    : QObject(parent)
    , m_program(program)
    , m_open(program)
    , m_listing(program, m_open)
{
    connect(&m_open, &OpenSessions::folderLost, this,
        [this](LoadedSession *open) { emit folderLost(handOver(*open)); });
    connect(&m_listing, &SessionListing::read, this, [this](const QVector<Store::SessionSummary> &stored) {
        if (std::exchange(m_looksAround, false))
            takeUpUnfinished(stored);
    });
}

WindowSessions::~WindowSessions() = default;

// ---- one of them, to be shown

Result<Ui::OpenSession> WindowSessions::open(const QString &folder)
{
    const Result<QString> usable = usableFolder(folder);
    if (!usable)
        return failure(usable.error());
    if (LoadedSession *last = m_open.find(m_lastOf.value(*usable))) {
        last->session().project().reopen();
        return handOver(*last);
    }
    return handOver(m_open.add(*usable));
}

Result<Ui::OpenSession> WindowSessions::begin(const QString &folder)
{
    const Result<QString> usable = usableFolder(folder);
    if (!usable)
        return failure(usable.error());
    if (LoadedSession *empty = m_open.findEmpty(*usable)) {
        empty->session().project().reopen();
        return handOver(*empty);
    }
    return handOver(m_open.add(*usable));
}

QFuture<Result<Ui::OpenSession>> WindowSessions::resume(const QString &sessionId)
{
    if (LoadedSession *open = m_open.find(sessionId); open && !m_deleted.contains(sessionId))
        return QtFuture::makeReadyFuture<Opened>(handOver(*open));
    return takeUpWhenLoaded(m_program.store.load(sessionId));
}

QFuture<Result<Ui::OpenSession>> WindowSessions::resumeNewest(const QString &folder)
{
    const Result<QString> usable = usableFolder(folder);
    if (!usable)
        return QtFuture::makeReadyFuture<Opened>(failure(usable.error()));
    return takeUpWhenLoaded(m_program.store.loadNewest(*usable));
}

QFuture<Result<Ui::OpenSession>> WindowSessions::fork(const QString &sessionId, const QString &rowId)
{
    LoadedSession *open = m_open.find(sessionId);
    const QString point = open ? forkPoint(open->session().controller().history(), rowId) : QString();
    if (point.isEmpty())
        return QtFuture::makeReadyFuture<Opened>(
            failure(ErrorKind::NotFound, tr("There is no message here yet to start a session from.")));
    return chain(m_program.store.fork(sessionId, point, makeLongId(m_program.ids)), this,
        [this](const Result<QString> &made) {
            if (!made)
                return QtFuture::makeReadyFuture<Opened>(failure(made.error()));
            m_listing.refresh();
            return takeUpWhenLoaded(m_program.store.load(*made));
        });
}

QFuture<WindowSessions::Opened> WindowSessions::moveTo(const QString &sessionId, const QString &folder)
{
    const Result<QString> usable = usableFolder(folder);
    const LoadedSession *open = m_open.find(sessionId);
    if (!usable)
        return QtFuture::makeReadyFuture<Opened>(failure(usable.error()));
    const Store::SessionSummary *listed = list().session(sessionId);
    const QString before = open ? open->session().folder() : listed ? listed->project : QString();
    if (m_open.isBusyIn(before))
        return QtFuture::makeReadyFuture<Opened>(failure(
            ErrorKind::Conflict, tr("Stop this project's sessions before choosing its new location.")));
    return chain(m_program.store.moveProject(sessionId, *usable), this,
        [this, sessionId, before, folder = *usable](const Result<void> &done) {
            if (!done)
                return QtFuture::makeReadyFuture<Opened>(failure(done.error()));
            m_open.retireIn(before);
            m_lastOf.remove(before);
            emit projectMoved(before, folder);
            m_listing.refresh();
            return takeUpWhenLoaded(m_program.store.load(sessionId));
        });
}

QFuture<WindowSessions::Opened> WindowSessions::takeUpWhenLoaded(
    const QFuture<Result<Store::StoredSession>> &loading)
{
    return chain(loading, this, [this](const Result<Store::StoredSession> &stored) {
        return stored ? takeUp(*stored) : failure(stored.error());
    });
}

WindowSessions::Opened WindowSessions::takeUp(const Store::StoredSession &stored)
{
    if (LoadedSession *open = m_open.find(stored.id)) // asked for twice
        return handOver(*open);
    return handOver(m_open.add(usableFolder(stored.project).value_or(stored.project), stored));
}

// What is to be said of a session's folder when the session is shown; often nothing.
QString WindowSessions::noticeOf(LoadedSession &open, bool isThere)
{
    const QString folder = open.session().folder();
    if (!isThere)
        return tr("The folder %1 is missing. You can read this session; to continue it, choose where its "
                  "project is now.")
            .arg(folder);
    if (!open.session().project().check())
        return projectLostError(folder).message;
    const auto known = m_notices.constFind(folder);
    return known != m_notices.cend() ? *known : *m_notices.insert(folder, privatePlacesNotice(folder));
}

Ui::OpenSession WindowSessions::handOver(LoadedSession &open)
{
    m_listing.noteState(open);
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
    m_open.setShown(sessionId);
    m_listing.setCurrent(sessionId);
    emit shown(sessionId);
}

// ---- all of them, stored

void WindowSessions::refreshAndAdopt()
{
    m_looksAround = true;
    m_listing.refresh();
}

// Tasks that an earlier run left running are followed at once, whichever session is shown. A session that
// another program has open is refused.
void WindowSessions::takeUpUnfinished(const QVector<Store::SessionSummary> &sessions)
{
    for (const Store::SessionSummary &session : sessions) {
        if (session.unfinishedTasks == 0 || m_open.find(session.id))
            continue;
        whenFinished(
            m_program.store.load(session.id), this, [this](const Result<Store::StoredSession> &stored) {
                if (const Result<QString> usable = usableFolder(stored ? stored->project : QString());
                    usable && !m_open.find(stored->id))
                    m_open.add(*usable, *stored);
            });
    }
}

QFuture<Result<QVector<Store::SessionHit>>> WindowSessions::search(const QString &text)
{
    return m_program.store.search(text);
}

QFuture<Result<void>> WindowSessions::refreshedAfter(const QFuture<Result<void>> &change)
{
    m_listing.refresh(); // the store answers in the order of the questions
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
    const Store::SessionSummary *listed = list().session(sessionId);
    const QString title = listed ? listed->title : QString();
    if (LoadedSession *open = m_open.find(sessionId))
        return writeExport(
            open->session().controller().history(), {sessionId, title, open->session().folder()}, path);
    return chain(
        m_program.store.load(sessionId), this, [title, path](const Result<Store::StoredSession> &stored) {
            return stored ? writeExport(stored->history, {stored->id, title, stored->project}, path)
                          : QtFuture::makeReadyFuture<Result<void>>(failure(stored.error()));
        });
}

QFuture<Result<void>> WindowSessions::setDeleted(const QString &sessionId, bool deleted)
{
    LoadedSession *open = deleted ? m_open.find(sessionId) : nullptr;
    if (open && open->isBusy()) {
        return QtFuture::makeReadyFuture<Result<void>>(
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
