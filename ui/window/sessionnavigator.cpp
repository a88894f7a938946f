// SPDX-License-Identifier: MIT
#include "ui/window/sessionnavigator.h"

#include "base/whenfinished.h"
#include "conversation/exporttext.h"
#include "models/sessionlistmodel.h"
#include "ui/sessions/sessionsidebar.h"
#include "ui/widgets/pathtext.h"
#include "ui/window/sidebarpanes.h"
#include "ui/window/windowactions.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

SessionNavigator::SessionNavigator(Sessions &sessions, QWidget &window)
    : QObject(&window)
    , m_sessions(sessions)
    , m_window(window)
{
}

void SessionNavigator::serve(SessionSidebar &sidebar)
{
    sidebar.setModel(&m_sessions.list());
    connect(&sidebar, &SessionSidebar::sessionActivated, this, [this, &sidebar](const QString &id) {
        showWhenOpen(
            m_sessions.resume(id), {}, {m_sessions.list().foundMessage(id), sidebar.searchText(), {}});
    });
    connect(&sidebar, &SessionSidebar::newSessionRequested, this, [this](const QString &folder) {
        if (folder.isEmpty())
            emit newRequested();
        else
            begin(folder);
    });
    connect(&sidebar, &SessionSidebar::searchRequested, this,
        [this, &sidebar](const QString &text) { search(sidebar, text); });
    connect(&sidebar, &SessionSidebar::renameRequested, this,
        [this](const QString &id, const QString &title) { tellFailure(m_sessions.rename(id, title)); });
    connect(&sidebar, &SessionSidebar::archiveRequested, this,
        [this](const QString &id, bool archived) { tellFailure(m_sessions.setArchived(id, archived)); });
    connect(&sidebar, &SessionSidebar::exportRequested, this, &SessionNavigator::exportSession);
    connect(&sidebar, &SessionSidebar::deleteRequested, this, &SessionNavigator::remove);
    connect(&sidebar, &SessionSidebar::undoDeleteRequested, this,
        [this](const QString &id) { tellFailure(m_sessions.setDeleted(id, false)); });
}

void SessionNavigator::serve(WindowActions &actions, SessionSidebar &sidebar, SidebarPanes &panes)
{
    connect(&actions, &WindowActions::sidebarToggled, &sidebar, [&sidebar, &panes] {
        if (panes.isSidebarVisible())
            sidebar.focusList();
    });
    connect(&actions, &WindowActions::searchRequested, &sidebar, [&sidebar, &panes] {
        panes.setSidebarVisible(true);
        sidebar.focusSearch();
    });
}

void SessionNavigator::search(SessionSidebar &sidebar, const QString &text)
{
    whenFinished(
        m_sessions.search(text), &sidebar, [&sidebar, text](const Result<QVector<Store::SessionHit>> &hits) {
            sidebar.setHits(text, hits.value_or(QVector<Store::SessionHit>()));
        });
}

void SessionNavigator::remove(const QString &sessionId)
{
    whenFinished(m_sessions.setDeleted(sessionId, true), this, [this, sessionId](const Result<void> &done) {
        if (done)
            emit deleted(sessionId);
        else
            emit failed(done.error().message, {});
    });
}

void SessionNavigator::tellFailure(const QFuture<Result<void>> &change)
{
    whenFinished(change, this, [this](const Result<void> &done) {
        if (!done)
            emit failed(done.error().message, {});
    });
}

void SessionNavigator::exportSession(const QString &sessionId)
{
    const Store::SessionSummary *session = m_sessions.list().session(sessionId);
    const QString name = Conversation::fileNameFor(session ? session->title : QString());
    auto *dialog = new QFileDialog(&m_window, tr("Export Session"), QDir::home().filePath(name + u".md"_s),
        tr("Markdown (*.md);;JSON (*.json)"));
    dialog->setObjectName(u"exportDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"md"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        const QString suffix = filter.contains(u"json"_s) ? u"json"_s : u"md"_s;
        dialog->setDefaultSuffix(suffix);
        const QFileInfo chosen(dialog->selectedFiles().value(0));
        dialog->selectFile(chosen.completeBaseName() + u'.' + suffix);
    });
    connect(dialog, &QFileDialog::fileSelected, this,
        [this, sessionId](const QString &path) { write(sessionId, path); });
    dialog->open();
}

