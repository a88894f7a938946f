// SPDX-License-Identifier: MIT
#pragma once

#include "models/tasktablemodel.h"
#include "ui/taskpanel/logpane.h"
#include "ui/widgets/theme.h"

#include <QPointer>
#include <QWidget>

class QAction;
class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QSplitter;
class QTimer;

namespace Meanwhile::Ui {

class TaskFilterModel;
class TaskTable;

/// The tasks of the project: the table above, the log of the selected one below.
///
/// Shows and asks; whoever receives commanded() does what is asked for. Not owned: the model.
/// A new task is selected by itself while nobody chose another that still runs.
class TaskPanel : public QWidget {
    Q_OBJECT

public:
    static constexpr int kWidth = 428;

    /// `sources` opens the log of a task; without it, the file its supervisor writes.
    explicit TaskPanel(const Theme &theme, LogSourceFactory sources = {}, QWidget *parent = nullptr);

    /// The tasks to show from now on; null: none.
    void setModel(Models::TaskTableModel *model);
    /// Selects this task and brings its log into sight. False when there is no such row.
    bool showTask(const QString &taskId);
    QString selectedTaskId() const;
    QSplitter *splitter() const { return m_splitter; }
    /// How the person has set the columns and the log up.
    QByteArray saveView() const;
    void restoreView(const QByteArray &view);
    QSize sizeHint() const override { return {kWidth, 600}; }

signals:
    /// The person asks for this for one of the tasks.
    void commanded(const Meanwhile::Ui::SessionCommand &command);
    void viewChanged();

private:
    void build(LogSourceFactory sources);
    QWidget *buildHeader();
    QWidget *buildFilterRow();
    void buildActions();
    QAction *action(const QString &name, const QString &text);
    void connectAll();
    std::optional<Tasks::Task> selectedTask() const;
    void selectRow(int sourceRow);
    void taskAdded(int sourceRow);
    void tasksChanged(const QModelIndex &first, const QModelIndex &last);
    void selectionMoved();
    void refreshActions();
    void refreshSummary();
    void toggleFilter(bool show);
    void stopKeyPressed();
    void request(const SessionCommand &command);
    void showStopping(const QString &taskId);
    void popUpMenu(const QPoint &globalPosition);

    const Theme &m_theme;
    QPointer<Models::TaskTableModel> m_model;
    TaskFilterModel *m_filter;
    TaskTable *m_table = nullptr;
    LogPane *m_log = nullptr;
    QSplitter *m_splitter;
    QLabel *m_summary = nullptr;
    QLabel *m_hint = nullptr;
    QLabel *m_empty = nullptr;
    QLabel *m_noMatch = nullptr;
    QWidget *m_filterRow = nullptr;
    QLineEdit *m_filterText = nullptr;
    QComboBox *m_filterStates = nullptr;
    QAction *m_filterAction = nullptr;
    QPushButton *m_filterButton = nullptr;
    QMenu *m_menu = nullptr;
    QAction *m_stop = nullptr;
    QAction *m_showLog = nullptr;
    QAction *m_copy = nullptr;
    QAction *m_runAgain = nullptr;
    QAction *m_background = nullptr;
    QTimer *m_summaryTimer;
    QTimer *m_armTimer; ///< while it runs, Delete stops
    QTimer *m_stoppingTimer;
    QString m_selectedId;
    QString m_runAgainCommand; ///< asked for; its task is selected when it comes
    bool m_personChose = false;
    bool m_selecting = false;
};

} // namespace Meanwhile::Ui
