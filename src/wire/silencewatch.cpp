// SPDX-License-Identifier: MIT
#include "wire/silencewatch.h"

#include "base/clock.h"

#include <algorithm>

namespace Meanwhile::Wire {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds kShortestSleep = 1s;
constexpr milliseconds kFarTooLate = 5s;

} // namespace

SilenceWatch::SilenceWatch(const Clock &clock, Limits limits, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_limits(limits)
    , m_timer(this)
{
    m_timer.setObjectName(u"silence"_s);
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer); // a coarse one may be late by 5 % of five minutes
    connect(&m_timer, &QTimer::timeout, this, &SilenceWatch::look);
}

void SilenceWatch::start()
{
    begin();
    setTimer();
}

void SilenceWatch::heard()
{
    if (!m_timer.isActive())
        return;
    begin();
    if (!std::exchange(m_isSilent, false))
        return;
    setTimer();
    emit silenceChanged(false);
}

void SilenceWatch::stop()
{
    m_timer.stop();
}

milliseconds SilenceWatch::slept() const
{
    return m_clock.nowWithSleep() - m_clock.now();
}

void SilenceWatch::begin()
{
    m_since = m_clock.now();
    m_slept = slept();
}

void SilenceWatch::setTimer()
{
    const bool hints = m_limits.hint > 0ms && !m_isSilent;
    if (!hints && m_limits.end <= 0ms)
        return;
    const milliseconds limit = !hints                ? m_limits.end
                               : m_limits.end <= 0ms ? m_limits.hint
                                                     : std::min(m_limits.hint, m_limits.end);
    m_due = m_since + limit;
    m_timer.start(std::max(1ms, m_due - m_clock.now()));
}

void SilenceWatch::look()
{
    const milliseconds now = m_clock.now();
    if (slept() - m_slept >= kShortestSleep || now - m_due >= kFarTooLate)
        begin();
    const milliseconds silence = now - m_since;
    if (m_limits.end > 0ms && silence >= m_limits.end) {
        emit expired();
        return;
    }
    const bool becomesSilent = m_limits.hint > 0ms && !m_isSilent && silence >= m_limits.hint;
    m_isSilent = m_isSilent || becomesSilent;
    setTimer();
    if (becomesSilent)
        emit silenceChanged(true);
}

} // namespace Meanwhile::Wire
