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

} // namespace

QString currentBootId()
{
    return QString::fromLatin1(readAll(u"/proc/sys/kernel/random/boot_id"_s).trimmed());
}

std::optional<ProcessIdentity> identityOf(qint64 pid)
{
    const QByteArray stat = readAll(u"/proc/%1/stat"_s.arg(pid));
    // Field 2, the name in parentheses, may hold spaces and parentheses; field 3 follows the last one.
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    constexpr int kStartTicks = 22 - 3;
    if (stat.isEmpty() || fields.size() <= kStartTicks || fields.first() == "Z" || fields.first() == "X")
        return std::nullopt;
    return ProcessIdentity{currentBootId(), pid, fields.at(kStartTicks).toULongLong()};
}

bool isAlive(const ProcessIdentity &identity)
{
    return identity.pid > 0 && identityOf(identity.pid) == identity;
}

} // namespace Meanwhile::Tasks
