// SPDX-License-Identifier: MIT
#pragma once

#include <QVector>

#include <chrono>

namespace Meanwhile::Agent {

/// When the news of tasks wakes an idle agent: at once where no other result is waited for; else 20 ms after
/// the last of a burst and 200 ms after its first at the latest, so that tasks that end together are reported
/// together. At most so many times an hour.
///
/// A value: the caller has the clock. Times are of one monotonic clock.
class WakeSchedule {
public:
    explicit WakeSchedule(int wakesPerHour)
        : m_wakesPerHour(wakesPerHour)
    {
    }

    /// News has come that wakes. `isFirst`: no such news was waiting.
    void noteNews(std::chrono::milliseconds now, bool isFirst);
    /// How long from `now` until the agent is woken. `moreMayCome`: other tasks still run. Also updates
    /// isOverBudget().
    std::chrono::milliseconds delay(std::chrono::milliseconds now, bool moreMayCome);
    void noteWake(std::chrono::milliseconds now) { m_wakes.append(now); }
    /// The person has seen that they are used up.
    void forgetWakes() { m_wakes.clear(); }
    bool mayEverWake() const { return m_wakesPerHour > 0; }
    /// As of the last delay(): the wakes of the hour are used up, with something to wake for.
    bool isOverBudget() const { return m_isOverBudget; }
    void settle() { m_isOverBudget = false; }

private:
    int m_wakesPerHour;
    std::chrono::milliseconds m_burstStart{0};
    std::chrono::milliseconds m_burstEnd{0};
    QVector<std::chrono::milliseconds> m_wakes;
    bool m_isOverBudget = false;
};

} // namespace Meanwhile::Agent
