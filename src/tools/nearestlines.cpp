// SPDX-License-Identifier: MIT
#include "tools/nearestlines.h"

#include "project/likeness.h"

#include <QStringList>

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxLinesCompared = 50'000;
constexpr qsizetype kMaxLinesShown = 8;
constexpr qsizetype kMaxLineChars = 300;
constexpr double kAlike = 0.5;

using Lines = QList<QStringView>;

bool sameButForSpaces(const Lines &content, qsizetype at, const Lines &wanted)
{
    if (at + wanted.size() > content.size())
        return false;
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        if (content.at(at + i).toString().simplified() != wanted.at(i).toString().simplified())
            return false;
    }
    return true;
}

QString numbered(const Lines &content, qsizetype from, qsizetype count)
{
    QString text;
    for (qsizetype i = from; i < qMin(content.size(), from + count); ++i)
        text += u"\n%1\t"_s.arg(i + 1) + content.at(i).toString().left(kMaxLineChars);
    return text;
}

} // namespace

QString nearestLines(const QString &content, const QString &wanted)
{
    const Lines lines = QStringView(content).split(u'\n');
    Lines wantedLines = QStringView(wanted).split(u'\n');
    qsizetype lead = 0;
    while (lead + 1 < wantedLines.size() && wantedLines.at(lead).trimmed().isEmpty())
        ++lead;
    wantedLines = wantedLines.sliced(lead);
    while (wantedLines.size() > 1 && wantedLines.last().trimmed().isEmpty())
        wantedLines.removeLast();

    const Project::Likeness likeness(wantedLines.first().trimmed());
    qsizetype best = -1;
    double bestScore = kAlike;
    for (qsizetype i = 0; i < qMin(lines.size(), kMaxLinesCompared); ++i) {
        const double score = likeness.to(lines.at(i).trimmed());
        const bool isWhole = score >= 1.0 && sameButForSpaces(lines, i, wantedLines);
        if (score > bestScore || isWhole) {
            best = i;
            bestScore = score;
        }
        if (isWhole)
            return u"The same text with other spaces or indentation is at line %1:%2\nRepeat the call with "
                   u"exactly "
                   u"those lines (without the numbers)."_s.arg(i + 1)
                       .arg(numbered(lines, i, qMin(wantedLines.size(), kMaxLinesShown)));
    }
    if (best < 0)
        return u"Nothing in it looks like it. Read the file again; it may have changed."_s;
    return u"The nearest lines are:%1\nold_text must match exactly, including indentation. Read the file "
           u"again if it "
           u"may have changed."_s.arg(numbered(lines, best, qMin(wantedLines.size(), kMaxLinesShown)));
}

} // namespace Meanwhile::Tools
