// SPDX-License-Identifier: MIT
#include "ui/transcript/spanningselection.h"

#include "ui/transcript/rowwidget.h"
#include "ui/transcript/textsurface.h"
#include "ui/transcript/transcriptview.h"

#include <QApplication>
#include <QClipboard>
#include <QScrollBar>
#include <QTimerEvent>

#include <limits>
#include <tuple>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static constexpr int kScrollInterval = 40; // ms
static constexpr int kMostPerScroll = 120; // px

static QList<RowWidget *> rowsOf(const TranscriptView &view)
{
    QList<RowWidget *> rows;
    for (QWidget *row : view.shownRows())
        rows.append(static_cast<RowWidget *>(row));
    return rows;
}

SpanningSelection::SpanningSelection(TranscriptView &view)
    : m_view(view)
{
}

bool SpanningSelection::isActive() const
{
    return m_anchor.uid != 0 && m_head.uid != 0 && !m_anchor.isInSameText(m_head);
}

// ---- places

SpanningSelection::Place SpanningSelection::placeOf(const TextSurface &surface, int position) const
{
    for (const RowWidget *row : rowsOf(m_view)) {
        const auto texts = row->surfaces();
        for (int i = 0; i < texts.size(); ++i) {
            if (texts.at(i) == &surface)
                return {row->uid(), i, position};
        }
    }
    return {};
}

// Between two texts it is the end of the upper one.
SpanningSelection::Place SpanningSelection::nearest(const QPoint &globalPosition) const
{
    Place above;
    for (const RowWidget *row : rowsOf(m_view)) {
        const auto texts = row->surfaces();
        for (int i = 0; i < texts.size(); ++i) {
            const TextSurface &text = *texts.at(i);
            if (text.isHidden())
                continue;
            const QPoint point = text.mapFromGlobal(globalPosition);
            if (point.y() < 0)
                return above.uid != 0 ? above : Place{row->uid(), i, 0};
            if (point.y() < text.height())
                return {row->uid(), i, text.positionAt(point)};
            above = {row->uid(), i, text.length()};
        }
    }
    return above;
}

SpanningSelection::Bounds SpanningSelection::bounds() const
{
    Bounds bounds{m_anchor, m_head, m_view.rowOf(m_anchor.uid), m_view.rowOf(m_head.uid)};
    if (bounds.firstRow < 0 || bounds.lastRow < 0)
        return {};
    const auto key = [](int row, const Place &place) {
        return std::tuple(row, place.surface, place.position);
    };
    if (key(bounds.lastRow, bounds.last) < key(bounds.firstRow, bounds.first))
        bounds = {bounds.last, bounds.first, bounds.lastRow, bounds.firstRow};
    return bounds;
}

SpanningSelection::Part SpanningSelection::partOf(
    const Bounds &bounds, int row, int surface, const TextSurface &text)
{
    const auto before = [&](int boundRow, const Place &bound) {
        return std::tuple(row, surface) < std::tuple(boundRow, bound.surface);
    };
    const auto behind = [&](int boundRow, const Place &bound) {
        return std::tuple(row, surface) > std::tuple(boundRow, bound.surface);
    };
    if (bounds.firstRow < 0 || before(bounds.firstRow, bounds.first) || behind(bounds.lastRow, bounds.last))
        return {};
    Part part{0, text.length()};
    if (!behind(bounds.firstRow, bounds.first))
        part.from = std::min(part.to, bounds.first.position);
    if (!before(bounds.lastRow, bounds.last))
        part.to = std::min(part.to, bounds.last.position);
    return part;
}

// ---- by the pointer and the keyboard

void SpanningSelection::begin(const TextSurface &surface, int position, bool extends)
{
    const Place place = placeOf(surface, position);
    if (!extends)
        collapse();
    if (!extends || m_anchor.uid == 0)
        m_anchor = place;
    setHead(place);
}

void SpanningSelection::begin(const QPoint &globalPosition)
{
    const Place place = nearest(globalPosition);
    collapse();
    m_anchor = m_head = place;
    show();
}

void SpanningSelection::dragTo(const QPoint &globalPosition)
{
    m_pointer = globalPosition;
    setHead(nearest(globalPosition));
    const int y = m_view.viewport()->mapFromGlobal(globalPosition).y();
    const bool isBeyond = y < 0 || y >= m_view.viewport()->height();
    if (!isBeyond)
        m_scrolling.stop();
    else if (!m_scrolling.isActive())
        m_scrolling.start(kScrollInterval, this);
}

