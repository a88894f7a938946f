// SPDX-License-Identifier: MIT
#include "models/difflines.h"

#include <QStringList>

namespace Meanwhile::Models {

using namespace Qt::StringLiterals;

QVector<DiffLine> parseDiff(const QString &diff)
{
    QVector<DiffLine> parsed;
    const QList<QStringView> lines = QStringView(diff).split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        QStringView line = lines.at(i);
        if (line.endsWith(u'\r'))
            line.chop(1);
        const bool isHeader =
            line.startsWith(u"--- ") && i + 1 < lines.size() && lines.at(i + 1).startsWith(u"+++ ");
        if (isHeader) {
            ++i;
        } else if (line.startsWith(u"@@ -0,0 ") || line.startsWith(u"@@ -1 ") || line.startsWith(u"@@ -1,")) {
            // At the beginning of the file nothing is left out above.
        } else if (line.startsWith(u"@@")) {
            parsed.append({DiffLine::Kind::Hunk, line.mid(2).toString().section(u"@@"_s, 1).trimmed()});
        } else if (line.startsWith(u'+')) {
            parsed.append({DiffLine::Kind::Added, line.mid(1).toString()});
        } else if (line.startsWith(u'-')) {
            parsed.append({DiffLine::Kind::Removed, line.mid(1).toString()});
        } else if (line.startsWith(u' ')) {
            parsed.append({DiffLine::Kind::Context, line.mid(1).toString()});
        }
        // What is left are the words of git ("diff --git", "index", "\ No newline at end of file") and the
        // last end.
    }
    return parsed;
}

DiffStat countChanges(const QString &diff)
{
    DiffStat stat;
    for (const DiffLine &line : parseDiff(diff)) {
        stat.added += line.kind == DiffLine::Kind::Added;
        stat.removed += line.kind == DiffLine::Kind::Removed;
    }
    return stat;
}

QString toString(const DiffStat &stat)
{
    QStringList parts;
    if (stat.added > 0)
        parts.append(u"+%1"_s.arg(stat.added));
    if (stat.removed > 0)
        parts.append(u"−%1"_s.arg(stat.removed));
    return parts.join(u' ');
}

} // namespace Meanwhile::Models
