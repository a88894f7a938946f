// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <vector>

namespace Meanwhile::Ui {

/// Heights of rows, with the offset of a row and the row at an offset in O(log n) (a Fenwick tree).
/// Appending and changing are O(log n); inserting or removing k rows before the end is O(k log n).
class HeightIndex {
public:
    int count() const { return int(m_heights.size()); }
    int height(int row) const { return m_heights.at(size_t(row)); }
    qint64 total() const { return offset(count()); }
    /// Sum of the heights before `row`; count() is welcome.
    qint64 offset(int row) const;
    /// The row that covers `y`, clamped to the rows there are; -1 without rows.
    int rowAt(qint64 y) const;

    void insert(int row, const std::vector<int> &heights);
    void remove(int row, int n);
    void setHeight(int row, int height);

private:
    void rebuildFrom(int row);

    std::vector<int> m_heights;
    std::vector<qint64> m_tree; ///< 1-based partial sums
};

} // namespace Meanwhile::Ui
