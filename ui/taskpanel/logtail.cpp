// SPDX-License-Identifier: MIT
#include "ui/taskpanel/logtail.h"

#include "base/textlimits.h"

#include <QCoreApplication>

#include <algorithm>

namespace Meanwhile::Ui {

LogTail::LogTail(std::shared_ptr<LogSource> source)
    : m_source(std::move(source))
{
}

static bool hasGap(const LogExtent &extent)
{
    return extent.gapEnd > extent.gapStart;
}

/// The line that stands for what was dropped. It begins where the gap does, so that reading
/// backwards continues before it.
static LogLine gapLine(const LogExtent &extent)
{
    LogLine line;
    line.text = QCoreApplication::translate("LogTail", "[… %1 left out …]")
                    .arg(formatBytes(extent.gapEnd - extent.gapStart));
    AnsiStyle dim;
    dim.dim = true;
    line.spans = {{0, int(line.text.size()), dim}};
    line.offset = extent.gapStart;
    return line;
}

LogUpdate LogTail::readNew()
{
    LogUpdate update;
    const LogExtent extent = m_source->extent();
    const bool lostSome = hasGap(extent) && m_end >= extent.gapStart && m_end < extent.gapEnd;
    // A log that shrank was started over; one that ran far ahead would be dropped line by line as it is
    // shown.
    update.fresh = m_end < 0 || extent.end < m_end || extent.end - m_end > kWindowBytes || lostSome;
    if (update.fresh) {
        const LogSource::Piece window = windowBefore(extent.end, extent);
        if (hasGap(extent) && window.offset == extent.gapEnd)
            update.lines.append(gapLine(extent));
        m_parser = AnsiParser(window.offset);
        m_parser.feed(window.bytes, update.lines);
        m_end = window.offset + window.bytes.size();
    } else if (extent.end > m_end) {
        const LogSource::Piece piece = m_source->read(m_end, extent.end - m_end);
        m_parser.feed(piece.bytes, update.lines);
        m_end = piece.offset + piece.bytes.size();
    }
    update.open = m_parser.openLine();
    update.sizeBytes = extent.end;
    return update;
}

QVector<LogLine> LogTail::readBefore(qint64 offset)
{
    const LogExtent extent = m_source->extent();
    const LogSource::Piece window = windowBefore(offset, extent);
    QVector<LogLine> lines;
    if (hasGap(extent) && window.offset == extent.gapEnd)
        lines.append(gapLine(extent));
    AnsiParser parser(window.offset);
    parser.feed(window.bytes, lines);
    // Bytes that end without a line end are the beginning of an overlong line, or cut by the gap.
    const LogLine rest = parser.openLine();
    if (!rest.text.isEmpty())
        lines.append(rest);
    return lines;
}

LogPart LogTail::readAround(qint64 offset)
{
    constexpr qsizetype kSide = kWindowLines / 2;
    LogPart part;
    part.around = offset;
    part.lines = readBefore(offset);
    if (part.lines.size() > kSide)
        part.lines.remove(0, part.lines.size() - kSide);
    const LogExtent extent = m_source->extent();
    const LogSource::Piece piece = m_source->read(offset, kWindowBytes / 2);
    AnsiParser parser(piece.offset);
    QVector<LogLine> behind;
    parser.feed(piece.bytes, behind);
    part.endOffset = piece.offset + piece.bytes.size();
    const LogLine open = parser.openLine();
    const bool isCut = part.endOffset != extent.end && part.endOffset != extent.gapStart;
    if (behind.size() > kSide) {
        part.endOffset = behind.at(kSide).offset;
        behind.resize(kSide);
    } else if (isCut && !behind.isEmpty()) {
        part.endOffset = open.offset;
    } else if (!open.text.isEmpty()) {
        behind.append(open);
    }
    part.lines += behind;
    if (hasGap(extent) && part.endOffset == extent.gapStart) {
        part.lines.append(gapLine(extent));
        part.endOffset = extent.gapEnd;
    }
    return part;
}

LogSource::Piece LogTail::windowBefore(qint64 end, const LogExtent &extent)
{
    if (hasGap(extent) && end > extent.gapStart && end <= extent.gapEnd)
        end = extent.gapStart;
    const bool isAfterGap = hasGap(extent) && end > extent.gapEnd;
    const qint64 first = isAfterGap ? extent.gapEnd : 0;
    const qint64 begin = std::max(first, end - kWindowBytes);
    LogSource::Piece window = m_source->read(begin, end - begin);
    const QByteArrayView bytes(window.bytes);
    qsizetype cut = bytes.size();
    for (qsizetype lines = 0; cut > 0; --cut) {
        if (bytes.at(cut - 1) == '\n' && cut < bytes.size() && ++lines == kWindowLines)
            break;
    }
    if (cut == 0 && begin > first) {
        // The window begins inside a line: leave that out, unless there is nothing else.
        const qsizetype lineEnd = bytes.indexOf('\n');
        if (lineEnd >= 0 && lineEnd + 1 < bytes.size())
            cut = lineEnd + 1;
    }
    window.offset += cut;
    window.bytes.remove(0, cut);
    return window;
}

} // namespace Meanwhile::Ui
