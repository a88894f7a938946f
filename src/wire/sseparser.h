// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QVector>

namespace Meanwhile::Wire {

struct SseEvent {
    QByteArray name; ///< "message" when the stream named none
    QByteArray data; ///< several data lines joined with newlines

    bool operator==(const SseEvent &) const = default;
};

/// A stream of server-sent events, from bytes cut anywhere.
///
/// Source: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream, with one
/// difference: finish() also gives an event without its final blank line, since some servers leave it
/// out. Cost: proportional to the bytes fed, whatever the size of the pieces. Errors: an event larger than
/// kMaxEventBytes sets hasOverflowed() and ends the parsing; nothing else is an error.
class SseParser {
public:
    static constexpr qsizetype kMaxEventBytes = 64 * 1024 * 1024;

    /// The events that these bytes complete.
    QVector<SseEvent> feed(QByteArrayView bytes);
    /// The stream has ended: what is left, if it holds data.
    QVector<SseEvent> finish();
    bool hasOverflowed() const { return m_overflowed; }
    /// The last line has no end yet.
    bool isMidLine() const { return !m_line.isEmpty(); }

private:
    /// `owner`: what holds the line, where it may be taken.
    void takeLine(QByteArrayView line, QByteArray *owner, QVector<SseEvent> &events);
    void dispatch(QVector<SseEvent> &events);

    QByteArray m_line; // the beginning of a line whose end has not come yet
    QByteArray m_name; // kept from event to event: most have the same
    bool m_hasName = false;
    QByteArray m_data;
    bool m_hasData = false;
    bool m_lastWasCr = false;
    bool m_atStart = true;
    bool m_overflowed = false;
};

} // namespace Meanwhile::Wire
