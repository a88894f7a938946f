// SPDX-License-Identifier: MIT
#include "models/secondtick.h"

namespace Meanwhile::Models {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

SecondTick::SecondTick(QObject *parent, std::function<void()> tick)
    : m_timer(new QTimer(parent))
{
    m_timer->setObjectName(u"elapsedTick"_s);
    m_timer->setInterval(1s);
    m_timer->setTimerType(Qt::PreciseTimer);
    QObject::connect(m_timer, &QTimer::timeout, parent, std::move(tick));
}

void SecondTick::need(Part part, bool isNeeded)
{
    (part == Part::Waiting ? m_waitingNeeds : m_tasksNeed) = isNeeded;
    const bool runs = m_waitingNeeds || m_tasksNeed;
    if (runs && !m_timer->isActive())
        m_timer->start();
    else if (!runs)
        m_timer->stop();
}

} // namespace Meanwhile::Models
