// SPDX-License-Identifier: MIT
#include "ui/transcript/heightindex.h"

#include <algorithm>
#include <bit>

namespace Meanwhile::Ui {

qint64 HeightIndex::offset(int row) const
{
    qint64 sum = 0;
    for (int i = row; i > 0; i -= i & -i)
        sum += m_tree[size_t(i)];
    return sum;
}

int HeightIndex::rowAt(qint64 y) const
{
    if (m_heights.empty())
        return -1;
    int row = 0;
    qint64 rest = std::max<qint64>(0, y);
    for (int step = int(std::bit_floor(m_heights.size())); step > 0; step >>= 1) {
        const int next = row + step;
        if (next <= count() && m_tree[size_t(next)] <= rest) {
            row = next;
            rest -= m_tree[size_t(next)];
        }
    }
    return std::min(row, count() - 1);
}

void HeightIndex::insert(int row, const std::vector<int> &heights)
{
    m_heights.insert(m_heights.begin() + row, heights.begin(), heights.end());
    rebuildFrom(row);
}

void HeightIndex::remove(int row, int n)
{
    m_heights.erase(m_heights.begin() + row, m_heights.begin() + row + n);
    rebuildFrom(row);
}

void HeightIndex::setHeight(int row, int height)
{
    const qint64 change = height - m_heights.at(size_t(row));
    m_heights[size_t(row)] = height;
    for (int i = row + 1; i <= count(); i += i & -i)
        m_tree[size_t(i)] += change;
}

void HeightIndex::rebuildFrom(int row)
{
    // Node i holds the rows (i - lowest bit, i]; nodes up to `row` do not reach what changed.
    m_tree.resize(m_heights.size() + 1, 0);
    m_tree[0] = 0;
    for (int i = row + 1; i <= count(); ++i) {
        qint64 sum = m_heights[size_t(i - 1)];
        for (int child = i - 1, low = i & -i; child > i - low; child -= child & -child)
            sum += m_tree[size_t(child)];
        m_tree[size_t(i)] = sum;
    }
}

} // namespace Meanwhile::Ui
