// SPDX-License-Identifier: MIT
#include "ui/taskpanel/logsearch.h"

#include "ui/taskpanel/ansiparser.h"

#include <algorithm>

namespace Meanwhile::Ui {

namespace {

constexpr qint64 kPieceBytes = 256 * 1024;

void searchLine(const LogLine &line, LogMatches &matches)
{
    qsizetype at = line.text.indexOf(matches.text, 0, Qt::CaseInsensitive);
    while (at >= 0 && !matches.hasMore) {
        if (matches.places.size() == LogMatches::kMost)
            matches.hasMore = true;
        else
            matches.places.append({line.offset, int(at)});
        at = line.text.indexOf(matches.text, at + matches.text.size(), Qt::CaseInsensitive);
    }
}

void searchRange(
    LogSource &source, qint64 begin, qint64 end, LogMatches &matches, const std::atomic_bool &isCancelled)
{
    AnsiParser parser(begin);
    QVector<LogLine> lines;
    for (qint64 at = begin; at < end && !isCancelled && !matches.hasMore;) {
        const LogSource::Piece piece = source.read(at, std::min(kPieceBytes, end - at));
        if (piece.bytes.isEmpty())
            break;
        if (piece.offset != at) // what was to be read was dropped in the meantime
            parser = AnsiParser(piece.offset);
        parser.feed(piece.bytes, lines);
        for (const LogLine &line : std::as_const(lines))
            searchLine(line, matches);
        lines.clear();
        at = piece.offset + piece.bytes.size();
    }
    searchLine(parser.openLine(), matches);
}

} // namespace

LogMatches searchLog(LogSource &source, const QString &text, const std::atomic_bool &isCancelled)
{
    LogMatches matches{text, {}, false, false};
    if (text.isEmpty())
        return matches;
    const LogExtent extent = source.extent();
    matches.hasGap = extent.gapEnd > extent.gapStart;
    if (matches.hasGap) {
        searchRange(source, 0, extent.gapStart, matches, isCancelled);
        searchRange(source, extent.gapEnd, extent.end, matches, isCancelled);
    } else {
        searchRange(source, 0, extent.end, matches, isCancelled);
    }
    return matches;
}

} // namespace Meanwhile::Ui
