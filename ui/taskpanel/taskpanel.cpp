// SPDX-License-Identifier: MIT
#include "ui/taskpanel/taskpanel.h"

#include "models/taskstatus.h"
#include "models/visibletext.h"
#include "ui/taskpanel/logview.h"
#include "ui/taskpanel/taskfiltermodel.h"
#include "ui/taskpanel/tasklogsource.h"
#include "ui/taskpanel/tasktable.h"
#include "ui/widgets/clearbutton.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDataStream>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Models::TaskTableModel;
using Models::Tone;

static LogSourceFactory taskLogs()
{
    return [](const Tasks::Task &task) { return std::make_shared<TaskLogSource>(task.logPath); };
}

TaskPanel::TaskPanel(const Theme &theme, LogSourceFactory sources, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_filter(new TaskFilterModel(this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_summaryTimer(new QTimer(this))
    , m_armTimer(new QTimer(this))
    , m_stoppingTimer(new QTimer(this))
{
    setObjectName(u"taskPanel"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_summaryTimer->setSingleShot(true);
    m_armTimer->setSingleShot(true);
    m_armTimer->setInterval(4s);
    m_stoppingTimer->setSingleShot(true);
    m_stoppingTimer->setInterval(6s);
    build(sources ? std::move(sources) : taskLogs());
    buildActions();
    connectAll();
    refreshSummary();
    refreshActions();
}

void TaskPanel::build(LogSourceFactory sources)
{
    // In the order in which the Tab key goes.
    QWidget *header = buildHeader();
    QWidget *filterRow = buildFilterRow();
    m_table = new TaskTable(m_theme, m_splitter);
    connect(m_table, &TaskTable::folded, m_filter, &TaskFilterModel::setShortHeads);
    m_table->setModel(m_filter);
    m_table->addAction(m_filterAction);
    m_log = new LogPane(m_theme, std::move(sources), m_splitter);
    m_noMatch = new QLabel(tr("No tasks match the filter"), m_table);
    m_noMatch->setObjectName(u"taskNoMatch"_s);
    m_noMatch->setAlignment(Qt::AlignCenter);
    m_noMatch->setProperty("dim", true);
    auto *overTable = new QVBoxLayout(m_table);
    overTable->addWidget(m_noMatch);
    m_noMatch->hide();

    m_empty = new QLabel(tr("Long-running commands appear here"), this);
    m_empty->setObjectName(u"taskEmpty"_s);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setMargin(48);
    m_empty->setProperty("dim", true);

    m_splitter->setObjectName(u"taskSplitter"_s);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_log);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
    m_table->setMinimumHeight(56); // the whole window fits a screen of little height
    m_log->setMinimumHeight(72);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header);
    column->addWidget(filterRow);
    column->addWidget(m_empty, 1);
    column->addWidget(m_splitter, 1);
}

QWidget *TaskPanel::buildHeader()
{
    auto *header = new QWidget(this);
    header->setFixedHeight(39);
    auto *title = new QLabel(tr("Tasks"), header);
    QFont bold = font();
    bold.setBold(true);
    title->setFont(bold);
    m_summary = new QLabel(header);
    m_summary->setObjectName(u"taskSummary"_s);
    m_summary->setProperty("dim", true);
    m_hint = new QLabel(header);
    m_hint->setObjectName(u"taskHint"_s);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->hide();
    m_filterAction = action(u"taskFilterAction"_s, tr("Filter"));
    m_filterAction->setCheckable(true);
    m_filterAction->setShortcut(QKeySequence::Find);
    m_filterAction->setToolTip(tr("Filter tasks (Ctrl+F)"));
    m_filterButton = new QPushButton(m_filterAction->text(), header);
    m_filterButton->setObjectName(u"taskFilterButton"_s);
    m_filterButton->setToolTip(m_filterAction->toolTip());
    m_filterButton->setCheckable(true);
    m_filterButton->setAutoDefault(false);
    connect(m_filterButton, &QPushButton::clicked, m_filterAction, &QAction::setChecked);
    connect(m_filterAction, &QAction::toggled, m_filterButton, &QPushButton::setChecked);
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(8);
    row->addWidget(title);
    row->addWidget(m_summary);
    row->addWidget(m_hint);
    row->addStretch(1);
    row->addWidget(m_filterButton);
    return header;
}

QWidget *TaskPanel::buildFilterRow()
{
    m_filterRow = new QWidget(this);
    m_filterRow->setObjectName(u"taskFilterRow"_s);
    m_filterText = new QLineEdit(m_filterRow);
    m_filterText->setObjectName(u"taskFilterText"_s);
    m_filterText->setPlaceholderText(tr("Filter by command, output or state"));
    m_filterText->setAccessibleName(tr("Filter tasks by text"));
    offerClearing(*m_filterText);
    m_filterStates = new QComboBox(m_filterRow);
    m_filterStates->setObjectName(u"taskFilterStates"_s);
    m_filterStates->setAccessibleName(tr("Filter tasks by state"));
    m_filterStates->addItem(tr("All"), int(TaskFilterModel::States::All));
    m_filterStates->addItem(tr("Running"), int(TaskFilterModel::States::Live));
    m_filterStates->addItem(tr("Failed"), int(TaskFilterModel::States::Failed));
    m_filterStates->addItem(tr("Done"), int(TaskFilterModel::States::Done));
    auto *row = new QHBoxLayout(m_filterRow);
    row->setContentsMargins(12, 0, 12, 8);
    row->setSpacing(8);
    row->addWidget(m_filterText, 1);
    row->addWidget(m_filterStates);
    auto *close = new QAction(m_filterRow);
    close->setShortcut(Qt::Key_Escape);
    close->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(close, &QAction::triggered, this, [this] { m_filterAction->setChecked(false); });
    m_filterRow->addAction(close);
    m_filterRow->hide();
    return m_filterRow;
}

QAction *TaskPanel::action(const QString &name, const QString &text)
{
    auto *made = new QAction(text, this);
    made->setObjectName(name);
    made->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    return made;
}

void TaskPanel::buildActions()
{
    m_menu = new QMenu(this);
    m_menu->setObjectName(u"taskMenu"_s);
    m_stop = action(u"taskStop"_s, tr("Stop"));
    m_showLog = action(u"taskShowLog"_s, tr("Show log"));
    m_copy = action(u"taskCopyCommand"_s, tr("Copy command"));
    m_copy->setShortcut(QKeySequence::Copy);
    m_table->addAction(m_copy);
    m_runAgain = action(u"taskRunAgain"_s, tr("Run again"));
    m_background = action(u"taskBackground"_s, tr("Continue in background"));
    m_menu->addAction(m_showLog);
    m_menu->addAction(m_background);
    m_menu->addAction(m_stop);
    m_menu->addSeparator();
    m_menu->addAction(m_copy);
    m_menu->addAction(m_runAgain);
}

void TaskPanel::connectAll()
{
    connect(m_stop, &QAction::triggered, this, [this] { request(StopTask{selectedTaskId()}); });
    connect(m_showLog, &QAction::triggered, this, [this] { m_log->view()->setFocus(); });
    connect(m_copy, &QAction::triggered, this, [this] {
        if (const auto task = selectedTask())
            QApplication::clipboard()->setText(task->spec.command);
    });
    connect(m_runAgain, &QAction::triggered, this, [this] {
        if (const auto task = selectedTask())
            request(RunAgain{task->id, task->spec.command});
    });
    connect(
        m_background, &QAction::triggered, this, [this] { request(ContinueInBackground{selectedTaskId()}); });
    connect(m_log, &LogPane::commanded, this, &TaskPanel::request);
    connect(m_log, &LogPane::wrappingChosen, this, &TaskPanel::viewChanged);
    connect(m_table, &TaskTable::widthsChosen, this, &TaskPanel::viewChanged);
    connect(m_table, &TaskTable::selectedTaskChanged, this, &TaskPanel::selectionMoved);
    connect(m_table, &TaskTable::showLogRequested, m_showLog, &QAction::trigger);
    connect(m_table, &TaskTable::stopKeyPressed, this, &TaskPanel::stopKeyPressed);
    connect(m_table, &TaskTable::menuRequested, this, &TaskPanel::popUpMenu);
    connect(m_filterAction, &QAction::toggled, this, &TaskPanel::toggleFilter);
    connect(m_filterText, &QLineEdit::textChanged, m_filter, &TaskFilterModel::setText);
    connect(m_filterStates, &QComboBox::currentIndexChanged, this,
        [this] { m_filter->setStates(TaskFilterModel::States(m_filterStates->currentData().toInt())); });
    connect(m_summaryTimer, &QTimer::timeout, this, &TaskPanel::refreshSummary);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_filter, signal, m_summaryTimer, qOverload<>(&QTimer::start));
    connect(m_filter, &QAbstractItemModel::modelReset, m_summaryTimer, qOverload<>(&QTimer::start));
    connect(m_armTimer, &QTimer::timeout, m_hint, &QLabel::hide);
    connect(m_stoppingTimer, &QTimer::timeout, this, [this] { m_log->setStopping(false); });
}

void TaskPanel::setModel(TaskTableModel *model)
{
    if (m_model)
        m_model->disconnect(this);
    m_model = model;
    m_personChose = false;
    m_selectedId.clear();
    m_runAgainCommand.clear();
    m_filter->setSourceModel(model);
    m_log->clearTask();
    if (model) {
        connect(model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int, int last) { taskAdded(last); });
        connect(model, &QAbstractItemModel::dataChanged, this, &TaskPanel::tasksChanged);
        if (model->rowCount() > 0)
            taskAdded(model->rowCount() - 1);
    }
    refreshSummary();
    refreshActions();
}

