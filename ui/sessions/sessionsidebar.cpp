// SPDX-License-Identifier: MIT
#include "ui/sessions/sessionsidebar.h"

#include "ui/sessions/sessionlist.h"
#include "ui/sessions/undobar.h"
#include "ui/widgets/icons.h"

#include <QAbstractItemDelegate>
#include <QAction>
#include <QApplication>
#include <QDir>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <chrono>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Models::SessionListModel;
using RowKind = SessionListModel::RowKind;

static constexpr int kTopHeight = 30;
static constexpr int kCharsBeforeHit = 8;

SessionSidebar::SessionSidebar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_searchDelay(new QTimer(this))
{
    setObjectName(u"sessionSidebar"_s);
    setAccessibleName(tr("Sessions"));
    m_searchDelay->setObjectName(u"searchDelay"_s);
    m_searchDelay->setSingleShot(true);
    m_searchDelay->setInterval(150ms);
    build();
    buildActions();
    connectAll();
    restyle();
    refresh();
}

SessionSidebar::~SessionSidebar()
{
    m_list->disconnect(this); // a title that is being edited would be reported while this is destroyed
}

void SessionSidebar::build()
{
    // In the order in which the Tab key goes.
    m_search = new QLineEdit(this);
    m_search->setObjectName(u"sessionSearch"_s);
    m_search->setPlaceholderText(tr("Search sessions"));
    m_search->setAccessibleName(tr("Search in titles and messages of all sessions"));
    m_search->setMinimumHeight(kTopHeight);
    m_clear = m_search->addAction(themedIcon(m_theme, u"x"_s), QLineEdit::TrailingPosition);
    m_clear->setObjectName(u"clearSearch"_s);
    m_clear->setText(tr("Clear the search"));
    m_clear->setToolTip(tr("Clear the search (Escape)"));
    m_clear->setVisible(false);
    m_search->installEventFilter(this);
    m_new = new QToolButton(this);
    m_new->setObjectName(u"newSession"_s);
    m_new->setIcon(themedIcon(m_theme, u"plus"_s));
    m_new->setAccessibleName(tr("New session"));
    m_new->setToolTip(tr("New session"));
    m_new->setFocusPolicy(Qt::StrongFocus);
    m_new->setFixedHeight(kTopHeight);
    m_list = new SessionList(m_theme, this);
    m_list->viewport()->installEventFilter(this);
    m_empty = new QLabel(this);
    m_empty->setObjectName(u"sessionsEmpty"_s);
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setMargin(24);
    m_undo = new UndoBar(m_theme, this);

    auto *top = new QHBoxLayout;
    top->setContentsMargins(8, 8, 8, 0);
    top->setSpacing(4);
    top->addWidget(m_search, 1);
    top->addWidget(m_new);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_list, 1);
    column->addWidget(m_empty, 1);
    column->addWidget(m_undo);
}

QAction *SessionSidebar::action(const QString &name, const QString &text, void (SessionSidebar::*slot)())
{
    auto *made = new QAction(text, this);
    made->setObjectName(name);
    // Not for the field in which a title is changed.
    made->setShortcutContext(Qt::WidgetShortcut);
    connect(made, &QAction::triggered, this, slot);
    m_list->addAction(made);
    return made;
}

void SessionSidebar::buildActions()
{
    m_rename = action(u"sessionRename"_s, tr("Rename"), &SessionSidebar::rename);
    m_rename->setShortcut(Qt::Key_F2);
    m_archive = action(u"sessionArchive"_s, tr("Archive"), &SessionSidebar::archive);
    m_export = action(u"sessionExport"_s, tr("Export…"), &SessionSidebar::exportSession);
    m_newHere = action(u"sessionNewHere"_s, tr("New session"), &SessionSidebar::newSession);
    m_delete = action(u"sessionDelete"_s, tr("Delete"), &SessionSidebar::deleteSession);
    m_delete->setShortcut(QKeySequence::Delete);
    // It acts in the list only, and a click leads on to the composer: there the key would do something else.
    m_delete->setShortcutVisibleInContextMenu(false);
    QAction *undo = action(u"sessionUndo"_s, tr("Undo"), &SessionSidebar::undo);
    undo->setShortcut(QKeySequence::Undo);
    m_menu = new QMenu(this);
    m_menu->setObjectName(u"sessionMenu"_s);
    m_menu->addActions({m_rename, m_archive, m_export});
    m_menu->addSeparator();
    m_menu->addAction(m_newHere);
    m_menu->addSeparator();
    m_menu->addAction(m_delete);
    // A menu of its own: keys of entries that are hidden from a menu do not work in the list either.
    m_projectMenu = new QMenu(this);
    m_projectMenu->setObjectName(u"projectMenu"_s);
    m_projectMenu->addAction(m_newHere);
}

