// SPDX-License-Identifier: MIT
#pragma once

#include "ui/window/adaptivepanes.h"

class QSplitter;

namespace Meanwhile::Ui {

/// A sidebar beside everything else. Where there is no room for it, it lies above the left of the rest while
/// it is asked for, and goes with Escape, with a click beside it, and when something was chosen.
class SidebarPanes : public QWidget {
    Q_OBJECT

public:
    static constexpr int kSidebarWidth = 216;
    /// Beside a sidebar the rest keeps the room that it needs for two columns.
    static constexpr int kLaidAboveBelow = AdaptivePanes::kNarrowBelow + kSidebarWidth;

    explicit SidebarPanes(QWidget *parent = nullptr);

    /// The parent that both are made with: a part that changes its parent is styled again, with all in it.
    QWidget *partsParent() const;
    /// Takes both over.
    void setParts(QWidget *sidebar, QWidget *content);

    bool isNarrow() const { return m_isNarrow; }
    bool isSidebarVisible() const;
    void setSidebarVisible(bool visible);
    /// Something in it was chosen, and what lies above the rest goes.
    void closeAbove();

    QByteArray saveState() const;
    void restoreState(const QByteArray &state);

    QSize minimumSizeHint() const override;

signals:
    void sidebarVisibilityChanged(bool visible);
    void splitterMoved();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void setNarrow(bool narrow);
    void showAbove(bool visible);
    void place();

    QSplitter *m_splitter = nullptr;
    QWidget *m_sidebar = nullptr;
    QWidget *m_content = nullptr;
    QWidget *m_beside = nullptr; ///< over the rest while the sidebar lies above it
    QByteArray m_wideState;      ///< how the splitter stood before the window became narrow
    bool m_isNarrow = false;
    bool m_isWanted = true; ///< where there is room
    bool m_isAbove = false;
};

} // namespace Meanwhile::Ui