void TaskPanel::taskAdded(int sourceRow)
{
    const auto current = selectedTask();
    const auto added = m_model->index(sourceRow, 0).data(TaskTableModel::TaskRole).value<Tasks::Task>();
    const bool isAskedFor = !m_runAgainCommand.isEmpty() && added.spec.command == m_runAgainCommand;
    if (isAskedFor)
        m_runAgainCommand.clear();
    if (!current || isAskedFor || (current->hasEnded() && !m_personChose))
        selectRow(sourceRow);
    m_summaryTimer->start();
}

void TaskPanel::tasksChanged(const QModelIndex &first, const QModelIndex &last)
{
    // The tick of the elapsed times and the news of a delivery change nothing here.
    if (first.column() != TaskTableModel::StateColumn)
        return;
    m_summaryTimer->start();
    const int selected = m_model->rowOf(selectedTaskId());
    if (selected < first.row() || selected > last.row())
        return;
    m_log->setTask(*selectedTask());
    refreshActions();
}

std::optional<Tasks::Task> TaskPanel::selectedTask() const
{
    const int row = m_model ? m_model->rowOf(selectedTaskId()) : -1;
    if (row < 0)
        return {};
    return m_model->index(row, 0).data(TaskTableModel::TaskRole).value<Tasks::Task>();
}

