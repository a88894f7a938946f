// SPDX-License-Identifier: MIT
#include "agent/wakeschedule.h"

#include <algorithm>

namespace Meanwhile::Agent {

using namespace std::chrono_literals;

namespace {

constexpr auto kAfterNewest = 20ms;
constexpr auto kAfterOldest = 200ms;

} // namespace

void WakeSchedule::noteNews(std::chrono::milliseconds now, bool isFirst)
{
    m_burstEnd = now;
    if (isFirst)
        m_burstStart = now;
}

std::chrono::milliseconds WakeSchedule::delay(std::chrono::milliseconds now, bool moreMayCome)
{
    auto due = moreMayCome ? std::min(m_burstEnd + kAfterNewest, m_burstStart + kAfterOldest) : m_burstEnd;
    m_wakes.removeIf([&](std::chrono::milliseconds at) { return at + 1h <= now; });
    m_isOverBudget = m_wakes.size() >= m_wakesPerHour;
    if (m_isOverBudget)
        due = std::max(due, m_wakes.first() + 1h);
    return std::max(0ms, due - now);
}

} // namespace Meanwhile::Agent
