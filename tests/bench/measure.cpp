// SPDX-License-Identifier: MIT
#include "bench/measure.h"

#include <QFile>

#include <chrono>
#include <unistd.h>

namespace Meanwhile::Bench {

using namespace Qt::StringLiterals;

namespace {

QByteArray procFile(qint64 pid, const QString &name)
{
    QFile file(u"/proc/%1/%2"_s.arg(pid).arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

double megabytesAfter(const QByteArray &text, const QByteArray &label)
{
    const qsizetype at = text.indexOf(label);
    return at < 0 ? 0 : text.sliced(at + label.size()).trimmed().split(' ').first().toDouble() / 1'024.0;
}

} // namespace

double privateMegabytes(qint64 pid)
{
    return megabytesAfter(procFile(pid, u"smaps_rollup"_s), "\nPss:");
}

double peakMegabytes(qint64 pid)
{
    return megabytesAfter(procFile(pid, u"status"_s), "\nVmHWM:");
}

double cpuSeconds(qint64 pid)
{
    const QByteArray stat = procFile(pid, u"stat"_s);
    // The second field is the program's name in parentheses and may itself hold spaces.
    const QList<QByteArray> fields = stat.sliced(stat.lastIndexOf(')') + 1).split(' ');
    return (fields.value(12).toDouble() + fields.value(13).toDouble()) / double(sysconf(_SC_CLK_TCK));
}

qint64 microsecondsSince1970()
{
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

} // namespace Meanwhile::Bench
