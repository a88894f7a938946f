// SPDX-License-Identifier: MIT
#pragma once

#include "ui/widgets/theme.h"

#include <QMap>
#include <QTableView>

namespace Meanwhile::Ui {

class TaskHeader;

/// The table of tasks: whole rows, one at a time, from the keyboard or with the mouse.
///
/// Too narrow for all columns it folds exit code and output size into the second lines of other columns.
/// Columns can be dragged; what the others leave is the command's.
class TaskTable : public QTableView {
    Q_OBJECT

public:
    explicit TaskTable(const Theme &theme, QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    bool isFolded() const { return m_isFolded; }
    QString selectedTaskId() const;
    /// As the person has dragged them: the widths of all columns, folded and not.
    QMap<bool, QVector<int>> chosenWidths() const { return m_chosenWidths; }
    void setChosenWidths(const QMap<bool, QVector<int>> &widths);

signals:
    void widthsChosen();
    void folded(bool isFolded);
    void selectedTaskChanged();
    void showLogRequested();
    void stopKeyPressed();
    void menuRequested(const QPoint &globalPosition);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void takeCurrent();
    void layOutColumns();
    QVector<int> usualWidths() const;

    TaskHeader *m_header;
    QMap<bool, QVector<int>> m_chosenWidths; ///< by isFolded()
    bool m_isFolded = false;
};

} // namespace Meanwhile::Ui
