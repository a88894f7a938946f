// SPDX-License-Identifier: MIT
#include "wire/sseparser.h"

#include <cstring>

namespace Meanwhile::Wire {

namespace {

// The length of the line that begins here; -1 where its end has not come.
qsizetype lineLength(QByteArrayView bytes)
{
    const char *const begin = bytes.data();
    const void *feed = std::memchr(begin, '\n', size_t(bytes.size()));
    const qsizetype length = feed ? static_cast<const char *>(feed) - begin : bytes.size();
    const void *carriageReturn = std::memchr(begin, '\r', size_t(length));
    if (carriageReturn)
        return static_cast<const char *>(carriageReturn) - begin;
    return feed ? length : -1;
}

} // namespace

QVector<SseEvent> SseParser::feed(QByteArrayView bytes)
{
    QVector<SseEvent> events;
    while (!bytes.isEmpty() && !m_overflowed) {
        if (std::exchange(m_lastWasCr, false) && bytes.front() == '\n') {
            bytes = bytes.sliced(1); // the second half of a CR LF
            continue;
        }
        const qsizetype length = lineLength(bytes);
        if (m_line.size() + m_data.size() + (length < 0 ? bytes.size() : length) > kMaxEventBytes) {
            m_overflowed = true;
            break;
        }
        if (length < 0) {
            m_line.append(bytes);
            break;
        }
        m_lastWasCr = bytes[length] == '\r';
        if (m_line.isEmpty()) {
            takeLine(bytes.first(length), nullptr, events);
        } else {
            QByteArray line = std::exchange(m_line, {});
            line.append(bytes.first(length));
            takeLine(line, &line, events);
        }
        bytes = bytes.sliced(length + 1);
    }
    return events;
}

QVector<SseEvent> SseParser::finish()
{
    QVector<SseEvent> events;
    if (!m_line.isEmpty() && !m_overflowed)
        takeLine(std::exchange(m_line, {}), nullptr, events);
    dispatch(events);
    return events;
}

void SseParser::takeLine(QByteArrayView line, QByteArray *owner, QVector<SseEvent> &events)
{
    const char *const begin = line.data();
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
    QByteArrayView value = line.sliced(colon < 0 ? line.size() : colon + 1);
    if (value.startsWith(' '))
        value = value.sliced(1);
    if (field == "data") {
        if (std::exchange(m_hasData, true))
            m_data.append('\n').append(value);
        else if (owner) // not copied: it may be megabytes
            m_data = std::move(owner->remove(0, value.data() - begin));
        else
            m_data = value.toByteArray();
    } else if (field == "event") {
        m_hasName = !value.isEmpty();
        if (m_name != value)
            m_name = value.toByteArray();
    }
}

void SseParser::dispatch(QVector<SseEvent> &events)
{
    if (std::exchange(m_hasData, false))
        events.append({m_hasName ? m_name : QByteArrayLiteral("message"), std::exchange(m_data, {})});
    m_hasName = false;
    m_data.clear();
}

} // namespace Meanwhile::Wire
