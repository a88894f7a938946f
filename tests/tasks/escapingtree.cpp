// SPDX-License-Identifier: MIT
#include "escapingtree.h"

#include <QDir>
#include <QFile>

#include <algorithm>

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;

QStringList processesWith(const QString &token)
{
    QStringList found;
    const QByteArray needle = token.toLatin1();
    for (const QString &pid : QDir(u"/proc"_s).entryList({u"[1-9]*"_s}, QDir::Dirs)) {
        QFile file(u"/proc/%1/cmdline"_s.arg(pid));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray line = file.readAll();
        if (line.contains(needle))
            found.append(pid + u' ' + QString::fromLocal8Bit(line).replace(QChar(0), u' '));
    }
    return found;
}

QString escapingTree(const QString &token)
{
    return u"T=1000.%1\n"
           "sleep $T &\n"
           "setsid sleep $T &\n"
           "(setsid sleep $T >/dev/null 2>&1 &)\n"
           "nohup sleep $T >/dev/null 2>&1 &\n"
           "bash -c 'trap \"\" TERM HUP INT; sleep \"$0\"; sleep \"$0\"' $T &\n"
           "bash -c 'kill -STOP $$; : \"$0\"' $T &\n"
           "env -i setsid sleep $T &\n"
           "setsid nohup bash -c '(sleep \"$0\" >/dev/null 2>&1 &) ; exec sleep \"$0\"' $T >/dev/null 2>&1 "
           "&\n"
           "touch ready-%1\n"
           "sleep $T\n"_s.arg(token);
}

bool stands(const QString &token)
{
    const QStringList all = processesWith(token);
    const auto isSleep = [](const QString &process) { return process.section(u' ', 1, 1) == u"sleep"_s; };
    return all.size() >= 11 && std::count_if(all.begin(), all.end(), isSleep) >= 9;
}

} // namespace Meanwhile::Testing
