// SPDX-License-Identifier: MIT
#include "ui/foldernotice.h"

#include "ui/sessionnavigator.h"

namespace Meanwhile::Ui {

FolderNotice::FolderNotice(
    MessageBar &bar, SessionNavigator &navigator, MessageBar::Answer openFolder, QObject *parent)
    : QObject(parent)
    , m_bar(bar)
    , m_navigator(navigator)
    , m_openFolder(std::move(openFolder))
{
    connect(&navigator, &SessionNavigator::newPlaceNotTaken, this,
        [this](const QString &sessionId, const QString &why) {
            if (sessionId == m_session.sessionId)
                ask(why.isEmpty() ? m_session.notice : why);
        });
}

void FolderNotice::show(const Project &session)
{
    m_session = session;
    if (!session.notice.isEmpty())
        ask(session.notice);
}

void FolderNotice::update(const Project &session)
{
    if (session.sessionId == m_session.sessionId)
        show(session);
}

void FolderNotice::ask(const QString &text)
{
    const auto choose = [this] { m_navigator.chooseNewPlace(m_session.sessionId); };
    m_bar.tellOfSession(text,
        m_session.isFolderGone ? MessageBar::Answer{tr("Choose Its New Place…"), choose} : m_openFolder);
}

} // namespace Meanwhile::Ui
