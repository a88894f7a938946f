// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdlib>
#include <type_traits>

namespace Meanwhile::Runner {

/// A growing array of plain values for what must go on without memory: append() drops the value then, where
/// std::vector would end the program. Callers look again anyway.
template <typename T>
class PodArray {
    static_assert(std::is_trivially_copyable_v<T>);

public:
    PodArray() = default;
    PodArray(const PodArray &) = delete;
    PodArray &operator=(const PodArray &) = delete;
    ~PodArray() { std::free(m_items); }

    void append(const T &item)
    {
        if (m_size == m_capacity) {
            const std::size_t capacity = m_capacity ? m_capacity * 2 : 64;
            void *grown = std::realloc(m_items, capacity * sizeof(T));
            if (!grown)
                return;
            m_items = static_cast<T *>(grown);
            m_capacity = capacity;
        }
        m_items[m_size++] = item;
    }
    void clear() { m_size = 0; }
    std::size_t size() const { return m_size; }
    T *begin() { return m_items; }
    T *end() { return m_items + m_size; }
    const T *begin() const { return m_items; }
    const T *end() const { return m_items + m_size; }

private:
    T *m_items = nullptr;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
};

} // namespace Meanwhile::Runner
