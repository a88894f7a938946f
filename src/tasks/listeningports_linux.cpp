// SPDX-License-Identifier: MIT
#include "tasks/listeningports.h"

#include "tasks/processstat.h"

#include <QByteArray>
#include <QFile>
#include <QSet>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <unistd.h>

namespace Meanwhile::Tasks {

namespace {

/// Deeper than any tree of processes that is not a loop of pids that were given again.
constexpr int kDeepestTree = 4096;

/// By the socket's inode.
void readTable(const QString &path, QHash<quint64, quint16> &listening)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QByteArray text = file.readAll();
    for (const QByteArray &line : text.split('\n')) {
        const QList<QByteArray> fields = line.simplified().split(' ');
        constexpr int kLocal = 1;
        constexpr int kState = 3;
        constexpr int kInode = 9;
        if (fields.size() <= kInode || fields.at(kState) != "0A") // TCP_LISTEN
            continue;
        const QByteArray &local = fields.at(kLocal);
        bool isNumber = false;
        const quint16 port = local.mid(local.lastIndexOf(':') + 1).toUShort(&isNumber, 16);
        if (isNumber)
            listening.insert(fields.at(kInode).toULongLong(), port);
    }
}

QHash<quint64, quint16> listeningSockets()
{
    QHash<quint64, quint16> listening;
    readTable(QStringLiteral("/proc/net/tcp"), listening);
    readTable(QStringLiteral("/proc/net/tcp6"), listening);
    return listening;
}

QHash<qint64, qint64> parentsOfAll()
{
    QHash<qint64, qint64> parents;
    DIR *folder = ::opendir("/proc");
    if (!folder)
        return parents;
    while (const dirent *entry = ::readdir(folder)) {
        const qint64 pid = std::strtoll(entry->d_name, nullptr, 10);
        if (pid <= 0)
            continue;
        if (const std::optional<ProcessStat> stat = processStat(pid))
            parents.insert(pid, stat->parent);
    }
    ::closedir(folder);
    return parents;
}

QSet<quint64> socketsOf(qint64 pid)
{
    QSet<quint64> sockets;
    const QByteArray path = "/proc/" + QByteArray::number(pid) + "/fd";
    DIR *folder = ::opendir(path.constData());
    if (!folder)
        return sockets;
    while (const dirent *entry = ::readdir(folder)) {
        char target[64];
        const ssize_t size = ::readlinkat(::dirfd(folder), entry->d_name, target, sizeof target - 1);
        constexpr const char *kSocket = "socket:[";
        if (size <= 0 || std::strncmp(target, kSocket, std::strlen(kSocket)) != 0)
            continue;
        target[size] = '\0';
        sockets.insert(std::strtoull(target + std::strlen(kSocket), nullptr, 10));
    }
    ::closedir(folder);
    return sockets;
}

} // namespace

QHash<qint64, QList<quint16>> listeningPorts(const QList<qint64> &supervisors)
{
    QHash<qint64, QList<quint16>> ports;
    const QHash<quint64, quint16> listening = listeningSockets();
    if (listening.isEmpty())
        return ports;
    const QHash<qint64, qint64> parents = parentsOfAll();
    for (auto it = parents.begin(); it != parents.end(); ++it) {
        qint64 above = it.value();
        for (int depth = 0; depth < kDeepestTree && above > 0 && !supervisors.contains(above); ++depth)
            above = parents.value(above);
        if (!supervisors.contains(above))
            continue;
        QList<quint16> &found = ports[above];
        for (const quint64 socket : socketsOf(it.key())) {
            const auto port = listening.find(socket);
            if (port != listening.end() && !found.contains(*port))
                found.append(*port);
        }
    }
    for (auto it = ports.begin(); it != ports.end();) {
        std::sort(it->begin(), it->end());
        it = it->isEmpty() ? ports.erase(it) : std::next(it);
    }
    return ports;
}

} // namespace Meanwhile::Tasks
