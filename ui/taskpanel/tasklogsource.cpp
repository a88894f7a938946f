// SPDX-License-Identifier: MIT
#include "ui/taskpanel/tasklogsource.h"

namespace Meanwhile::Ui {

TaskLogSource::TaskLogSource(QString path)
    : m_path(std::move(path))
{
}

bool TaskLogSource::open()
{
    if (!m_log && !m_path.isEmpty()) {
        Result<Tasks::TaskLog> log = Tasks::TaskLog::open(m_path);
        if (log)
            m_log.emplace(std::move(*log));
    }
    return m_log.has_value();
}

LogExtent TaskLogSource::extent()
{
    if (!open())
        return {};
    const Result<Tasks::LogSummary> summary = m_log->summary();
    return summary ? LogExtent{summary->endOffset, summary->gapStart, summary->gapEnd} : LogExtent{};
}

LogSource::Piece TaskLogSource::read(qint64 offset, qint64 maxBytes)
{
    if (!open() || maxBytes <= 0)
        return {offset, {}};
    const Result<Tasks::LogPart> part = m_log->since(offset, maxBytes);
    return part ? Piece{offset + part->skippedBytes, part->bytes} : Piece{offset, {}};
}

} // namespace Meanwhile::Ui
