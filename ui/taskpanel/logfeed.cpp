// SPDX-License-Identifier: MIT
#include "ui/taskpanel/logfeed.h"

#include "base/whenfinished.h"

#include <QtConcurrentRun>

namespace Meanwhile::Ui {

void LogFeed::setSource(std::shared_ptr<LogSource> source)
{
    ++m_generation;
    m_tail = source ? std::make_shared<LogTail>(std::move(source)) : nullptr;
    m_reading = false;
    m_wantsRestart = false;
    m_wantsBefore = -1;
    m_wantsAround = -1;
    m_wantsNew = m_tail != nullptr;
    startNext();
}

void LogFeed::poll()
{
    m_wantsNew = m_tail != nullptr;
    startNext();
}

void LogFeed::requestEarlier(qint64 beforeOffset)
{
    m_wantsBefore = m_tail ? beforeOffset : -1;
    startNext();
}

void LogFeed::requestPart(qint64 aroundOffset)
{
    m_wantsAround = m_tail ? aroundOffset : -1;
    m_wantsRestart = false;
    m_wantsNew = false;
    m_wantsBefore = -1;
    startNext();
}

void LogFeed::restart()
{
    m_wantsRestart = m_tail != nullptr;
    m_wantsAround = -1;
    m_wantsBefore = -1;
    poll();
}

void LogFeed::startNext()
{
    if (m_reading || !m_tail)
        return;
    if (m_wantsAround >= 0) {
        const auto read = [tail = m_tail, around = std::exchange(m_wantsAround, -1)] {
            return tail->readAround(around);
        };
        return deliver(QtConcurrent::run(read), &LogFeed::partRead);
    }
    if (m_wantsBefore >= 0) {
        const auto read = [tail = m_tail, before = std::exchange(m_wantsBefore, -1)] {
            return tail->readBefore(before);
        };
        deliver(QtConcurrent::run(read), &LogFeed::earlierRead);
    } else if (std::exchange(m_wantsNew, false)) {
        const auto read = [tail = m_tail, isRestart = std::exchange(m_wantsRestart, false)] {
            if (isRestart)
                tail->restart();
            return tail->readNew();
        };
        deliver(QtConcurrent::run(read), &LogFeed::updated);
    }
}

template <typename T>
void LogFeed::deliver(const QFuture<T> &future, void (LogFeed::*signal)(const T &))
{
    m_reading = true;
    whenFinished(future, this, [this, signal, generation = m_generation](const T &result) {
        if (generation != m_generation)
            return;
        m_reading = false;
        emit(this->*signal)(result);
        startNext();
    });
}

} // namespace Meanwhile::Ui
