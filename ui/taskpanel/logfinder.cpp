// SPDX-License-Identifier: MIT
#include "ui/taskpanel/logfinder.h"

#include "base/whenfinished.h"

#include <QtConcurrentRun>

#include <utility>

namespace Meanwhile::Ui {

LogFinder::~LogFinder()
{
    cancel();
}

void LogFinder::setSource(std::shared_ptr<LogSource> source)
{
    cancel();
    m_isCancelled.reset(); // that search has a source of its own
    m_source = std::move(source);
}

void LogFinder::cancel()
{
    m_wanted.reset();
    if (m_isCancelled)
        *m_isCancelled = true;
}

void LogFinder::search(const QString &text)
{
    cancel();
    if (!m_source)
        return;
    m_wanted = text;
    if (!m_isCancelled)
        start();
}

void LogFinder::start()
{
    m_isCancelled = std::make_shared<std::atomic_bool>(false);
    const auto search = [source = m_source, text = *std::exchange(m_wanted, {}), stop = m_isCancelled] {
        return searchLog(*source, text, *stop);
    };
    whenFinished(QtConcurrent::run(search), this, [this, mine = m_isCancelled](const LogMatches &matches) {
        if (mine != m_isCancelled)
            return;
        m_isCancelled.reset();
        if (m_wanted)
            start();
        else if (!*mine)
            emit found(matches);
    });
}

} // namespace Meanwhile::Ui
