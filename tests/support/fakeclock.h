// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"

namespace Meanwhile::Testing {

/// Time that moves only when told.
class FakeClock final : public Clock {
public:
    std::chrono::milliseconds now() const override { return m_now; }
    std::chrono::milliseconds nowWithSleep() const override { return m_now + m_slept; }
    QDateTime wallTime() const override { return m_start.addMSecs(nowWithSleep().count()); }

    void advance(std::chrono::milliseconds by) { m_now += by; }
    /// The computer sleeps: the monotonic time stands still.
    void sleep(std::chrono::milliseconds by) { m_slept += by; }

private:
    std::chrono::milliseconds m_slept{0};
    std::chrono::milliseconds m_now{1'000};
    QDateTime m_start = QDateTime(QDate(2026, 1, 2), QTime(9, 30), Qt::UTC);
};

} // namespace Meanwhile::Testing