void SessionSidebar::connectAll()
{
    connect(m_list, &SessionList::chosen, this, &SessionSidebar::choose);
    connect(m_list, &SessionList::titleEdited, this, &SessionSidebar::titleEdited);
    connect(m_list, &SessionList::menuRequested, this, &SessionSidebar::popUpMenu);
    // Queued: the list takes the focus when its field goes.
    connect(
        m_list->itemDelegate(), &QAbstractItemDelegate::closeEditor, this,
        [this] {
            if (m_focusBefore)
                m_focusBefore->setFocus();
            m_focusBefore = nullptr;
        },
        Qt::QueuedConnection);
    connect(m_new, &QToolButton::clicked, this, [this] { emit newSessionRequested({}); });
    connect(m_clear, &QAction::triggered, m_search, &QLineEdit::clear);
    connect(m_search, &QLineEdit::textChanged, this, &SessionSidebar::textChanged);
    connect(m_searchDelay, &QTimer::timeout, this, [this] { emit searchRequested(searchText()); });
    connect(m_undo, &UndoBar::undone, this, [this](const QString &sessionId) {
        m_list->setFocus();
        m_restoredId = sessionId;
        emit undoDeleteRequested(sessionId);
    });
    connect(&m_theme, &Theme::changed, this, &SessionSidebar::restyle);
}

void SessionSidebar::setModel(SessionListModel *model)
{
    if (m_model) {
        m_model->disconnect(this);
        m_model->holdOrder(false);
    }
    m_model = model;
    m_list->setModel(model);
    if (model) {
        connect(model, &QAbstractItemModel::rowsInserted, this, &SessionSidebar::rowsInserted);
        connect(model, &QAbstractItemModel::rowsRemoved, this, &SessionSidebar::rowsRemoved);
        connect(model, &QAbstractItemModel::dataChanged, this, &SessionSidebar::followCurrent);
        followCurrent();
    }
    refresh();
}

void SessionSidebar::rowsInserted()
{
    const int restored = m_restoredId.isEmpty() ? -1 : m_model->rowOf(m_restoredId);
    if (restored >= 0) {
        m_list->setCurrentIndex(m_model->index(restored));
        m_restoredId.clear();
    }
    followCurrent();
    refresh();
}

/// The keyboard begins where the window is.
void SessionSidebar::followCurrent()
{
    const QString current = m_model->current();
    const int row = current == m_followedId ? -1 : m_model->rowOf(current);
    if (row < 0)
        return;
    m_followedId = current;
    m_list->setCurrentIndex(m_model->index(row));
}

void SessionSidebar::rowsRemoved()
{
    if (!m_deletedId.isEmpty() && !m_model->session(m_deletedId)) {
        m_undo->offer(m_deletedId, m_deletedTitle);
        m_deletedId.clear();
    }
    refresh();
}

QString SessionSidebar::searchText() const
{
    return m_search->text().simplified();
}

// No focus proxy: the Tab key would go to it past the search field, or nowhere while it is hidden.
void SessionSidebar::focusList()
{
    if (m_list->isVisibleTo(this))
        m_list->setFocus(Qt::ShortcutFocusReason);
    else
        focusSearch();
}

void SessionSidebar::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void SessionSidebar::textChanged()
{
    m_clear->setVisible(!m_search->text().isEmpty());
    m_foundText.clear();
    if (!searchText().isEmpty()) {
        m_searchDelay->start();
        return;
    }
    m_searchDelay->stop();
    if (m_model)
        m_model->clearHits();
    refresh();
}

/// A line here shows few words: what was looked for is near its beginning.
static QString shortExcerpt(const QString &excerpt, const QString &text)
{
    const qsizetype at = excerpt.indexOf(text.section(u' ', 0, 0), 0, Qt::CaseInsensitive);
    if (at <= kCharsBeforeHit)
        return excerpt;
    const qsizetype word = excerpt.indexOf(u' ', at - kCharsBeforeHit) + 1;
    return u'…' + excerpt.mid(word > 0 && word <= at ? word : at);
}

void SessionSidebar::setHits(const QString &text, const QVector<Store::SessionHit> &hits)
{
    if (!m_model || text != searchText())
        return;
    m_foundText = text;
    QVector<Store::SessionHit> shown = hits;
    for (Store::SessionHit &hit : shown)
        hit.excerpt = shortExcerpt(hit.excerpt, text);
    m_model->setHits(shown);
    m_list->scrollToTop();
    refresh();
}

