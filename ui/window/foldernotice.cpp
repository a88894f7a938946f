// SPDX-License-Identifier: MIT
#include "ui/window/foldernotice.h"

#include "ui/window/sessionnavigator.h"

#include <QFileInfo>

#include <chrono>

namespace Meanwhile::Ui {

static constexpr std::chrono::milliseconds kLooksEvery{500};

FolderNotice::FolderNotice(MessageBar &bar, SessionNavigator &navigator, MessageBar::Answer openFolder,
    std::function<void(const QString &)> useFolder, QObject *parent)
    : QObject(parent)
    , m_bar(bar)
    , m_navigator(navigator)
    , m_openFolder(std::move(openFolder))
    , m_useFolder(std::move(useFolder))
{
    connect(&navigator, &SessionNavigator::newPlaceNotTaken, this,
        [this](const QString &sessionId, const QString &why) {
            if (sessionId == m_session.sessionId)
                ask(why.isEmpty() ? m_session.notice : why);
        });
    connect(&navigator, &SessionNavigator::lookedAt, this, &FolderNotice::update);
    m_looking.setSingleShot(true);
    m_looking.setInterval(kLooksEvery);
    connect(&m_looking, &QTimer::timeout, this, &FolderNotice::look);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, [this] {
        if (!m_looking.isActive())
            m_looking.start();
    });
}

void FolderNotice::show(const OpenSession &session)
{
    m_session = session;
    watch();
    if (!session.notice.isEmpty())
        ask(session.notice);
}

void FolderNotice::update(const OpenSession &session)
{
    if (session.sessionId != m_session.sessionId)
        return;
    const bool isNews = session.notice != m_session.notice;
    if (isNews && session.notice.isEmpty())
        m_bar.forgetSession();
    if (isNews)
        show(session);
    else
        watch();
}

// As long as there is nothing, the session need not be asked.
void FolderNotice::look()
{
    if (m_session.isFolderReplaced || QFileInfo(m_session.folder).isDir())
        m_navigator.lookAt(m_session.sessionId);
    else
        watch();
}

// What comes back is noticed where it was; of what is missing above it too, at the next higher folder.
void FolderNotice::watch()
{
    if (!m_watcher.directories().isEmpty())
        m_watcher.removePaths(m_watcher.directories());
    if (!m_session.isFolderGone && !m_session.isFolderReplaced)
        return;
    QFileInfo above(QFileInfo(m_session.folder).path());
    while (!above.isDir() && above.filePath() != above.path())
        above.setFile(above.path());
    m_watcher.addPath(above.filePath());
}

void FolderNotice::ask(const QString &text)
{
    const MessageBar::Answer choose{
        tr("Choose New Location…"), [this] { m_navigator.chooseNewPlace(m_session.sessionId); }};
    if (m_session.isFolderReplaced)
        m_bar.tellOfSession(text, choose, {tr("Use This Folder"), [this] { m_useFolder(m_session.folder); }});
    else
        m_bar.tellOfSession(text, m_session.isFolderGone ? choose : m_openFolder);
}

} // namespace Meanwhile::Ui
