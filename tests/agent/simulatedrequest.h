// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <chrono>

namespace Meanwhile::Testing {

/// A request that a SimulatedWorld has open.
struct SimulatedRequest {
    qint64 number;
    bool started; ///< to be answered

    /// What a failed one waits for.
    struct Retry {
        qint64 request;
        std::chrono::milliseconds due;
    };
};

} // namespace Meanwhile::Testing
