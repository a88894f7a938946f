// SPDX-License-Identifier: MIT
#include "tasks/processidentity.h"

#include <QFile>

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

namespace {

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Of /proc/PID/stat, from the state on. The name before it, in parentheses, may hold spaces and parentheses.
QList<QByteArray> statFields(qint64 pid)
{
    const QByteArray stat = readAll(u"/proc/%1/stat"_s.arg(pid));
    return stat.isEmpty() ? QList<QByteArray>() : stat.mid(stat.lastIndexOf(')') + 2).split(' ');
}

} // namespace

QString currentBootId()
{
    return QString::fromLatin1(readAll(u"/proc/sys/kernel/random/boot_id"_s).trimmed());
}

QString bootIdFrom(const QByteArray &digits)
{
    constexpr qsizetype kDigits = 32;
    if (digits.size() != kDigits || digits.count('0') == kDigits)
        return {};
    QString text = QString::fromLatin1(digits);
    for (const int dash : {8, 13, 18, 23})
        text.insert(dash, u'-');
    return text;
}

std::optional<ProcessIdentity> identityOf(qint64 pid)
{
    const QList<QByteArray> fields = statFields(pid);
    constexpr int kStartTicks = 22 - 3;
    if (fields.size() <= kStartTicks || fields.first() == "Z" || fields.first() == "X")
        return std::nullopt;
    return ProcessIdentity{currentBootId(), pid, fields.at(kStartTicks).toULongLong()};
}

bool isAlive(const ProcessIdentity &identity)
{
    return identity.pid > 0 && identityOf(identity.pid) == identity;
}

bool isNamedAsSupervisor(qint64 pid)
{
    return pid > 0 && readAll(u"/proc/%1/comm"_s.arg(pid)).trimmed() == "meanwhile-run";
}

bool isSuspended(const ProcessIdentity &identity)
{
    return identity.pid > 0 && statFields(identity.pid).value(0) == "T" && isAlive(identity);
}

} // namespace Meanwhile::Tasks
