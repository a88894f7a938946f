// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

namespace Meanwhile::Ui {

/// Makes the conversation one stop of the Tab key, with what the row of the moment offers behind it in the
/// order of reading, and tells a screen reader when the rows are others.
///
/// Qt appends a widget to the window's chain of focus when it is made, and row widgets are made late and used
/// for one row after another. Told after each placing which rows are in sight, this moves the stops of the
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
