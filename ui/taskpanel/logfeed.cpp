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
    m_wantsBefore = -1;
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

void LogFeed::startNext()
{
    if (m_reading || !m_tail)
        return;
    if (m_wantsBefore >= 0) {
        const auto read = [tail = m_tail, before = std::exchange(m_wantsBefore, -1)] {
            return tail->readBefore(before);
        };
        deliver(QtConcurrent::run(read), &LogFeed::earlierRead);
    } else if (std::exchange(m_wantsNew, false)) {
        deliver(QtConcurrent::run([tail = m_tail] { return tail->readNew(); }), &LogFeed::updated);
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
