// SPDX-License-Identifier: MIT
#include "ui/transcript/shownpart.h"

namespace Meanwhile::Ui {

static constexpr qsizetype kMostChars = 64 * 1024;
static constexpr qsizetype kLookBack = 4 * 1024; // for the end of a line
static constexpr int kMostTableLines = 300;

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

} // namespace Meanwhile::Ui
