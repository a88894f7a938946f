// SPDX-License-Identifier: MIT
#pragma once

#include "ui/taskpanel/logsource.h"

#include <QMutex>

namespace Meanwhile::Testing {

/// A log in memory that counts what is read from it.
class MemoryLog final : public Ui::LogSource {
public:
    explicit MemoryLog(QByteArray bytes = {})
        : m_bytes(std::move(bytes))
    {
    }

    Ui::LogExtent extent() override
    {
        const QMutexLocker lock(&m_mutex);
        return {m_bytes.size(), 0, 0};
    }

    Piece read(qint64 offset, qint64 maxBytes) override
    {
        const QMutexLocker lock(&m_mutex);
        const QByteArray part = m_bytes.mid(offset, maxBytes);
        m_bytesRead += part.size();
        ++m_reads;
        return {offset, part};
    }

    void append(const QByteArray &bytes)
    {
        const QMutexLocker lock(&m_mutex);
        m_bytes += bytes;
    }

    void replace(const QByteArray &bytes)
    {
        const QMutexLocker lock(&m_mutex);
        m_bytes = bytes;
    }

    /// While it is locked, whoever reads waits.
    QMutex &mutex() { return m_mutex; }

    /// Since the last call.
    qint64 takeBytesRead()
    {
        const QMutexLocker lock(&m_mutex);
        return std::exchange(m_bytesRead, 0);
    }

    int reads()
    {
        const QMutexLocker lock(&m_mutex);
        return m_reads;
    }

private:
    QMutex m_mutex;
    QByteArray m_bytes;
    qint64 m_bytesRead = 0;
    int m_reads = 0;
};

/// "line 0\n" to "line <count-1>\n".
inline QByteArray numberedLines(int count, int from = 0)
{
    QByteArray bytes;
    for (int i = from; i < from + count; ++i)
        bytes += "line " + QByteArray::number(i) + "\n";
    return bytes;
}

} // namespace Meanwhile::Testing
