// SPDX-License-Identifier: MIT
#pragma once

#include "ui/pictures/thumbnailcache.h"
#include "ui/ports/sessioncommand.h"
#include "ui/transcript/documentcache.h"
#include "ui/transcript/focuschain.h"
#include "ui/transcript/heightindex.h"
#include "ui/transcript/rowpool.h"
#include "ui/transcript/rowstate.h"
#include "ui/transcript/spanningselection.h"

#include <QAbstractScrollArea>
#include <QPointer>

#include <functional>
#include <memory>
#include <vector>

class QMenu;
class QPushButton;

namespace Meanwhile::Models {
class TranscriptModel;
}

namespace Meanwhile::Ui {

/// The conversation: a column of rows, of which only those in sight have widgets.
///
/// Cost does not grow with the number of rows: heights are estimated until a row is seen, and kept in a tree.
/// What is in sight never moves by itself: the view holds on to the row at its top, or to the end when it was
/// there. Not owned, must outlive it: the theme; the model may go first.
class TranscriptView : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit TranscriptView(const Theme &theme, QWidget *parent = nullptr);
    ~TranscriptView() override;

    const Theme &theme() const { return m_theme; }
    void setModel(Models::TranscriptModel *model);   ///< null shows nothing
    bool isFollowing() const { return m_following; } ///< at the end, also while the conversation grows
    void jumpToLatest();
    /// Scrolls the row of this message or call to the top, with these words in it selected and in sight.
    void jumpTo(const QString &rowId, const QString &words = {});

    RowWidget *rowWidget(int row) const; ///< null for one that is out of sight
    int rowCount() const { return m_heights.count(); }
    /// Stays the same while rows come and go above it; never 0. rowOf(): -1 for one that is gone.
    quint64 uidOf(int row) const { return m_states.at(size_t(row))->uid; }
    int rowOf(quint64 uid) const;
    /// Calls `visit` with a widget that shows the row; for a row out of sight it exists during the call.
    void visitRow(int row, const std::function<void(const RowWidget &)> &visit);
    QWidgetList shownRows() const; ///< from top to bottom
    /// The one that has the focus or had it last, as a whole or within; null where that is out of sight.
    RowWidget *currentRow() const;
    int shownCount() const { return int(m_shown.size()); }             ///< widgets that show a row now
    const SpanningSelection &selection() const { return m_selection; } ///< over more than one text
    /// The menu for a place in the viewport; null where nothing can be copied. The caller owns it.
    QMenu *makeContextMenu(const QPoint &position);

signals:
    /// The person asks for this at a row.
    void commanded(const Meanwhile::Ui::SessionCommand &command);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    bool event(QEvent *event) override;

private:
    struct Shown {
        int row;
        RowWidget *widget;
    };
    /// The top of `row` is `offset` pixels above the top of the viewport; negative: below it.
    struct Anchor {
        int row = 0;
        int offset = 0;
    };

    void onRowsInserted(int first, int last);
    void onRowsRemoved(int first, int last);
    void onDataChanged(int first, int last);
    void onRowResized(RowWidget *widget);
    void onThemeChanged();

    void schedulePlacing();
    void placeRows();
    void settleAnchor();
    qint64 top() const;
    qint64 maximumTop() const;
    void setAnchorFromTop(qint64 top);
    int measure(int row);
    int estimate(int row) const;
    RowWidget *takeWidget(int row); ///< bound, not placed
    RowWidget *widgetFor(int row);
    void connectRow(RowWidget *widget);
    bool releaseUnseen(int first, int last);
    void releaseAll();
    void updateScrollBar();
    void updateJumpButton();
    void unfoldFor(int row, const QString &words);
    int markWords(const QString &rowId, const QString &words);
    RowRoom room() const;
    void bringIntoSight(const QWidget *widget);
    void noteFocus(const QWidget *now);
    bool stepRow(int step);
    int rowToBeginAt() const;
    void focusRow(int row, int step);
    void pressRow();

    const Theme &m_theme;
    DocumentCache m_cache;
    ThumbnailCache m_thumbnails;
    RowPool m_pool;
    QPointer<Models::TranscriptModel> m_model;
    std::vector<std::unique_ptr<RowState>> m_states;
    HeightIndex m_heights;
    std::vector<Shown> m_shown; ///< by row
    Anchor m_anchor;
    bool m_following = true;
    bool m_placingScheduled = false;
    bool m_settingScrollBar = false;
    bool m_showsFocus = false; ///< has it, by the keyboard
    quint64 m_lastUid = 0;
    quint64 m_currentUid = 0;
    FocusChain m_focusChain;
    SpanningSelection m_selection;
    QPushButton *m_jump;
};

} // namespace Meanwhile::Ui
