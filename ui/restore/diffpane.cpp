// SPDX-License-Identifier: MIT
#include "ui/restore/diffpane.h"

#include "ui/transcript/panel.h"

#include <QScrollBar>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

// More is laid out when the person asks for it.
static constexpr qsizetype kShownAtOnce = 100'000;

DiffPane::DiffPane(const Theme &theme, QWidget *parent)
    : QScrollArea(parent)
    , m_panel(new Ui::Panel(theme, nullptr))
{
    setObjectName(u"diffPane"_s);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setViewportMargins(8, 0, 0, 0);
    setWidget(m_panel);
    connect(m_panel, &Ui::Panel::showAllRequested, this, [this] {
        m_panel->showDiff(m_file, m_diff, true);
        layOut();
    });
    clear();
}

void DiffPane::showDiff(const QString &file, const QString &diff)
{
    m_file = file;
    m_diff = diff;
    m_panel->showDiff(file, diff, diff.size() <= kShownAtOnce);
    layOut();
    verticalScrollBar()->setValue(0);
}

void DiffPane::showNote(const QString &file, const QString &note)
{
    m_panel->showText(file, note, true);
    layOut();
}

void DiffPane::clear()
{
    showNote({}, {});
    m_panel->hide();
}

void DiffPane::layOut()
{
    m_panel->show();
    const int width = viewport()->width();
    m_panel->resize(width, m_panel->layOut(width));
}

void DiffPane::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    if (!m_panel->isHidden())
        layOut();
}

} // namespace Meanwhile::Ui
