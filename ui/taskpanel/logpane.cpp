// SPDX-License-Identifier: MIT
#include "ui/taskpanel/logpane.h"

#include "base/textlimits.h"
#include "models/taskstatus.h"
#include "models/visibletext.h"
#include "ui/taskpanel/findbar.h"
#include "ui/taskpanel/findinlog.h"
#include "ui/taskpanel/logfeed.h"
#include "ui/taskpanel/logview.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/restingbutton.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

LogPane::LogPane(const Theme &theme, LogSourceFactory sources, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_sources(std::move(sources))
    , m_feed(new LogFeed(this))
    , m_command(new ElidedLabel(this))
    , m_size(new QLabel(this))
    , m_description(new ElidedLabel(this))
    , m_follow(button(u"logFollow"_s, tr("Follow"), tr("Keep the newest line visible (End)")))
    , m_wrap(button(u"logWrap"_s, tr("Wrap"), tr("Break long lines at the window's edge")))
    , m_find(button(u"logFind"_s, tr("Find"), tr("Find in this log (Ctrl+F)")))
    , m_stop(button(u"logStop"_s, tr("Stop"), tr("End this command and everything it started")))
    , m_stopRest(new RestingButton(*m_stop))
    , m_changes(new QWidget(this))
    , m_changesText(new ElidedLabel(m_changes))
    , m_runAgain(button(u"logRunAgain"_s, tr("Run again"), tr("Run this command again as a new task")))
    , m_findBar(new FindBar(this))
    , m_earlier(lineButton(u"logEarlier"_s, tr("Show earlier output"), tr("Read further back in this log")))
    , m_view(new LogView(theme, this))
    , m_later(lineButton(u"logLater"_s, tr("Show later output"), tr("Read on in this log")))
    , m_finding(new FindInLog(*m_findBar, *m_view, *m_feed, this))
{
    setObjectName(u"logPane"_s);
    build();
    connectAll();
    clearTask();
}

QPushButton *LogPane::button(const QString &name, const QString &text, const QString &toolTip)
{
    auto *made = new QPushButton(text, this);
    made->setObjectName(name);
    made->setToolTip(toolTip);
    made->setAutoDefault(false);
    return made;
}

QPushButton *LogPane::lineButton(const QString &name, const QString &text, const QString &toolTip)
{
    QPushButton *made = button(name, text, toolTip);
    made->setFlat(true);
    made->setProperty("line", true);
    made->hide();
    return made;
}

void LogPane::build()
{
    m_command->setObjectName(u"logCommand"_s);
    m_command->setFont(Theme::codeFont());
    m_size->setObjectName(u"logSize"_s);
    m_size->setProperty("dim", true);
    m_description->setObjectName(u"logDescription"_s);
    m_description->setFont(Theme::dimFont());
    m_description->setProperty("dim", true);
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    m_wrap->setCheckable(true);
    m_wrap->setChecked(true);
    m_findBar->hide();
    buildChanges();
    auto *rule = new QFrame(this);
    rule->setObjectName(u"logRule"_s);
    rule->setFixedHeight(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(buildHeader());
    column->addWidget(m_changes);
    column->addWidget(m_findBar);
    column->addWidget(rule);
    column->addWidget(m_earlier);
    column->addWidget(m_view, 1);
    column->addWidget(m_later);
}

// The command has a line of its own; beside the buttons little of it would be seen.
QLayout *LogPane::buildHeader()
{
    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_command);
    first->addStretch(1);
    first->addWidget(m_size);
    auto *second = new QHBoxLayout;
    second->setSpacing(8);
    second->addWidget(m_description, 1);
    second->addWidget(m_follow);
    second->addWidget(m_wrap);
    second->addWidget(m_find);
    second->addWidget(m_stop);
    auto *header = new QVBoxLayout;
    header->setContentsMargins(12, 6, 12, 7);
    header->setSpacing(4);
    header->addLayout(first);
    header->addLayout(second);
    return header;
}

bool LogPane::isWrapping() const
{
    return m_wrap->isChecked();
}

void LogPane::setWrapping(bool wraps)
{
    m_wrap->setChecked(wraps);
}

void LogPane::buildChanges()
{
    m_changes->setObjectName(u"logChanges"_s);
    m_changes->setAttribute(Qt::WA_StyledBackground);
    m_changesText->setObjectName(u"logChangesText"_s);
    m_changesText->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *row = new QHBoxLayout(m_changes);
    row->setContentsMargins(12, 5, 12, 5);
    row->setSpacing(8);
    row->addWidget(m_changesText, 1);
    row->addWidget(m_runAgain);
    m_changes->hide();
}

void LogPane::connectAll()
{
    connect(m_runAgain, &QPushButton::clicked, this, [this] {
        emit commanded(RunAgain{m_task.id, m_task.spec.command});
    });
    connectView();
    connect(m_wrap, &QPushButton::toggled, m_view, &LogView::setWrapping);
    connect(m_wrap, &QPushButton::clicked, this, &LogPane::wrappingChosen);
    connect(m_stopRest, &RestingButton::clicked, this, [this] { emit commanded(StopTask{m_task.id}); });
    connect(m_find, &QPushButton::clicked, this, &LogPane::openFind);
    auto *find = new QShortcut(QKeySequence::Find, this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, this, &LogPane::openFind);
}

void LogPane::connectView()
{
    connect(m_feed, &LogFeed::updated, m_view, &LogView::showUpdate);
    // Only after a read is it known whether the output is still there.
    connect(m_feed, &LogFeed::updated, this, [this] { m_view->setEmptyText(whyNothingIsShown()); });
    connect(m_feed, &LogFeed::earlierRead, m_view, &LogView::prependLines);
    connect(m_view, &LogView::firstOffsetChanged, this, [this] {
        m_earlier->setVisible(m_view->firstOffset() > 0);
        m_later->setVisible(m_view->isApart());
    });
    connect(m_view, &LogView::endRequested, m_feed, &LogFeed::restart);
    connect(m_later, &QPushButton::clicked, this, [this] { m_feed->requestPart(m_view->endOffset()); });
    connect(m_view, &LogView::followingChanged, m_follow, &QPushButton::setChecked);
    connect(m_follow, &QPushButton::clicked, m_view, &LogView::setFollowing);
    connect(
        m_earlier, &QPushButton::clicked, this, [this] { m_feed->requestEarlier(m_view->firstOffset()); });
}

QString LogPane::whyNothingIsShown() const
{
    if (m_task.outputBytes == 0)
        return m_task.hasEnded() ? tr("No output") : tr("No output yet");
    if (m_task.hasEnded())
        return tr("This output is not there any more: logs are removed after a while, and cannot be written "
                  "when the disk is full.");
    return {};
}

void LogPane::setTask(const Tasks::Task &task)
{
    const bool isOther = task.id != m_task.id;
    const bool grew = task.outputBytes != m_task.outputBytes || task.hasEnded() != m_task.hasEnded();
    m_task = task;
    if (isOther) {
        m_stopping = false;
        m_view->clearLog();
        m_view->setEmptyText({});
        m_feed->setSource(m_sources ? m_sources(task) : nullptr);
        m_finding->setSource(m_sources ? m_sources(task) : nullptr);
    } else if (grew) {
        m_finding->noteGrowth();
        poll();
    }
    if (!Models::canBeStopped(task))
        m_stopping = false;
    refreshHeader();
}

void LogPane::clearTask()
{
    m_task = {};
    m_stopping = false;
    m_feed->setSource(nullptr);
    m_finding->setSource(nullptr);
    m_view->clearLog();
    m_view->setEmptyText({});
    refreshHeader();
}

void LogPane::setStopping(bool stopping)
{
    m_stopping = stopping;
    refreshHeader();
}

void LogPane::refreshHeader()
{
    const bool hasTask = !m_task.id.isEmpty();
    const bool canStop = hasTask && Models::canBeStopped(m_task);
    m_command->setText(Models::visibleCommand(m_task.spec.command));
    m_command->setToolTip(Models::plainToolTip(m_task.spec.command));
    m_description->setText(Models::purposeText(m_task));
    m_description->setToolTip(Models::plainToolTip(m_task.spec.description));
    refreshSize();
    m_stop->setText(m_stopping ? tr("Stopping…") : tr("Stop"));
    m_stopRest->setResting(!canStop || m_stopping);
    m_follow->setEnabled(hasTask);
    m_find->setEnabled(hasTask);
    const QString names = Models::changedFilesNames(m_task);
    m_changes->setVisible(!names.isEmpty());
    m_changesText->setText(
        u"△ %1: %2"_s.arg(Models::changedFilesText(m_task), QStringList(names.split(u'\n')).join(u", "_s)));
    m_changes->setToolTip(Models::plainToolTip(names));
    m_runAgain->setAccessibleDescription(Models::changedFilesText(m_task));
}

void LogPane::refreshSize()
{
    const QString size = m_task.id.isEmpty() ? QString() : formatBytes(m_task.outputBytes);
    if (size == m_size->text())
        return;
    m_size->setText(size);
    m_size->setAccessibleName(size.isEmpty() ? size : tr("Size of the output: %1").arg(size));
}

// A part of the log without its end does not change when the log grows.
void LogPane::poll()
{
    m_stale = !isVisible();
    if (!m_stale && !m_view->isApart())
        m_feed->poll();
}

void LogPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale)
        poll();
}

void LogPane::openFind()
{
    if (!m_task.id.isEmpty())
        m_findBar->open();
}

} // namespace Meanwhile::Ui
