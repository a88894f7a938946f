// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

namespace Meanwhile::Ui {

/// Makes the conversation one stop of the Tab key, followed by what the current row offers in the order of
/// reading, and notifies a screen reader when the rows have changed.
///
/// Qt appends a widget to the window's chain of focus when it is made, and row widgets are made late and used
/// for one row after another. Called after each layout with the rows in sight, this moves the stops of the
/// current one behind `head`, and takes the Tab key from those of all others.
class FocusChain {
public:
    explicit FocusChain(QWidget &head);

    /// `rows` from top to bottom; `current` is one of them or null; `last` comes after its stops.
    void arrange(const QWidgetList &rows, QWidget *current, QWidget *last);
    /// Widgets of rows were deleted; others may come to stand where they stood in memory.
    void reset();

private:
    QWidget &m_head;
    // Only compared.
    QWidgetList m_rows;
    QWidgetList m_arranged;
};

} // namespace Meanwhile::Ui
