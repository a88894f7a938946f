// SPDX-License-Identifier: MIT
#include "tasks/processidentity.h"

#include "tasks/processstat.h"

#include <QFile>

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

namespace {

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
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
    const std::optional<ProcessStat> stat = processStat(pid);
    if (!stat || stat->state == 'Z' || stat->state == 'X')
        return std::nullopt;
    return ProcessIdentity{currentBootId(), pid, stat->startTicks};
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
    const std::optional<ProcessStat> stat = processStat(identity.pid);
    return stat && stat->state == 'T' && isAlive(identity);
}

} // namespace Meanwhile::Tasks
