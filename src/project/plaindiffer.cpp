// SPDX-License-Identifier: MIT
#include "project/plaindiffer.h"

#include <QStringList>

namespace Meanwhile::Project {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kContextLines = 3;

QStringList linesOf(const QByteArray &text)
{
    QStringList lines = QString::fromUtf8(text).split(u'\n');
    if (lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

QString prefixed(const QStringList &lines, qsizetype from, qsizetype to, QChar mark)
{
    QString text;
    for (qsizetype i = from; i < to; ++i)
        text += mark + lines.at(i) + u'\n';
    return text;
}

// "start,count"; an empty range starts at the line before it (diff(1), unified format).
QString range(qsizetype from, qsizetype to)
{
    return u"%1,%2"_s.arg(to == from ? from : from + 1).arg(to - from);
}

} // namespace

QString PlainDiffer::unified(const QString &path, const QByteArray &before, const QByteArray &after) const
{
    if (before == after)
        return {};
    const QStringList old = linesOf(before);
    const QStringList fresh = linesOf(after);
    const qsizetype shorter = qMin(old.size(), fresh.size());
    qsizetype head = 0;
    while (head < shorter && old.at(head) == fresh.at(head))
        ++head;
    qsizetype tail = 0;
    while (tail < shorter - head && old.at(old.size() - 1 - tail) == fresh.at(fresh.size() - 1 - tail))
        ++tail;
    const qsizetype from = qMax<qsizetype>(0, head - kContextLines);
    const qsizetype kept = qMin(tail, kContextLines);
    const qsizetype oldEnd = old.size() - tail;
    const qsizetype freshEnd = fresh.size() - tail;
    return u"--- a/%1\n+++ b/%1\n@@ -%2 +%3 @@\n"_s.arg(
               path, range(from, oldEnd + kept), range(from, freshEnd + kept)) +
           prefixed(old, from, head, u' ') + prefixed(old, head, oldEnd, u'-') +
           prefixed(fresh, head, freshEnd, u'+') + prefixed(old, oldEnd, oldEnd + kept, u' ');
}

} // namespace Meanwhile::Project
