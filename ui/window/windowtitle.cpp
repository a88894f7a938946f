// SPDX-License-Identifier: MIT
#include "ui/window/windowtitle.h"

#include "models/sessionlistmodel.h"
#include "models/visibletext.h"

#include <QFileInfo>
#include <QWidget>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static constexpr qsizetype kMaxTitleChars = 80;

WindowTitle::WindowTitle(QWidget &window, Models::SessionListModel &list)
    : QObject(&window)
    , m_window(window)
    , m_list(list)
{
    window.setWindowTitle(u"Meanwhile"_s);
    connect(&list, &QAbstractItemModel::dataChanged, this, &WindowTitle::refresh);
    connect(&list, &QAbstractItemModel::rowsInserted, this, &WindowTitle::refresh);
}

void WindowTitle::setFolder(const QString &folder)
{
    m_folder = folder;
    refresh();
}

void WindowTitle::refresh()
{
    if (m_folder.isEmpty())
        return;
    const QString project = Models::visibleLine(QFileInfo(m_folder).fileName(), kMaxTitleChars);
    const Store::SessionSummary *session = m_list.session(m_list.current());
    const QString title = session ? Models::visibleLine(session->title, kMaxTitleChars) : QString();
    const QString words =
        title.isEmpty() ? tr("%1 · Meanwhile").arg(project) : tr("%1 · %2 · Meanwhile").arg(title, project);
    if (words != m_window.windowTitle())
        m_window.setWindowTitle(words);
}

} // namespace Meanwhile::Ui
