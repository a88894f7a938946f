// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"

namespace Meanwhile::Testing {

/// Time that moves only when told.
class FakeClock final : public Clock {
public:
    std::chrono::milliseconds now() const override { return m_now; }
    QDateTime wallTime() const override { return m_start.addMSecs(m_now.count()); }

    void advance(std::chrono::milliseconds by) { m_now += by; }

private:
    std::chrono::milliseconds m_now{1'000};
    QDateTime m_start = QDateTime(QDate(2026, 1, 2), QTime(9, 30), Qt::UTC);
};

} // namespace Meanwhile::Testing
