// SPDX-License-Identifier: MIT
#include "ui/window/sidebarpanes.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QSplitter>

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

// Above the rest it may be wider: nothing has to fit beside it.
static constexpr int kWidthAbove = 280;
static constexpr int kLeftFree = 48;

SidebarPanes::SidebarPanes(QWidget *parent)
    : QWidget(parent)
    , m_splitter(new QSplitter(Qt::Horizontal, this))
    , m_beside(new QWidget(this))
{
    m_splitter->setObjectName(u"sidebarSplitter"_s);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);
    QPalette dim = m_beside->palette();
    dim.setColor(QPalette::Window, QColor(0, 0, 0, 70));
    m_beside->setPalette(dim);
    m_beside->setAutoFillBackground(true);
    m_beside->installEventFilter(this);
    m_beside->hide();
    connect(m_splitter, &QSplitter::splitterMoved, this, &SidebarPanes::splitterMoved);
}

QWidget *SidebarPanes::partsParent() const
{
    return m_splitter;
}

void SidebarPanes::setParts(QWidget *sidebar, QWidget *content)
{
    m_sidebar = sidebar;
    m_content = content;
    sidebar->setMinimumWidth(160);
    m_splitter->addWidget(sidebar);
    m_splitter->addWidget(content);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({kSidebarWidth, std::max(kSidebarWidth, width() - kSidebarWidth)});
}

bool SidebarPanes::isSidebarVisible() const
{
    return m_isNarrow ? m_isAbove : m_isWanted;
}

void SidebarPanes::setSidebarVisible(bool visible)
{
    if (visible == isSidebarVisible())
        return;
    if (m_isNarrow) {
        showAbove(visible);
    } else {
        m_isWanted = visible;
        m_sidebar->setVisible(visible);
    }
    emit sidebarVisibilityChanged(visible);
}

void SidebarPanes::closeAbove()
{
    if (m_isNarrow)
        setSidebarVisible(false);
}

void SidebarPanes::showAbove(bool visible)
{
    m_isAbove = visible;
    m_beside->setVisible(visible);
    m_sidebar->setVisible(visible);
    if (!visible)
        return;
    place();
    m_beside->raise();
    m_sidebar->raise();
}

void SidebarPanes::place()
{
    m_beside->setGeometry(rect());
    m_sidebar->setGeometry(0, 0, std::min(kWidthAbove, width() - kLeftFree), height());
}

bool SidebarPanes::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_beside && event->type() == QEvent::MouseButtonPress) {
        closeAbove();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void SidebarPanes::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_isAbove)
        closeAbove();
    else
        QWidget::keyPressEvent(event);
}

// The sidebar lies above the content before there is too little room for both.
QSize SidebarPanes::minimumSizeHint() const
{
    return m_content ? m_content->minimumSizeHint() : QWidget::minimumSizeHint();
}

void SidebarPanes::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    setNarrow(width() < kLaidAboveBelow);
    if (m_isAbove)
        place();
}

void SidebarPanes::setNarrow(bool narrow)
{
    if (narrow == m_isNarrow || !m_sidebar)
        return;
    const bool wasVisible = isSidebarVisible();
    if (narrow)
        m_wideState = m_splitter->saveState();
    m_isNarrow = narrow;
    if (narrow) {
        m_sidebar->setParent(this);
        showAbove(false);
    } else {
        showAbove(false);
        m_splitter->insertWidget(0, m_sidebar);
        m_splitter->restoreState(m_wideState);
        m_sidebar->setVisible(m_isWanted);
    }
    if (isSidebarVisible() != wasVisible)
        emit sidebarVisibilityChanged(isSidebarVisible());
}

QByteArray SidebarPanes::saveState() const
{
    return m_isNarrow ? m_wideState : m_splitter->saveState();
}

void SidebarPanes::restoreState(const QByteArray &state)
{
    if (state.isEmpty())
        return;
    m_wideState = state;
    if (!m_isNarrow)
        m_splitter->restoreState(state);
}

} // namespace Meanwhile::Ui