/// In the search field: what it has found is a key away. In the list: nothing moves under the pointer.
bool SessionSidebar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list->viewport()) {
        if (m_model && (event->type() == QEvent::Enter || event->type() == QEvent::Leave))
            m_model->holdOrder(event->type() == QEvent::Enter);
        return QWidget::eventFilter(watched, event);
    }
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down:
        if (m_list->selectFirst())
            m_list->setFocus();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_searchDelay->isActive()) {
            m_searchDelay->stop();
            emit searchRequested(searchText());
        } else if (!m_foundText.isEmpty() && m_list->selectFirst()) {
            choose(m_list->selectedIndex());
        }
        return true;
    case Qt::Key_Escape:
        if (m_search->text().isEmpty())
            break;
        m_search->clear();
        return true;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void SessionSidebar::choose(const QModelIndex &index)
{
    const QString sessionId = index.data(SessionListModel::SessionIdRole).toString();
    if (!sessionId.isEmpty())
        emit sessionActivated(sessionId);
    else if (RowKind(index.data(SessionListModel::KindRole).toInt()) == RowKind::Archive)
        m_model->setUnfolded(index.data(SessionListModel::ProjectRole).toString(),
            !index.data(SessionListModel::IsUnfoldedRole).toBool());
}

QString SessionSidebar::selectedId() const
{
    return m_list->selectedIndex().data(SessionListModel::SessionIdRole).toString();
}

void SessionSidebar::rename()
{
    if (!selectedId().isEmpty())
        m_list->edit(m_list->selectedIndex());
}

void SessionSidebar::renameShown()
{
    const int row = m_model ? m_model->rowOf(m_model->current()) : -1;
    if (row < 0)
        return;
    m_focusBefore = QApplication::focusWidget();
    m_list->setCurrentIndex(m_model->index(row));
    rename();
}

void SessionSidebar::titleEdited(const QString &sessionId, const QString &title)
{
    // The old title would flash while the new one is stored.
    if (const Store::SessionSummary *known = m_model->session(sessionId)) {
        Store::SessionSummary renamed = *known;
        renamed.title = title;
        m_model->addOrUpdate(renamed);
    }
    emit renameRequested(sessionId, title);
}

void SessionSidebar::archive()
{
    const bool isArchived = m_list->selectedIndex().data(SessionListModel::IsArchivedRole).toBool();
    if (const QString sessionId = selectedId(); !sessionId.isEmpty())
        emit archiveRequested(sessionId, !isArchived);
}

void SessionSidebar::exportSession()
{
    if (const QString sessionId = selectedId(); !sessionId.isEmpty())
        emit exportRequested(sessionId);
}

void SessionSidebar::deleteSession()
{
    const QString sessionId = selectedId();
    if (sessionId.isEmpty())
        return;
    m_deletedId = sessionId;
    m_deletedTitle = m_list->selectedIndex().data().toString();
    emit deleteRequested(sessionId);
}

void SessionSidebar::newSession()
{
    emit newSessionRequested(m_menuProject);
}

void SessionSidebar::undo()
{
    m_undo->undo();
}

void SessionSidebar::popUpMenu(const QModelIndex &index, const QPoint &globalPosition)
{
    const bool isSession = !index.data(SessionListModel::SessionIdRole).toString().isEmpty();
    m_archive->setText(
        index.data(SessionListModel::IsArchivedRole).toBool() ? tr("Unarchive") : tr("Archive"));
    m_menuProject = index.data(SessionListModel::ProjectRole).toString();
    QString name = QDir(m_menuProject).dirName();
    m_newHere->setText(tr("New session in %1").arg(name.replace(u'&', u"&&"_s)));
    (isSession ? m_menu : m_projectMenu)->popup(globalPosition);
}

void SessionSidebar::refresh()
{
    const SessionListModel *model = m_model;
    const bool isShown = model && model->rowCount() > 0;
    m_list->setVisible(isShown);
    m_empty->setVisible(!isShown);
    m_empty->setText(model && model->isFiltered() ? tr("Nothing found for “%1”").arg(m_foundText)
                                                  : tr("Sessions of all projects appear here"));
}

void SessionSidebar::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), m_theme.tokens().side);
}

void SessionSidebar::restyle()
{
    QPalette dim;
    dim.setColor(QPalette::WindowText, m_theme.tokens().dim);
    m_empty->setPalette(dim);
    update();
}

} // namespace Meanwhile::Ui
