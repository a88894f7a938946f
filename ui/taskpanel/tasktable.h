// SPDX-License-Identifier: MIT
#pragma once

#include "ui/theme.h"

#include <QTableView>

namespace Meanwhile::Ui {

/// The table of tasks: whole rows, one at a time, from the keyboard or with the mouse.
///
/// Too narrow for all columns it folds exit code and output size into the second lines of other columns.
class TaskTable : public QTableView {
    Q_OBJECT

public:
    explicit TaskTable(const Theme &theme, QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    bool isFolded() const { return m_isFolded; }
    QString selectedTaskId() const;

signals:
    void selectedTaskChanged();
    void showLogRequested();
    void stopKeyPressed();
    void menuRequested(const QPoint &globalPosition);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void layOutColumns();

    bool m_isFolded = false;
};

} // namespace Meanwhile::Ui
