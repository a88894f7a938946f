// SPDX-License-Identifier: MIT
#include "ui/taskpanel/logfeed.h"

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
    const auto finish = [this, generation = m_generation](auto deliver) {
        if (generation != m_generation)
            return;
        m_reading = false;
        deliver();
        if (generation == m_generation)
            startNext();
    };
    if (m_wantsBefore >= 0) {
        m_reading = true;
        const qint64 before = std::exchange(m_wantsBefore, -1);
        QtConcurrent::run([tail = m_tail, before] {
            return tail->readBefore(before);
        }).then(this, [this, finish](const QVector<LogLine> &lines) {
            finish([this, &lines] { emit earlierRead(lines); });
        });
    } else if (std::exchange(m_wantsNew, false)) {
        m_reading = true;
        QtConcurrent::run([tail = m_tail] {
            return tail->readNew();
        }).then(this, [this, finish](const LogUpdate &update) {
            finish([this, &update] { emit updated(update); });
        });
    }
}

} // namespace Meanwhile::Ui
