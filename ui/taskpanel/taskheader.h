// SPDX-License-Identifier: MIT
#pragma once

#include "ui/widgets/theme.h"

#include <QHeaderView>

namespace Meanwhile::Ui {

/// The heads of the table's columns, which together are always as wide as the table: an edge that is dragged
/// moves between the two columns beside it. The arrow of the sort order stands beside a head's words, never
/// on them.
class TaskHeader : public QHeaderView {
    Q_OBJECT

public:
    explicit TaskHeader(const Theme &theme, QWidget *parent = nullptr);

    /// The rest of the table's width is this column's.
    void setWidths(const QVector<int> &widths, int restColumn);
    QVector<int> widths() const;

signals:
    /// By the person.
    void dragged();

protected:
    void initStyleOptionForIndex(QStyleOptionHeader *option, int column) const override;
    void paintSection(QPainter *painter, const QRect &rect, int column) const override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();
    void moveEdge(int column, int before, int now);
    int nextVisible(int column) const;

    const Theme &m_theme;
    int m_restColumn = -1;
    bool m_isPlacing = false;
};

} // namespace Meanwhile::Ui
