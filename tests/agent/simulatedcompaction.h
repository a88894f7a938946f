// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

namespace Meanwhile::Testing {

/// What a SimulatedWorld knows of requests that would not go through as they were.
struct SimulatedCompaction {
    std::optional<qint64> open; ///< the number of the one under way
    QString keepFrom;
    qint64 last = 0;
    bool hasRecords = false;  ///< requests leave something out
    bool isRepairing = false; ///< the last request failed for a reason that another one may heal
    quint64 generation = 0;   ///< of the last request
};

} // namespace Meanwhile::Testing
