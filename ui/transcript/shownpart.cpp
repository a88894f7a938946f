// SPDX-License-Identifier: MIT
#include "ui/transcript/shownpart.h"

#include <algorithm>

namespace Meanwhile::Ui {

static constexpr qsizetype kMostChars = 64 * 1024;
static constexpr qsizetype kLookBack = 4 * 1024; // for the end of a line
static constexpr int kMostTableLines = 300;
static constexpr qsizetype kFoldedLines = 12;
static constexpr qsizetype kMostUnfoldedLines = 18;
static constexpr qsizetype kLineChars = 80; // about what fits

qsizetype shownPart(QStringView text)
{
    const bool isLong = text.size() > kMostChars;
    const QStringView first = isLong ? text.first(kMostChars) : text;
    int tableLines = 0;
    for (qsizetype at = 0; at < first.size();) {
        const qsizetype end = first.indexOf(u'\n', at);
        const qsizetype next = end < 0 ? first.size() : end + 1;
        tableLines = first.sliced(at, next - at).trimmed().startsWith(u'|') ? tableLines + 1 : 0;
        if (tableLines > kMostTableLines)
            return at;
        at = next;
    }
    if (!isLong)
        return text.size();
    const qsizetype lineEnd = first.lastIndexOf(u'\n');
    if (lineEnd > kMostChars - kLookBack)
        return lineEnd + 1;
    return first.back().isHighSurrogate() ? first.size() - 1 : first.size();
}

qsizetype foldedPart(QStringView text)
{
    qsizetype lines = 0;
    qsizetype folded = text.size();
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype end = text.indexOf(u'\n', at);
        const qsizetype length = (end < 0 ? text.size() : end) - at;
        const qsizetype wrapped = std::max<qsizetype>(1, (length + kLineChars - 1) / kLineChars);
        if (lines < kFoldedLines && lines + wrapped >= kFoldedLines) {
            const qsizetype shown = std::min(length, (kFoldedLines - lines) * kLineChars);
            folded = at + shown;
            if (folded < text.size() && text.at(folded).isLowSurrogate())
                --folded;
        }
        lines += wrapped;
        if (lines > kMostUnfoldedLines)
            return folded;
        at = end < 0 ? text.size() : end + 1;
    }
    return text.size();
}

static bool isTableLine(QStringView line)
{
    return line.trimmed().startsWith(u'|');
}

static bool mayBeDelimiterLine(QStringView line)
{
    return std::all_of(line.begin(), line.end(), [](QChar c) { return QStringView(u"|:- \t").contains(c); });
}

qsizetype partWithoutTableHead(QStringView text)
{
    const qsizetype last = text.lastIndexOf(u'\n') + 1;
    const auto lineBefore = [&](qsizetype at) { // where the line begins that ends before `at`
        return at < 2 ? 0 : text.lastIndexOf(u'\n', at - 2) + 1;
    };
    const qsizetype before = lineBefore(last);
    const bool followsTable = last > 0 && isTableLine(text.sliced(before, last - before));
    if (!followsTable)
        return isTableLine(text.sliced(last)) ? last : text.size();
    const qsizetype head = lineBefore(before);
    const bool isHead = before == 0 || !isTableLine(text.sliced(head, before - head));
    return isHead && mayBeDelimiterLine(text.sliced(last)) ? before : text.size();
}

} // namespace Meanwhile::Ui