QString TaskPanel::selectedTaskId() const
{
    return m_table->selectedTaskId();
}

void TaskPanel::selectRow(int sourceRow)
{
    const QScopedValueRollback selecting(m_selecting, true);
    const QModelIndex shown = m_filter->mapFromSource(m_model->index(sourceRow, 0));
    if (!shown.isValid())
        return;
    m_table->selectRow(shown.row());
    m_table->scrollTo(shown);
}

bool TaskPanel::showTask(const QString &taskId)
{
    const int row = m_model ? m_model->rowOf(taskId) : -1;
    if (row < 0)
        return false;
    if (!m_filter->mapFromSource(m_model->index(row, 0)).isValid())
        m_filterAction->setChecked(false);
    selectRow(row);
    m_personChose = true;
    return true;
}

void TaskPanel::selectionMoved()
{
    // The view reports a change also when rows before the selected one come or go.
    const QString id = selectedTaskId();
    if (id == m_selectedId)
        return;
    m_selectedId = id;
    m_personChose = !m_selecting && !id.isEmpty();
    m_armTimer->stop();
    m_hint->hide();
    if (const auto task = selectedTask())
        m_log->setTask(*task);
    else
        m_log->clearTask();
    refreshActions();
}

void TaskPanel::refreshActions()
{
    const auto task = selectedTask();
    m_stop->setEnabled(task && Models::canBeStopped(*task));
    for (QAction *one : {m_showLog, m_copy, m_runAgain})
        one->setEnabled(task.has_value());
    m_background->setVisible(task && task->spec.foreground && !task->hasEnded());
}

