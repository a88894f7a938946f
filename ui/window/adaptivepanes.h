// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QSplitter;
class QStackedWidget;
class QTabBar;
class QVBoxLayout;

namespace Meanwhile::Ui {

/// The conversation with the task panel beside it, or, in a narrow window, behind a tab above it. What stands
/// below the conversation (questions, composer) stays in sight either way.
class AdaptivePanes : public QWidget {
    Q_OBJECT

public:
    static constexpr int kNarrowBelow = 900;
    static constexpr int kPanelWidth = 428;

    explicit AdaptivePanes(QWidget *parent = nullptr);

    /// The parents that the parts are made with: one that changes its parent is styled again, with all in it.
    QWidget *pagesParent() const;
    QWidget *columnParent() const { return m_column; }
    QWidget *panelParent() const;
    /// Takes them over. The conversation's place shows one of its pages at a time.
    void addPage(QWidget *page);
    void showPage(QWidget *page);
    void setPanel(QWidget *panel);
    void addBelow(QWidget *widget);
    void addAbove(QWidget *widget);

    bool isNarrow() const { return m_isNarrow; }
    /// Beside the conversation, or the tab that is in front.
    bool isPanelVisible() const;
    void setPanelVisible(bool visible);
    /// For the tab: how much runs.
    void setRunningTasks(int count);

    QByteArray saveState() const;
    void restoreState(const QByteArray &state);

    QSize minimumSizeHint() const override;

signals:
    void panelVisibilityChanged(bool visible);
    void splitterMoved();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void setNarrow(bool narrow);
    void showTab(int index);

    QSplitter *m_splitter = nullptr;
    QWidget *m_column = nullptr;
    QVBoxLayout *m_columnLayout = nullptr;
    QTabBar *m_tabs = nullptr;
    QStackedWidget *m_stack = nullptr;
    QWidget *m_page = nullptr;
    QWidget *m_panel = nullptr;
    QByteArray m_wideState; ///< how the splitter stood before the window became narrow
    bool m_isNarrow = false;
    bool m_isPanelWanted = true;
};

} // namespace Meanwhile::Ui
