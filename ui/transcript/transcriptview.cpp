// SPDX-License-Identifier: MIT
#include "ui/transcript/transcriptview.h"

#include "models/transcriptmodel.h"
#include "ui/pictures/thumbnailbutton.h"
#include "ui/transcript/accessibleparts.h"
#include "ui/transcript/rowmenu.h"
#include "ui/transcript/shownpart.h"
#include "ui/transcript/textsurface.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;
using Kind = Models::TranscriptRow::Kind;

namespace {

constexpr int kMargin = 26;
constexpr int kMaxColumn = 600;
constexpr int kColumnChars = 84;
constexpr int kWidePercent = 180; // of the column: what is no prose
constexpr int kTopSpace = 8;
constexpr int kBottomSpace = 20;
constexpr int kMaxRounds = 8;

} // namespace

TranscriptView::TranscriptView(const Theme &theme, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_theme(theme)
    , m_cache(theme)
    , m_pool(theme, m_cache, m_thumbnails, viewport())
    , m_focusChain(*this)
    , m_selection(*this)
    , m_jump(new QPushButton(tr("Jump to latest"), this))
{
    AccessibleParts::install();
    setObjectName(u"transcript"_s);
    setAccessibleName(tr("Conversation"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setBackgroundRole(QPalette::Window);
    viewport()->setAutoFillBackground(true);
    verticalScrollBar()->setSingleStep(QFontMetrics(font()).lineSpacing() + 4);
    m_jump->setObjectName(u"jumpToLatest"_s);
    m_jump->setFocusPolicy(Qt::TabFocus);
    m_jump->hide();
    connect(m_jump, &QPushButton::clicked, this, &TranscriptView::jumpToLatest);
    connect(&theme, &Theme::changed, this, &TranscriptView::onThemeChanged);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) { noteFocus(now); });
}

TranscriptView::~TranscriptView()
{
    // The focus still moves while the widget beneath is taken down.
    disconnect(qApp, nullptr, this, nullptr);
}

// ---- the model

void TranscriptView::setModel(Models::TranscriptModel *model)
{
    if (m_model)
        disconnect(m_model, nullptr, this, nullptr);
    m_selection.reset();
    releaseAll();
    m_cache.clear();
    m_thumbnails.clear();
    m_heights.remove(0, m_heights.count());
    m_states.clear();
    m_currentUid = 0;
    m_model = model;
    m_following = true;
    m_anchor = {};
    if (!model) {
        schedulePlacing();
        return;
    }
    using Model = Models::TranscriptModel;
    connect(model, &Model::rowsInserted, this,
        [this](const QModelIndex &, int a, int b) { onRowsInserted(a, b); });
    connect(
        model, &Model::rowsRemoved, this, [this](const QModelIndex &, int a, int b) { onRowsRemoved(a, b); });
    connect(model, &Model::dataChanged, this,
        [this](const QModelIndex &a, const QModelIndex &b) { onDataChanged(a.row(), b.row()); });
    connect(model, &QObject::destroyed, this, [this] { setModel(nullptr); });
    if (model->rowCount() > 0)
        onRowsInserted(0, model->rowCount() - 1);
    schedulePlacing();
}

void TranscriptView::onRowsInserted(int first, int last)
{
    std::vector<int> heights;
    std::vector<std::unique_ptr<RowState>> states;
    for (int row = first; row <= last; ++row) {
        auto state = std::make_unique<RowState>();
        state->uid = ++m_lastUid;
        states.push_back(std::move(state));
        heights.push_back(estimate(row));
    }
    const int count = last - first + 1;
    m_states.insert(m_states.begin() + first, std::make_move_iterator(states.begin()),
        std::make_move_iterator(states.end()));
    m_heights.insert(first, heights);
    for (Shown &shown : m_shown)
        shown.row += shown.row >= first ? count : 0;
    if (m_anchor.row >= first && m_heights.count() > count)
        m_anchor.row += count;
    schedulePlacing();
}

void TranscriptView::onRowsRemoved(int first, int last)
{
    const int count = last - first + 1;
    std::erase_if(m_shown, [&](const Shown &shown) {
        const bool isGone = shown.row >= first && shown.row <= last;
        if (isGone)
            m_pool.giveBack(shown.widget);
        return isGone;
    });
    for (Shown &shown : m_shown)
        shown.row -= shown.row > last ? count : 0;
    QVector<quint64> gone;
    for (int row = first; row <= last; ++row) {
        gone += uidOf(row);
        m_cache.remove(gone.last());
    }
    m_states.erase(m_states.begin() + first, m_states.begin() + last + 1);
    m_heights.remove(first, count);
    if (m_anchor.row > last)
        m_anchor.row -= count;
    else if (m_anchor.row >= first)
        m_anchor = {std::max(0, std::min(first, m_heights.count() - 1)), 0};
    m_selection.leaveRows(gone, first);
    schedulePlacing();
}

void TranscriptView::onDataChanged(int first, int last)
{
    for (int row = first; row <= last; ++row) {
        m_states.at(size_t(row))->measuredFor = -1;
        if (RowWidget *widget = rowWidget(row))
            widget->bind(m_model->row(row), *m_states.at(size_t(row)));
        else
            m_heights.setHeight(row, estimate(row));
    }
    schedulePlacing();
}

void TranscriptView::onThemeChanged()
{
    releaseAll();
    m_pool.clear();
    m_focusChain.reset();
    m_cache.clear();
    for (const auto &state : m_states)
        state->measuredFor = -1;
    placeRows(); // at once: the next frame would show no row
}

// ---- heights

RowRoom TranscriptView::room() const
{
    // Fonts with hangul call the mean of all their glyphs the average: no measure of a line.
    const int letter = std::min(fontMetrics().averageCharWidth(), fontMetrics().horizontalAdvance(u'x'));
    const int column = std::max(kMaxColumn, letter * kColumnChars);
    const int most = std::max(120, viewport()->width() - 2 * kMargin);
    return {std::min(most, column), std::min(most, column * kWidePercent / 100)};
}

/// Near enough for the scroll bar; what is seen is measured.
int TranscriptView::estimate(int row) const
{
    const Models::TranscriptRow &content = m_model->row(row);
    const int line = fontMetrics().lineSpacing() + 4;
    switch (content.kind) {
    case Kind::Person:
    case Kind::Answer:
    case Kind::Queued:
    case Kind::Error:
    case Kind::Retry: {
        const int perLine = std::max(1, room().words / std::max(1, fontMetrics().averageCharWidth()));
        const int images = content.images.isEmpty() ? 0 : ThumbnailButton::kBox.height();
        const bool isFolded = content.kind == Kind::Person || content.kind == Kind::Queued;
        const qsizetype size = isFolded ? foldedPart(content.text) : content.text.size();
        return int(std::min<qsizetype>(size / perLine + 1, 100'000)) * line + 20 + images;
    }
    default:
        return line + 6;
    }
}

int TranscriptView::measure(int row)
{
    RowState &state = *m_states.at(size_t(row));
    const RowRoom space = room();
    if (state.measuredFor != space.most) {
        const QSize size = widgetFor(row)->layOut(space);
        state.measuredFor = space.most;
        state.width = size.width();
        if (size.height() != m_heights.height(row))
            m_heights.setHeight(row, size.height());
    }
    return m_heights.height(row);
}

RowWidget *TranscriptView::rowWidget(int row) const
{
    const auto at = std::lower_bound(m_shown.begin(), m_shown.end(), row,
        [](const Shown &shown, int wanted) { return shown.row < wanted; });
    return at != m_shown.end() && at->row == row ? at->widget : nullptr;
}

int TranscriptView::rowOf(quint64 uid) const
{
    const auto at = std::find_if(
        m_states.begin(), m_states.end(), [uid](const auto &state) { return state->uid == uid; });
    return at == m_states.end() ? -1 : int(at - m_states.begin());
}

RowWidget *TranscriptView::takeWidget(int row)
{
    const RowPool::Taken taken = m_pool.take(m_model->row(row).kind);
    if (taken.isNew)
        connectRow(taken.widget);
    taken.widget->bind(m_model->row(row), *m_states.at(size_t(row)));
    return taken.widget;
}

void TranscriptView::visitRow(int row, const std::function<void(const RowWidget &)> &visit)
{
    if (const RowWidget *widget = rowWidget(row))
        return visit(*widget);
    RowWidget *taken = takeWidget(row);
    visit(*taken);
    m_pool.giveBack(taken);
}

QWidgetList TranscriptView::shownRows() const
{
    QWidgetList rows;
    for (const Shown &shown : m_shown)
        rows.append(shown.widget);
    return rows;
}

RowWidget *TranscriptView::widgetFor(int row)
{
    if (RowWidget *widget = rowWidget(row))
        return widget;
    RowWidget *taken = takeWidget(row);
    // A row may be measured long before; its parts still have to be placed in this widget.
    taken->layOut(room());
    const auto at = std::lower_bound(m_shown.begin(), m_shown.end(), row,
        [](const Shown &shown, int wanted) { return shown.row < wanted; });
    m_shown.insert(at, {row, taken});
    return taken;
}

void TranscriptView::connectRow(RowWidget *widget)
{
    connect(widget, &RowWidget::resized, this, [this, widget] { onRowResized(widget); });
    connect(widget, &RowWidget::commanded, this, &TranscriptView::commanded);
}

void TranscriptView::onRowResized(RowWidget *widget)
{
    for (const Shown &shown : m_shown) {
        if (shown.widget != widget)
            continue;
        m_states.at(size_t(shown.row))->measuredFor = -1;
        m_anchor = {shown.row, -widget->y()};
        m_following = false;
        break;
    }
    placeRows();
    m_following = m_following || top() >= maximumTop();
}

// ---- placing

qint64 TranscriptView::top() const
{
    return kTopSpace + m_heights.offset(m_anchor.row) + m_anchor.offset;
}

qint64 TranscriptView::maximumTop() const
{
    return std::max<qint64>(0, kTopSpace + m_heights.total() + kBottomSpace - viewport()->height());
}

void TranscriptView::setAnchorFromTop(qint64 top)
{
    const int row = std::max(0, m_heights.rowAt(top - kTopSpace));
    m_anchor = {row, int(top - kTopSpace - m_heights.offset(row))};
}

/// Moves the anchor to the row at the top of the viewport, over rows whose heights are real.
void TranscriptView::settleAnchor()
{
    while (m_anchor.offset < 0 && m_anchor.row > 0) {
        --m_anchor.row;
        m_anchor.offset += measure(m_anchor.row);
    }
    while (m_anchor.row + 1 < m_heights.count() && m_anchor.offset >= measure(m_anchor.row)) {
        m_anchor.offset -= m_heights.height(m_anchor.row);
        ++m_anchor.row;
    }
    if (m_anchor.row == 0)
        m_anchor.offset = std::max(m_anchor.offset, -kTopSpace);
}

void TranscriptView::schedulePlacing()
{
    if (std::exchange(m_placingScheduled, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_placingScheduled)
                placeRows();
        },
        Qt::QueuedConnection);
}

void TranscriptView::placeRows()
{
    m_placingScheduled = false;
    if (!m_model || m_heights.count() == 0) {
        releaseAll();
        updateScrollBar();
        updateJumpButton();
        return;
    }
    int first = 0;
    int last = 0;
    // Measuring a row for the first time moves what is below it; a few rounds settle it.
    for (int round = 0; round < kMaxRounds; ++round) {
        if (m_following)
            setAnchorFromTop(maximumTop());
        else
            settleAnchor();
        const qint64 before = m_heights.total();
        first = m_anchor.row;
        int y = -m_anchor.offset;
        for (last = first; last < m_heights.count() && y < viewport()->height(); ++last)
            y += measure(last);
        const bool isBeyondEnd = top() > maximumTop();
        if (isBeyondEnd)
            setAnchorFromTop(maximumTop());
        if (!isBeyondEnd && before == m_heights.total())
            break;
    }
    int y = int(kTopSpace + m_heights.offset(first) - top());
    const QRect sight = viewport()->rect();
    for (int row = first; row < last; ++row) {
        RowWidget *widget = widgetFor(row);
        const QRect place(kMargin, y, m_states.at(size_t(row))->width, m_heights.height(row));
        widget->setGeometry(place);
        widget->setExposed(sight.intersected(place).translated(-place.topLeft()));
        widget->show();
        y += place.height();
    }
    releaseUnseen(first, last);
    updateScrollBar();
    updateJumpButton();
    m_selection.show();
    m_focusChain.arrange(shownRows(), currentRow(), m_jump);
}

/// Rows [first, last) are in sight. A row that holds the focus or the selection keeps its widget, out of
/// sight.
bool TranscriptView::releaseUnseen(int first, int last)
{
    const auto isKept = [this](const RowWidget *widget) {
        const QWidget *focus = QApplication::focusWidget();
        const auto surfaces = widget->surfaces();
        return (focus && (widget == focus || widget->isAncestorOf(focus))) ||
               (!m_selection.isActive() && std::any_of(surfaces.begin(), surfaces.end(),
                                               [](auto *surface) { return surface->hasSelection(); }));
    };
    return std::erase_if(m_shown, [&](const Shown &shown) {
        if (shown.row >= first && shown.row < last)
            return false;
        if (isKept(shown.widget)) {
            shown.widget->move(
                kMargin, shown.row < first ? -shown.widget->height() - 1 : viewport()->height() + 1);
            return false;
        }
        m_pool.giveBack(shown.widget);
        return true;
    }) > 0;
}

void TranscriptView::releaseAll()
{
    for (const Shown &shown : m_shown)
        m_pool.giveBack(shown.widget);
    m_shown.clear();
}

void TranscriptView::updateScrollBar()
{
    m_settingScrollBar = true;
    const int maximum = int(std::min<qint64>(maximumTop(), std::numeric_limits<int>::max()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setRange(0, maximum);
    verticalScrollBar()->setValue(m_heights.count() > 0 ? int(std::min<qint64>(top(), maximum)) : 0);
    m_settingScrollBar = false;
}

// ---- scrolling

void TranscriptView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    placeRows();
}

void TranscriptView::scrollContentsBy(int, int dy)
{
    if (m_settingScrollBar || m_heights.count() == 0)
        return;
    // By steps the anchor walks over real heights, so that nothing in sight jumps; a leap may land on
    // estimates.
    if (std::abs(dy) <= 2 * viewport()->height())
        m_anchor.offset -= dy;
    else
        setAnchorFromTop(verticalScrollBar()->value());
    m_following = false;
    if (verticalScrollBar()->value() >= verticalScrollBar()->maximum())
        m_following = true;
    placeRows();
    m_following = m_following || top() >= maximumTop();
    updateJumpButton();
}

void TranscriptView::jumpToLatest()
{
    m_following = true;
    placeRows();
}

// The last one: an answer's words come after its thoughts.
void TranscriptView::jumpTo(const QString &rowId, const QString &words)
{
    int row = rowId.isEmpty() ? -1 : m_heights.count() - 1;
    while (row >= 0 && m_model->row(row).id != rowId)
        --row;
    if (row < 0)
        return;
    unfoldFor(row, words);
    m_anchor = {row, -kTopSpace};
    m_following = false;
    placeRows();
    if (const int below = markWords(rowId, words); below > viewport()->height() / 2) {
        m_anchor.offset = below - viewport()->height() / 3;
        placeRows();
    }
    m_following = top() >= maximumTop();
    updateJumpButton();
}

// Of a message that is folded the words may be in the part that is not shown.
void TranscriptView::unfoldFor(int row, const QString &words)
{
    const Models::TranscriptRow &content = m_model->row(row);
    const QStringView text = content.text;
    RowState &state = *m_states.at(size_t(row));
    if (words.isEmpty() || content.kind != Kind::Person || state.wholeOutput ||
        text.first(foldedPart(text)).contains(words, Qt::CaseInsensitive))
        return;
    state.wholeOutput = true;
    state.measuredFor = -1;
    if (RowWidget *widget = rowWidget(row))
        widget->bind(content, state);
}

// All of them where they stand together, else the first; how far below the row's top that is.
int TranscriptView::markWords(const QString &rowId, const QString &words)
{
    for (const Shown &shown : std::as_const(m_shown)) {
        if (words.isEmpty() || shown.widget->rowId() != rowId)
            continue;
        const QList<TextSurface *> surfaces = shown.widget->surfaces();
        for (const QString &text : {words, words.section(u' ', 0, 0)}) {
            for (TextSurface *surface : surfaces) {
                if (const QRect place = surface->selectText(text); !place.isNull())
                    return surface->mapTo(shown.widget, place.topLeft()).y();
            }
        }
    }
    return 0;
}

void TranscriptView::updateJumpButton()
{
    const bool isAway = !m_following && m_heights.count() > 0 && top() < maximumTop();
    m_jump->setVisible(isAway);
    if (!isAway)
        return;
    m_jump->resize(m_jump->sizeHint());
    const QRect sight = viewport()->geometry();
    const int middle = sight.left() + kMargin + room().words / 2;
    m_jump->move(middle - m_jump->width() / 2, sight.bottom() - m_jump->height() - 10);
    m_jump->raise();
}

// ---- the menu

QMenu *TranscriptView::makeContextMenu(const QPoint &position)
{
    for (const Shown &shown : m_shown) {
        if (!shown.widget->geometry().contains(position))
            continue;
        QMenu *menu = makeRowMenu(*this, *shown.widget, position - shown.widget->pos());
        const Models::TranscriptRow &row = m_model->row(shown.row);
        if (!row.id.isEmpty() && row.kind != Kind::Queued && row.kind != Kind::Restored) {
            QAction *fork = menu->addAction(
                tr("New session from here"), this, [this, id = row.id] { emit commanded(Fork{id}); });
            fork->setObjectName(QStringLiteral("forkHere"));
        }
        return menu;
    }
    return nullptr;
}

void TranscriptView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu *menu = makeContextMenu(viewport()->mapFromGlobal(event->globalPos()));
    if (!menu)
        return;
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(event->globalPos());
}

} // namespace Meanwhile::Ui
