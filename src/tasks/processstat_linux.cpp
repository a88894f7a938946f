// SPDX-License-Identifier: MIT
#include "tasks/processstat.h"

#include <QFile>

namespace Meanwhile::Tasks {

std::optional<ProcessStat> processStat(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    const QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    // The name stands in parentheses and may itself hold blanks and parentheses: the last one counts.
    const qsizetype begin = text.indexOf('(');
    const qsizetype end = text.lastIndexOf(')');
    if (begin < 0 || end < begin)
        return std::nullopt;
    constexpr int kFirst = 3; // the number of the field behind the name
    constexpr int kParent = 4 - kFirst;
    constexpr int kStartTicks = 22 - kFirst;
    const QList<QByteArray> fields = text.mid(end + 2).split(' ');
    if (fields.size() <= kStartTicks || fields.first().isEmpty())
        return std::nullopt;
    return ProcessStat{text.mid(begin + 1, end - begin - 1), fields.first().front(),
        fields.at(kParent).toLongLong(), fields.at(kStartTicks).toULongLong()};
}

} // namespace Meanwhile::Tasks
