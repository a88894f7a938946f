// SPDX-License-Identifier: MIT
#include "base/loopwatch.h"

#include "base/logging.h"

namespace Meanwhile {

LoopWatch::LoopWatch(QObject *parent)
    : QObject(parent)
{
    if (!lcLoop().isDebugEnabled())
        return;
    m_tick.start(int(kWorthTelling.count()), Qt::PreciseTimer, this);
    m_sinceTick.start();
}

void LoopWatch::timerEvent(QTimerEvent *)
{
    const auto late = std::chrono::nanoseconds(m_sinceTick.nsecsElapsed()) - kWorthTelling;
    m_sinceTick.start();
    if (late >= kWorthTelling)
        qCDebug(lcLoop).nospace() << "busy for " << double(qRound64(double(late.count()) / 1e4)) / 100
                                  << " ms";
}

} // namespace Meanwhile
