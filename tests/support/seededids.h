// SPDX-License-Identifier: MIT
#pragma once

#include "base/ids.h"

namespace Meanwhile::Testing {

/// The same identifiers each run (splitmix64, Steele et al. 2014).
class SeededIds final : public IdSource {
public:
    explicit SeededIds(quint64 seed = 1)
        : m_state(seed)
    {
    }

    quint64 next64() override
    {
        m_state += 0x9e3779b97f4a7c15ULL;
        quint64 z = m_state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }

private:
    quint64 m_state;
};

} // namespace Meanwhile::Testing
