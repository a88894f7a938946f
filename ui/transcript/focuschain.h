// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

namespace Meanwhile::Ui {

/// Keeps what the Tab key stops at in the order of reading, and for a screen reader the rows themselves.
///
/// Qt appends a widget to the window's chain of focus when it is made, and row widgets are made late and used
/// for one row after another. Told after each placing which rows are in sight, this moves their stops behind
/// `head`.
class FocusChain {
public:
    explicit FocusChain(QWidget &head);

    /// `rows` from top to bottom; `last` comes after them.
    void arrange(const QWidgetList &rows, QWidget *last);

private:
    QWidget &m_head;
    QWidgetList m_arranged; ///< compared only: its widgets may be gone
};

} // namespace Meanwhile::Ui
