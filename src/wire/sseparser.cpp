// SPDX-License-Identifier: MIT
#include "wire/sseparser.h"

#include <algorithm>

namespace Meanwhile::Wire {

QVector<SseEvent> SseParser::feed(QByteArrayView bytes)
{
    QVector<SseEvent> events;
    while (!bytes.isEmpty() && !m_overflowed) {
        if (std::exchange(m_lastWasCr, false) && bytes.front() == '\n') {
            bytes = bytes.sliced(1); // the second half of a CR LF
            continue;
        }
        const auto end =
            std::find_if(bytes.begin(), bytes.end(), [](char c) { return c == '\n' || c == '\r'; });
        const qsizetype length = end - bytes.begin();
        if (m_line.size() + length + m_data.size() > kMaxEventBytes) {
            m_overflowed = true;
            break;
        }
        if (end == bytes.end()) {
            m_line.append(bytes);
            break;
        }
        m_lastWasCr = *end == '\r';
        if (m_line.isEmpty()) {
            takeLine(bytes.first(length), events);
        } else {
            m_line.append(bytes.first(length));
            takeLine(m_line, events);
            m_line.truncate(0);
        }
        bytes = bytes.sliced(length + 1);
    }
    return events;
}

QVector<SseEvent> SseParser::finish()
{
    QVector<SseEvent> events;
    if (!m_line.isEmpty() && !m_overflowed)
        takeLine(std::exchange(m_line, {}), events);
    dispatch(events);
    return events;
}

void SseParser::takeLine(QByteArrayView line, QVector<SseEvent> &events)
{
    if (std::exchange(m_atStart, false) && line.startsWith("\xef\xbb\xbf"))
        line = line.sliced(3);
    if (line.isEmpty()) {
        dispatch(events);
        return;
    }
    const qsizetype colon = line.indexOf(':');
    if (colon == 0)
        return; // a comment
    const QByteArrayView field = colon < 0 ? line : line.first(colon);
    QByteArrayView value = colon < 0 ? QByteArrayView() : line.sliced(colon + 1);
    if (value.startsWith(' '))
        value = value.sliced(1);
    if (field == "data") {
        if (std::exchange(m_hasData, true))
            m_data.append('\n');
        m_data.append(value);
    } else if (field == "event") {
        m_name = value.toByteArray();
    }
}

void SseParser::dispatch(QVector<SseEvent> &events)
{
    if (std::exchange(m_hasData, false))
        events.append({m_name.isEmpty() ? QByteArray("message") : m_name, std::exchange(m_data, {})});
    m_name.clear();
    m_data.clear();
}

} // namespace Meanwhile::Wire
