// SPDX-License-Identifier: MIT
#include "ui/window/adaptivepanes.h"

#include <QHBoxLayout>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

AdaptivePanes::AdaptivePanes(QWidget *parent)
    : QWidget(parent)
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_column(new QWidget(m_splitter))
    , m_columnLayout(new QVBoxLayout(m_column))
    , m_tabs(new QTabBar(m_column))
    , m_stack(new QStackedWidget(m_column))
{
    m_splitter->setObjectName(u"mainSplitter"_s);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_column->setMinimumWidth(320);
    m_columnLayout->setContentsMargins(0, 0, 0, 0);
    m_columnLayout->setSpacing(0);
    m_tabs->setObjectName(u"paneTabs"_s);
    m_tabs->setAccessibleName(tr("Conversation and tasks"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->addTab(tr("Conversation"));
    m_tabs->addTab(tr("Tasks"));
    m_tabs->hide();
    m_columnLayout->addWidget(m_tabs);
    m_columnLayout->addWidget(m_stack, 1);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);
    connect(m_tabs, &QTabBar::currentChanged, this, &AdaptivePanes::showTab);
    connect(m_splitter, &QSplitter::splitterMoved, this, &AdaptivePanes::splitterMoved);
}

QWidget *AdaptivePanes::pagesParent() const
{
    return m_stack;
}

QWidget *AdaptivePanes::panelParent() const
{
    return m_splitter;
}

void AdaptivePanes::addPage(QWidget *page)
{
    m_stack->addWidget(page);
    if (!m_page)
        m_page = page;
}

void AdaptivePanes::showPage(QWidget *page)
{
    m_page = page;
    if (!m_isNarrow || m_tabs->currentIndex() == 0)
        m_stack->setCurrentWidget(page);
}

void AdaptivePanes::setPanel(QWidget *panel)
{
    m_panel = panel;
    m_splitter->addWidget(panel);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setSizes({std::max(320, width() - kPanelWidth), kPanelWidth});
    panel->setVisible(m_isPanelWanted);
}

void AdaptivePanes::addBelow(QWidget *widget)
{
    m_columnLayout->addWidget(widget);
}

void AdaptivePanes::addAbove(QWidget *widget)
{
    m_columnLayout->insertWidget(m_columnLayout->indexOf(m_tabs), widget);
}

bool AdaptivePanes::isPanelVisible() const
{
    return m_isNarrow ? m_tabs->currentIndex() == 1 : m_isPanelWanted;
}

void AdaptivePanes::setPanelVisible(bool visible)
{
    if (m_isNarrow) {
        m_tabs->setCurrentIndex(visible ? 1 : 0);
        return;
    }
    m_isPanelWanted = visible;
    if (m_panel)
        m_panel->setVisible(visible);
    emit panelVisibilityChanged(visible);
}

void AdaptivePanes::setRunningTasks(int count)
{
    m_tabs->setTabText(1, count == 0 ? tr("Tasks") : tr("Tasks (%1)").arg(count));
}

// One beside the other want more, but take turns before there is less.
QSize AdaptivePanes::minimumSizeHint() const
{
    return {m_column->minimumSizeHint().width(), QWidget::minimumSizeHint().height()};
}

void AdaptivePanes::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    setNarrow(width() < kNarrowBelow);
}

void AdaptivePanes::setNarrow(bool narrow)
{
    if (narrow == m_isNarrow || !m_panel)
        return;
    if (narrow)
        m_wideState = m_splitter->saveState();
    m_isNarrow = narrow;
    m_tabs->setVisible(narrow);
    if (narrow) {
        m_stack->addWidget(m_panel);
        showTab(m_tabs->currentIndex());
    } else {
        m_splitter->addWidget(m_panel);
        m_splitter->restoreState(m_wideState);
        m_stack->setCurrentWidget(m_page);
        m_panel->setVisible(m_isPanelWanted);
    }
    emit panelVisibilityChanged(isPanelVisible());
}

void AdaptivePanes::showTab(int index)
{
    if (!m_isNarrow)
        return;
    m_stack->setCurrentWidget(index == 1 ? m_panel : m_page);
    emit panelVisibilityChanged(index == 1);
}

QByteArray AdaptivePanes::saveState() const
{
    return m_isNarrow ? m_wideState : m_splitter->saveState();
}

void AdaptivePanes::restoreState(const QByteArray &state)
{
    if (state.isEmpty())
        return;
    m_wideState = state;
    if (!m_isNarrow)
        m_splitter->restoreState(state);
}

} // namespace Meanwhile::Ui
