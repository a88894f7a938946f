// SPDX-License-Identifier: MIT
#include "models/difflines.h"

#include <QRegularExpression>
#include <QStringList>

namespace Meanwhile::Models {

using namespace Qt::StringLiterals;

namespace {

/// The numbers of the lines that come next; 0: not known.
struct Numbers {
    int before = 0;
    int after = 0;

    void take(QStringView heading)
    {
        static const QRegularExpression places(u"^@@ -(\\d+)(?:,\\d+)? \\+(\\d+)"_s);
        const QRegularExpressionMatch found = places.match(heading.toString());
        before = found.captured(1).toInt();
        after = found.captured(2).toInt();
    }
    int next(DiffLine::Kind kind)
    {
        const auto counted = [](int &number) { return number > 0 ? number++ : 0; };
        const int old = kind == DiffLine::Kind::Added ? 0 : counted(before);
        const int now = kind == DiffLine::Kind::Removed ? 0 : counted(after);
        return kind == DiffLine::Kind::Removed ? old : now;
    }
};

} // namespace

QVector<DiffLine> parseDiff(const QString &diff)
{
    QVector<DiffLine> parsed;
    Numbers numbers;
    bool isInHunk = false;
    const auto add = [&](DiffLine::Kind kind, QStringView line) {
        parsed.append({kind, line.sliced(1).toString(), numbers.next(kind)});
    };
    const QList<QStringView> lines = QStringView(diff).split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        QStringView line = lines.at(i);
        if (line.endsWith(u'\r'))
            line.chop(1);
        // Within a hunk the same signs stand before lines that begin so.
        const bool isHeader = !isInHunk && line.startsWith(u"--- ") && i + 1 < lines.size() &&
                              lines.at(i + 1).startsWith(u"+++ ");
        isInHunk = isInHunk || line.startsWith(u"@@");
        if (line.startsWith(u"@@"))
            numbers.take(line);
        if (isHeader) {
            ++i;
        } else if (line.startsWith(u"@@ -0,0 ") || line.startsWith(u"@@ -1 ") || line.startsWith(u"@@ -1,")) {
            // At the beginning of the file nothing is left out above.
        } else if (line.startsWith(u"@@")) {
            parsed.append(
                {DiffLine::Kind::Hunk, line.mid(2).toString().section(u"@@"_s, 1).trimmed(), numbers.after});
        } else if (line.startsWith(u'+')) {
            add(DiffLine::Kind::Added, line);
        } else if (line.startsWith(u'-')) {
            add(DiffLine::Kind::Removed, line);
        } else if (line.startsWith(u' ')) {
            add(DiffLine::Kind::Context, line);
        }
        // What is left are the words of git ("diff --git", "index", "\ No newline at end of file") and the
        // last end.
    }
    return parsed;
}

bool isOfNewFile(const QString &diff)
{
    return diff.startsWith(u"--- /dev/null\n"_s) || diff.contains(u"\n@@ -0,0 "_s);
}

bool isWithoutChange(const QString &diff)
{
    return diff.startsWith(u"--- "_s) && diff.count(u'\n') == 2;
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
