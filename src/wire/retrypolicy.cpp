// SPDX-License-Identifier: MIT
#include "wire/retrypolicy.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace Meanwhile::Wire {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

constexpr int kServerErrorsForOneBody = 3;
constexpr milliseconds kLongestRetryAfter = 24h;

bool canHelp(const Error &error)
{
    if (error.kind == ErrorKind::TooLarge || error.kind == ErrorKind::PermissionDenied)
        return false; // whatever the status
    if (error.httpStatus != 0) {
        return error.httpStatus == 408 || error.httpStatus == 409 || error.httpStatus == 429 ||
               error.httpStatus >= 500;
    }
    return error.kind == ErrorKind::Network || error.kind == ErrorKind::Timeout ||
           error.kind == ErrorKind::Overloaded || error.kind == ErrorKind::RateLimited;
}

std::optional<milliseconds> bounded(double ms)
{
    if (!std::isfinite(ms))
        return {};
    return milliseconds(qint64(std::clamp(ms, 0.0, double(kLongestRetryAfter.count()))));
}

// The one format of dates that servers may send today (RFC 9110, 5.6.7).
QDateTime httpDate(const QByteArray &text)
{
    QDateTime date =
        QLocale::c().toDateTime(QString::fromLatin1(text.trimmed()), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    date.setTimeSpec(Qt::UTC);
    return date;
}

} // namespace

RetryPolicy::RetryPolicy()
    : RetryPolicy(0, {})
{
}

RetryPolicy::RetryPolicy(quint64 seed, Limits limits)
    : m_random(seed)
    , m_limits(limits)
{
}

std::optional<milliseconds> RetryPolicy::delayAfter(const Error &error, milliseconds now)
{
    if (m_failures++ == 0)
        m_firstFailure = now;
    if (error.httpStatus == 500)
        ++m_serverErrors;
    if (!canHelp(error) || m_failures >= m_limits.tries || m_serverErrors >= kServerErrorsForOneBody)
        return {};
    // Past the longest delay, doubling only overflows.
    const milliseconds most =
        std::min<milliseconds>(m_limits.longest, m_limits.first * (1 << std::min(m_failures - 1, 20)));
    milliseconds delay(qint64(next64() % quint64(most.count() + 1)));
    if (error.retryAfter.value_or(0ms) > 0ms)
        delay = *error.retryAfter;
    if (now + delay > m_firstFailure + m_limits.total)
        return {};
    return delay;
}

void RetryPolicy::restart()
{
    m_failures = 0;
    m_serverErrors = 0;
}

// SplitMix64 (Steele, Lea, Flood 2014): one word of state, so that a copied policy gives the same delays.
quint64 RetryPolicy::next64()
{
    m_random += 0x9e3779b97f4a7c15;
    quint64 z = m_random;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

std::optional<milliseconds> retryAfter(const Headers &headers, const QDateTime &wallTime)
{
    bool isNumber = false;
    if (const QByteArray text = headerValue(headers, "retry-after-ms"); !text.isEmpty()) {
        if (const double ms = text.trimmed().toDouble(&isNumber); isNumber)
            return bounded(ms);
    }
    const QByteArray text = headerValue(headers, "retry-after");
    if (text.isEmpty())
        return {};
    if (const double seconds = text.trimmed().toDouble(&isNumber); isNumber)
        return bounded(seconds * 1'000);
    const QDateTime then = httpDate(text);
    if (!then.isValid())
        return {};
    const QDateTime theirs = httpDate(headerValue(headers, "date"));
    return bounded(double((theirs.isValid() ? theirs : wallTime).msecsTo(then)));
}

} // namespace Meanwhile::Wire