void SessionNavigator::write(const QString &sessionId, const QString &path)
{
    whenFinished(m_sessions.exportTo(sessionId, path), this, [this, path](const Result<void> &done) {
        if (done)
            emit toldOfSession(tr("The session was exported to %1.").arg(folderForPeople(path)));
        else
            emit failed(done.error().message, {});
    });
}

void SessionNavigator::begin(const QString &folder)
{
    forget();
    const Result<OpenSession> begun = m_sessions.begin(folder);
    if (begun)
        emit opened(*begun, {}, {});
    else
        emit failed(begun.error().message, {});
}

void SessionNavigator::resume(const QString &sessionId, const GivenWords &words, const FoundPlace &place)
{
    showWhenOpen(m_sessions.resume(sessionId), words, place);
}

void SessionNavigator::resumeNewest(const QString &folder, const GivenWords &words)
{
    showWhenOpen(m_sessions.resumeNewest(folder), words);
}

void SessionNavigator::reopen(const QString &folder, const GivenWords &words)
{
    whenFinished(m_sessions.resumeNewest(folder), this,
        [this, folder, words, asked = ++m_asked](const Result<OpenSession> &session) {
            if (asked != m_asked)
                return keepUnsent(words);
            if (!session && session.error().kind != ErrorKind::NotFound)
                emit told(session.error().message);
            const Result<OpenSession> shown = session ? session : m_sessions.begin(folder);
            if (shown)
                emit opened(*shown, words, {});
            else
                emit failed(shown.error().message, words);
        });
}

void SessionNavigator::lookAt(const QString &sessionId)
{
    whenFinished(m_sessions.resume(sessionId), this, [this](const Result<OpenSession> &session) {
        if (session)
            emit lookedAt(*session);
    });
}

void SessionNavigator::chooseNewPlace(const QString &sessionId)
{
    auto *dialog = new QFileDialog(&m_window, tr("Choose the Project's New Location"), QDir::homePath());
    dialog->setObjectName(u"newPlaceDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(
        dialog, &QFileDialog::rejected, this, [this, sessionId] { emit newPlaceNotTaken(sessionId, {}); });
    connect(dialog, &QFileDialog::fileSelected, this, [this, sessionId](const QString &folder) {
        const QFuture<Result<OpenSession>> moving = m_sessions.moveTo(sessionId, folder);
        whenFinished(moving, this, [this, sessionId, asked = ++m_asked](const Result<OpenSession> &session) {
            if (!session)
                emit newPlaceNotTaken(sessionId, session.error().message);
            else if (asked == m_asked)
                emit opened(*session, {}, {});
        });
    });
    dialog->open();
}

void SessionNavigator::fork(const QString &sessionId, const QString &rowId)
{
    showWhenOpen(m_sessions.fork(sessionId, rowId));
}

void SessionNavigator::showWhenOpen(
    const QFuture<Result<OpenSession>> &opening, const GivenWords &words, const FoundPlace &place)
{
    whenFinished(opening, this, [this, words, place, asked = ++m_asked](const Result<OpenSession> &session) {
        if (!session)
            emit failed(session.error().message, words);
        else if (asked == m_asked)
            emit opened(*session, words, place);
        else
            keepUnsent(words);
    });
}

void SessionNavigator::keepUnsent(const GivenWords &words)
{
    if (!words.isEmpty())
        emit failed(tr("Another session was opened meanwhile. Your message was not sent."), words);
}

} // namespace Meanwhile::Ui
