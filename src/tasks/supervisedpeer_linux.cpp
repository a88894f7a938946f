// SPDX-License-Identifier: MIT
#include "runner/mark.h"
#include "tasks/supervisedpeer.h"

#include <QByteArray>
#include <QFile>

#include <optional>
#include <sys/socket.h>

namespace Meanwhile::Tasks {

namespace {

/// A chain of parents is never as long; it can only look so while processes come and go.
constexpr int kMostAncestors = 1000;

struct Ancestor {
    QByteArray name;
    pid_t parent = 0;
};

QByteArray contentOf(pid_t pid, const char *what)
{
    QFile file(QString::fromLatin1("/proc/%1/%2").arg(pid).arg(QLatin1StringView(what)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// Field 2 of proc(5) stat, which may hold blanks and parentheses, and field 4.
std::optional<Ancestor> ancestor(pid_t pid)
{
    const QByteArray stat = contentOf(pid, "stat");
    const qsizetype begin = stat.indexOf('(');
    const qsizetype end = stat.lastIndexOf(')');
    const QList<QByteArray> fields = stat.mid(end + 2).split(' ');
    if (begin < 0 || end < begin || fields.size() < 2)
        return std::nullopt;
    return Ancestor{stat.mid(begin + 1, end - begin - 1), pid_t(fields.at(1).toInt())};
}

} // namespace

bool isSupervisedPeer(qintptr socketDescriptor)
{
    ucred peer = {};
    socklen_t size = sizeof peer;
    if (::getsockopt(int(socketDescriptor), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.pid <= 0)
        return true;
    if (Runner::hasCommandMark(peer.pid))
        return true;
    pid_t pid = peer.pid;
    for (int i = 0; i < kMostAncestors && pid > 0; ++i) {
        const std::optional<Ancestor> one = ancestor(pid);
        if (!one)
            return true;
        if (one->name == "meanwhile-run")
            return true;
        pid = one->parent;
    }
    return false;
}

} // namespace Meanwhile::Tasks