void TaskPanel::refreshSummary()
{
    const TaskTableModel *model = m_model;
    const int rows = model ? model->rowCount() : 0;
    const int running = model ? model->count(Tone::Active) : 0;
    const int queued = model ? model->count(Tone::Waiting) : 0;
    const int failed = model ? model->count(Tone::Failed) + model->count(Tone::Unknown) : 0;
    QStringList parts;
    if (running > 0)
        parts += tr("%1 running").arg(running);
    if (queued > 0)
        parts += tr("%1 queued").arg(queued);
    if (failed > 0)
        parts += tr("%1 failed").arg(failed);
    if (parts.isEmpty() && rows > 0)
        parts += rows == 1 ? tr("1 ended") : tr("%1 ended").arg(rows);
    m_summary->setText(parts.join(u", "_s));
    m_filterButton->setVisible(rows > 0);
    m_empty->setVisible(rows == 0);
    m_splitter->setVisible(rows > 0);
    m_noMatch->setVisible(rows > 0 && m_filter->rowCount() == 0);
}

void TaskPanel::toggleFilter(bool show)
{
    m_filterRow->setVisible(show);
    if (show) {
        m_filterText->setFocus(Qt::ShortcutFocusReason);
        return;
    }
    m_filterText->clear();
    m_filterStates->setCurrentIndex(0);
    m_table->setFocus();
}

void TaskPanel::stopKeyPressed()
{
    const auto task = selectedTask();
    if (!task || !Models::canBeStopped(*task))
        return;
    // A key is pressed by mistake more easily than a button: the second press does it.
    if (m_armTimer->isActive()) {
        m_armTimer->stop();
        m_hint->hide();
        request(StopTask{task->id});
        return;
    }
    m_hint->setText(tr("Press Delete again to stop it"));
    m_hint->show();
    m_armTimer->start();
}

void TaskPanel::request(const SessionCommand &command)
{
    if (const auto *stop = std::get_if<StopTask>(&command))
        showStopping(stop->taskId);
    else if (const auto *again = std::get_if<RunAgain>(&command))
        m_runAgainCommand = again->command;
    emit commanded(command);
}

void TaskPanel::showStopping(const QString &taskId)
{
    if (taskId != selectedTaskId())
        return;
    m_log->setStopping(true);
    m_stoppingTimer->start();
}

QByteArray TaskPanel::saveView() const
{
    const QMap<bool, QVector<int>> widths = m_table->chosenWidths();
    QByteArray view;
    QDataStream stream(&view, QIODevice::WriteOnly);
    stream << widths.value(true) << widths.value(false) << m_log->isWrapping();
    return view;
}

void TaskPanel::restoreView(const QByteArray &view)
{
    QVector<int> folded;
    QVector<int> wide;
    bool wraps = true;
    QDataStream stream(view);
    stream >> folded >> wide >> wraps;
    if (stream.status() != QDataStream::Ok)
        return;
    m_table->setChosenWidths({{true, folded}, {false, wide}});
    m_log->setWrapping(wraps);
}

void TaskPanel::popUpMenu(const QPoint &globalPosition)
{
    if (!selectedTask())
        return;
    refreshActions();
    m_menu->popup(globalPosition);
}

} // namespace Meanwhile::Ui
