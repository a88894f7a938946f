// SPDX-License-Identifier: MIT
#pragma once

#include "base/error.h"
#include "wire/httptransport.h"

#include <QDateTime>

#include <chrono>
#include <optional>

namespace Meanwhile::Wire {

/// Whether a request that failed is sent again, and how long to wait before that.
///
/// A value: no timer, no clock; the same seed and the same failures give the same delays.
/// Sent again: where no answer came or it broke off (Network, Timeout), HTTP 408, 409, 429 and 5xx, and
/// errors in mid-answer that mean overload. Never: any other status, certificates, what a server cannot mean
/// for another try. Delay: what the server asks for, else a random time ("full jitter") up to `first`,
/// doubling to `longest`. Ends: after `tries` failures, where the next try would come later than `total`
/// after the first failure, and with the third HTTP 500 for the same body.
class RetryPolicy {
public:
    struct Limits {
        int tries = 10; ///< in all, the first one included; 1: never again
        std::chrono::milliseconds total = std::chrono::minutes(10);
        std::chrono::milliseconds first{500};
        std::chrono::milliseconds longest = std::chrono::seconds(30);
    };

    RetryPolicy();
    explicit RetryPolicy(quint64 seed, Limits limits);

    /// Counts this failure. `now` is monotonic. Without a value the error is final.
    std::optional<std::chrono::milliseconds> delayAfter(const Error &error, std::chrono::milliseconds now);
    /// Failures since restart().
    int failures() const { return m_failures; }
    /// Starts counting from zero: an answer was complete, or the person sent something new.
    void restart();
    /// The next try has another body than the one before.
    void bodyChanged() { m_serverErrors = 0; }

private:
    quint64 next64();

    quint64 m_random;
    Limits m_limits;
    int m_failures = 0;
    int m_serverErrors = 0; ///< HTTP 500 for the same body
    std::chrono::milliseconds m_firstFailure{0};
};

/// What a server asks for in `retry-after-ms` or `retry-after` (seconds or a date; RFC 9110, 10.2.3). A date
/// counts from the answer's own `date`, else from `wallTime`, since clocks differ. Never negative, at most a
/// day.
std::optional<std::chrono::milliseconds> retryAfter(const Headers &headers, const QDateTime &wallTime);

} // namespace Meanwhile::Wire
