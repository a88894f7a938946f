// SPDX-License-Identifier: MIT
#include "ui/taskpanel/logtail.h"

namespace Meanwhile::Ui {

LogTail::LogTail(std::shared_ptr<LogSource> source)
    : m_source(std::move(source))
{
}

LogUpdate LogTail::readNew()
{
    LogUpdate update;
    const qint64 size = m_source->size();
    // A log that shrank began anew; one that ran far ahead would be dropped line by line as it is shown.
    update.fresh = m_end < 0 || size < m_end || size - m_end > kWindowBytes;
    if (update.fresh) {
        const Window window = windowBefore(size);
        m_parser = AnsiParser(window.offset);
        m_parser.feed(window.bytes, update.lines);
        m_end = window.offset + window.bytes.size();
    } else if (size > m_end) {
        const QByteArray bytes = m_source->read(m_end, size - m_end);
        m_parser.feed(bytes, update.lines);
        m_end += bytes.size();
    }
    update.open = m_parser.openLine();
    update.sizeBytes = size;
    return update;
}

QVector<LogLine> LogTail::readBefore(qint64 offset)
{
    const Window window = windowBefore(offset);
    AnsiParser parser(window.offset);
    QVector<LogLine> lines;
    parser.feed(window.bytes, lines);
    // Bytes that end without a line end are the beginning of an overlong line.
    const LogLine rest = parser.openLine();
    if (!rest.text.isEmpty())
        lines.append(rest);
    return lines;
}

LogTail::Window LogTail::windowBefore(qint64 end)
{
    const qint64 begin = std::max<qint64>(0, end - kWindowBytes);
    Window window{begin, m_source->read(begin, end - begin)};
    const QByteArrayView bytes(window.bytes);
    qsizetype cut = bytes.size();
    for (qsizetype lines = 0; cut > 0; --cut) {
        if (bytes.at(cut - 1) == '\n' && cut < bytes.size() && ++lines == kWindowLines)
            break;
    }
    if (cut == 0 && begin > 0) {
        // The window begins inside a line: leave that out, unless there is nothing else.
        const qsizetype first = bytes.indexOf('\n');
        if (first >= 0 && first + 1 < bytes.size())
            cut = first + 1;
    }
    window.offset += cut;
    window.bytes.remove(0, cut);
    return window;
}

} // namespace Meanwhile::Ui
