// SPDX-License-Identifier: MIT
#pragma once

#include "ui/widgets/theme.h"

#include <QStyledItemDelegate>

namespace Meanwhile::Ui {

/// Paints a task's row in two lines. While the view hides the columns for exit code and output, the second
/// lines under state and time carry them.
class TaskDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit TaskDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    int rowHeight() const;

    /// The two lines of a cell, as painted.
    struct Lines {
        QString first;
        QString second;
    };
    static Lines lines(const QModelIndex &index, bool isFolded);

private:
    const Theme &m_theme;
};

} // namespace Meanwhile::Ui
