// SPDX-License-Identifier: MIT
#include "hostthings.h"

#include <QFile>

#include <arpa/inet.h>
#include <cstring>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;

namespace {

// One that a box has none of, or else that of loopback.
QString addressOfThisHost()
{
    QString address = u"127.0.0.1"_s;
    ifaddrs *list = nullptr;
    if (::getifaddrs(&list) != 0)
        return address;
    for (const ifaddrs *entry = list; entry; entry = entry->ifa_next) {
        if (!entry->ifa_addr || entry->ifa_addr->sa_family != AF_INET || (entry->ifa_flags & IFF_LOOPBACK))
            continue;
        char text[INET_ADDRSTRLEN] = {};
        const auto *ip = reinterpret_cast<const sockaddr_in *>(entry->ifa_addr);
        ::inet_ntop(AF_INET, &ip->sin_addr, text, sizeof text);
        address = QString::fromLatin1(text);
    }
    ::freeifaddrs(list);
    return address;
}

} // namespace

HostThings::HostThings(BoxWorld &world)
    : m_world(world)
{
    const QString mark = u"mw-box-%1-%2"_s.arg(::getpid()).arg(world.isSuperuser() ? 0 : 1);
    world.set(u"MARK"_s, mark);
    world.set(u"ADDRESS"_s, addressOfThisHost());
    world.resetProject();
    listenAtPort();
    listenAbstract(mark);
    const QString inTmp = u"/tmp/"_s + mark + u".sock"_s;
    world.set(u"TMPSOCKET"_s, inTmp);
    for (const QString &path : {inTmp, world.path(u"home/.gnupg/S"_s),
             world.path(u"home/.local/share/meanwhile/w"_s), world.path(u"outside/s"_s)})
        listenAt(path);
    const QString inRun = u"/run/"_s + mark + u".sock"_s;
    world.set(u"RUNSOCKET"_s, inRun);
    if (::geteuid() == 0)
        listenAt(inRun);
    shareMemory(mark);
    makeSuperuserProgram();
    startVictim();
}

HostThings::~HostThings()
{
    m_victim.kill();
    m_victim.waitForFinished();
    for (const int socket : std::as_const(m_sockets))
        ::close(socket);
    for (const QString &file : std::as_const(m_files))
        QFile::remove(file);
    if (m_memory >= 0)
        ::shmctl(m_memory, IPC_RMID, nullptr);
}

void HostThings::expect(bool isSo, const char *what)
{
    if (!isSo)
        m_problem +=
            QString::fromUtf8(what) + u": "_s + QString::fromLocal8Bit(std::strerror(errno)) + u"; "_s;
}

void HostThings::restore()
{
    expect(m_world.shell(u"echo before > outside/existing"_s), "restore");
    if (m_victim.state() == QProcess::NotRunning)
        startVictim();
}

void HostThings::startVictim()
{
    m_world.set(u"CANARY"_s, u"canary"_s);
    m_world.start(m_victim, u"/bin/sleep"_s, {u"1000"_s});
    expect(m_victim.waitForStarted(), "victim");
    m_world.set(u"VICTIM"_s, QString::number(m_victim.processId()));
    m_world.set(u"SUPERVISOR"_s, QString::number(m_victim.processId()));
}

void HostThings::listenAtPort()
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    const int tcp = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int udp = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    m_sockets += {tcp, udp};
    socklen_t size = sizeof address;
    auto *words = reinterpret_cast<sockaddr *>(&address);
    expect(::bind(tcp, words, size) == 0 && ::listen(tcp, 128) == 0 && ::getsockname(tcp, words, &size) == 0,
        "TCP");
    expect(::bind(udp, words, size) == 0, "UDP");
    m_world.set(u"PORT"_s, QString::number(ntohs(address.sin_port)));
}

void HostThings::listenAt(const QString &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray encoded = QFile::encodeName(path);
    std::strncpy(address.sun_path, encoded.constData(), sizeof address.sun_path - 1);
    QFile::remove(path);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    m_sockets += socket;
    m_files += path;
    expect(encoded.size() < qsizetype(sizeof address.sun_path) &&
               ::bind(socket, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0 &&
               ::listen(socket, 128) == 0 && ::chmod(encoded.constData(), 0777) == 0,
        encoded.constData());
}

void HostThings::listenAbstract(const QString &name)
{
    m_world.set(u"ABSTRACT"_s, name);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray encoded = name.toUtf8();
    std::memcpy(address.sun_path + 1, encoded.constData(), size_t(encoded.size()));
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    m_sockets += socket;
    const socklen_t size = socklen_t(offsetof(sockaddr_un, sun_path) + 1 + size_t(encoded.size()));
    expect(::bind(socket, reinterpret_cast<sockaddr *>(&address), size) == 0 && ::listen(socket, 128) == 0,
        "abstract socket");
}

void HostThings::shareMemory(const QString &mark)
{
    const key_t key = key_t(::getpid()) * 2 + (m_world.isSuperuser() ? 0 : 1);
    m_memory = ::shmget(key, 4096, IPC_CREAT | 0666);
    expect(m_memory >= 0, "shared memory");
    m_world.set(u"MEMORY"_s, QString::number(key));
    QFile file(u"/dev/shm/"_s + mark + u"-shm"_s);
    m_files += file.fileName();
    expect(file.open(QIODevice::WriteOnly), "/dev/shm");
}

// Only the superuser can make one; others try it with what the system has.
void HostThings::makeSuperuserProgram()
{
    const QString program = m_world.path(u"superuser"_s);
    if (::geteuid() == 0 && QFile::copy(m_world.environment().value(u"ESCAPE"_s), program))
        expect(::chmod(QFile::encodeName(program).constData(), 04755) == 0, "set-user-id");
}

} // namespace Meanwhile::Testing
