// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>

#include <chrono>

namespace Meanwhile {

/// Where time comes from, so that tests need no waiting.
class Clock {
public:
    virtual ~Clock() = default;

    /// Monotonic, from an arbitrary origin; never goes back.
    virtual std::chrono::milliseconds now() const = 0;
    /// Like now(), but also counts while the computer sleeps; where the system cannot tell, the same as
    /// now().
    virtual std::chrono::milliseconds nowWithSleep() const = 0;
    /// For people and for files; may jump.
    virtual QDateTime wallTime() const = 0;
};

class SystemClock final : public Clock {
public:
    std::chrono::milliseconds now() const override;
    std::chrono::milliseconds nowWithSleep() const override;
    QDateTime wallTime() const override;
};

} // namespace Meanwhile