// The farther outside the pointer is, the faster.
void SpanningSelection::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_scrolling.timerId())
        return QObject::timerEvent(event);
    const int height = m_view.viewport()->height();
    const int y = m_view.viewport()->mapFromGlobal(m_pointer).y();
    const int beyond = y < 0 ? y : std::max(0, y - height + 1);
    QScrollBar *bar = m_view.verticalScrollBar();
    bar->setValue(bar->value() + std::clamp(beyond, -kMostPerScroll, kMostPerScroll));
    dragTo(m_pointer);
}

void SpanningSelection::release()
{
    m_scrolling.stop();
    if (QClipboard *clipboard = QApplication::clipboard(); isActive() && clipboard->supportsSelection())
        clipboard->setText(text(), QClipboard::Selection);
}

void SpanningSelection::selectAll()
{
    if (m_view.rowCount() == 0)
        return;
    constexpr int kEnd = std::numeric_limits<int>::max();
    m_anchor = {m_view.uidOf(0), 0, 0};
    setHead({m_view.uidOf(m_view.rowCount() - 1), kEnd, kEnd});
}

void SpanningSelection::collapse()
{
    setHead(m_anchor);
    clearTexts();
}

void SpanningSelection::clearTexts()
{
    for (const RowWidget *row : rowsOf(m_view)) {
        for (TextSurface *text : row->surfaces())
            text->clearSelection();
    }
}

void SpanningSelection::reset()
{
    m_scrolling.stop();
    m_anchor = m_head = {};
    clearTexts();
}

void SpanningSelection::leaveRows(const QVector<quint64> &uids, int next)
{
    const bool wasActive = isActive();
    for (Place *place : {&m_anchor, &m_head}) {
        if (uids.contains(place->uid))
            *place = wasActive ? edgeAt(next) : Place();
    }
    showChange(wasActive);
}

SpanningSelection::Place SpanningSelection::edgeAt(int next) const
{
    if (m_view.rowCount() == 0)
        return {};
    if (next == 0)
        return {m_view.uidOf(0), 0, 0};
    Place end{m_view.uidOf(next - 1), 0, 0};
    m_view.visitRow(next - 1, [&end](const RowWidget &row) {
        const auto texts = row.surfaces();
        end.surface = std::max(0, int(texts.size()) - 1);
        end.position = texts.isEmpty() ? 0 : texts.last()->length();
    });
    return end;
}

void SpanningSelection::setHead(const Place &head)
{
    const bool wasActive = isActive();
    m_head = head;
    showChange(wasActive);
}

void SpanningSelection::showChange(bool wasActive)
{
    if (isActive())
        return show();
    if (!wasActive)
        return;
    for (const RowWidget *row : rowsOf(m_view)) {
        const auto texts = row->surfaces();
        for (int i = 0; i < texts.size(); ++i) {
            if (m_head.uid != 0 && m_anchor.isInSameText({row->uid(), i, 0}))
                texts.at(i)->select(m_anchor.position, m_head.position);
            else
                texts.at(i)->clearSelection();
        }
    }
}

// ---- what is selected

void SpanningSelection::show()
{
    const bool shows = isActive();
    const Bounds selected = shows ? bounds() : Bounds();
    if (shows && selected.firstRow < 0)
        return reset();
    for (const RowWidget *row : rowsOf(m_view)) {
        const auto texts = row->surfaces();
        const int index = shows ? m_view.rowOf(row->uid()) : -1;
        for (int i = 0; i < texts.size(); ++i) {
            TextSurface &text = *texts.at(i);
            text.setSpanning(this);
            if (!shows || !text.document())
                continue;
            const Part part = partOf(selected, index, i, text);
            // Its own begin stays where the person pressed.
            const bool isUpwards = m_anchor.isInSameText({row->uid(), i, 0}) && part.to == m_anchor.position;
            text.select(isUpwards ? part.to : part.from, isUpwards ? part.from : part.to);
        }
    }
}

QString SpanningSelection::text() const
{
    const Bounds selected = isActive() ? bounds() : Bounds();
    QStringList rows;
    for (int row = selected.firstRow; row >= 0 && row <= selected.lastRow; ++row) {
        QStringList texts;
        m_view.visitRow(row, [&](const RowWidget &widget) {
            const auto surfaces = widget.surfaces();
            for (int i = 0; i < surfaces.size(); ++i) {
                if (surfaces.at(i)->isHidden() || !surfaces.at(i)->document())
                    continue;
                const Part part = partOf(selected, row, i, *surfaces.at(i));
                texts += surfaces.at(i)->writtenPart(part.from, part.to);
            }
        });
        texts.removeAll(QString());
        if (!texts.isEmpty())
            rows += texts.join(u'\n');
    }
    return rows.join(u"\n\n"_s);
}

void SpanningSelection::copy() const
{
    if (isActive()) // it may have become one text's while the menu was open
        QApplication::clipboard()->setText(text());
}

} // namespace Meanwhile::Ui
