// SPDX-License-Identifier: MIT
#include "tools/lookednotes.h"

#include "base/pathtext.h"

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxNamed = 20;

} // namespace

QStringList namesOf(const QByteArrayList &paths, const QString &start)
{
    QStringList names;
    for (const QByteArray &path : paths)
        names += Project::joined(start, pathToText(path));
    return names;
}

QString someOf(const QStringList &names, qsizetype count)
{
    const QString some = names.first(qMin(names.size(), kMaxNamed)).join(u", "_s);
    const qsizetype more = count - qMin(names.size(), kMaxNamed);
    return more > 0 ? u"%1 and %2 more"_s.arg(some).arg(more) : some;
}

QString leftOutInWords(const Project::FileWalk::LeftOut &leftOut, const QString &start)
{
    QString words;
    if (!leftOut.unreadable.isEmpty())
        words += u"\n[Could not be read: %1]"_s.arg(
            someOf(namesOf(leftOut.unreadable, start), leftOut.unreadable.size()));
    if (!leftOut.closed.isEmpty())
        words += u"\n[Not looked at, since it belongs to no project: %1]"_s.arg(
            someOf(namesOf(leftOut.closed, start), leftOut.closed.size()));
    if (!leftOut.unreadRules.isEmpty())
        words += u"\n[Rules for ignoring that could not be read: %1]"_s.arg(
            someOf(leftOut.unreadRules, leftOut.unreadRules.size()));
    if (leftOut.isRestUnknown)
        words += u"\n[There was too much to look at all of it. Name a folder in path.]"_s;
    return words;
}

} // namespace Meanwhile::Tools
