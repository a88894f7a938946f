// SPDX-License-Identifier: MIT
#include "escape.h"

#include <arpa/inet.h>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <netinet/in.h>
#include <poll.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace {

constexpr int kPatienceMs = 2000;

bool isConnected(int socket, const sockaddr *address, socklen_t size)
{
    if (::connect(socket, address, size) == 0)
        return true;
    if (errno != EINPROGRESS)
        return false;
    pollfd source{socket, POLLOUT, 0};
    int error = 0;
    socklen_t length = sizeof error;
    return ::poll(&source, 1, kPatienceMs) == 1 &&
           ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &length) == 0 && error == 0;
}

bool readAddress(char **arguments, sockaddr_in &address)
{
    address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(std::uint16_t(std::atoi(arguments[1])));
    return ::inet_pton(AF_INET, arguments[0], &address.sin_addr) == 1;
}

Outcome tcp(char **arguments)
{
    sockaddr_in address;
    if (!readAddress(arguments, address))
        return NotTried;
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    return socket >= 0 && isConnected(socket, reinterpret_cast<sockaddr *>(&address), sizeof address) ? GotOut
                                                                                                      : Held;
}

Outcome tcpByMappedAddress(char **arguments)
{
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(std::uint16_t(std::atoi(arguments[1])));
    if (::inet_pton(AF_INET6, arguments[0], &address.sin6_addr) != 1)
        return NotTried;
    const int socket = ::socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK, 0);
    return socket >= 0 && isConnected(socket, reinterpret_cast<sockaddr *>(&address), sizeof address) ? GotOut
                                                                                                      : Held;
}

// The second datagram hears that nobody listens to the first one.
Outcome udp(char **arguments)
{
    sockaddr_in address;
    if (!readAddress(arguments, address))
        return NotTried;
    const int socket = ::socket(AF_INET, SOCK_DGRAM, 0);
    if (socket < 0 || ::connect(socket, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0 ||
        ::send(socket, "x", 1, 0) != 1)
        return Held;
    pollfd source{socket, POLLIN, 0};
    ::poll(&source, 1, 100);
    return ::send(socket, "x", 1, 0) == 1 ? GotOut : Held;
}

Outcome ping(char **arguments)
{
    sockaddr_in address;
    char *words[] = {arguments[0], const_cast<char *>("0"), nullptr};
    if (!readAddress(words, address))
        return NotTried;
    const int socket = ::socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
    const unsigned char request[8] = {8};
    return socket >= 0 && ::sendto(socket, request, sizeof request, 0, reinterpret_cast<sockaddr *>(&address),
                              sizeof address) > 0
               ? GotOut
               : Held;
}

Outcome family(char **arguments)
{
    return ::socket(std::atoi(arguments[0]), std::atoi(arguments[1]), std::atoi(arguments[2])) >= 0 ? GotOut
                                                                                                    : Held;
}

Outcome connectTo(char **arguments, bool isAbstract)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::size_t size = std::strlen(arguments[0]);
    char *path = address.sun_path + (isAbstract ? 1 : 0);
    if (size + 1 >= sizeof address.sun_path)
        return NotTried;
    std::memcpy(path, arguments[0], size);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    const std::size_t length = offsetof(sockaddr_un, sun_path) + size + 1;
    return socket >= 0 && isConnected(socket, reinterpret_cast<sockaddr *>(&address), socklen_t(length))
               ? GotOut
               : Held;
}

Outcome localSocket(char **arguments)
{
    return connectTo(arguments, false);
}

Outcome abstractSocket(char **arguments)
{
    return connectTo(arguments, true);
}

Outcome sharedMemory(char **arguments)
{
    return ::shmget(key_t(std::atoi(arguments[0])), 1, 0) >= 0 ? GotOut : Held;
}

} // namespace

const Escape kSocketEscapes[] = {
    {"tcp", tcp},
    {"tcp6", tcpByMappedAddress},
    {"udp", udp},
    {"ping", ping},
    {"family", family},
    {"local-socket", localSocket},
    {"abstract-socket", abstractSocket},
    {"shared-memory", sharedMemory},
    {nullptr, nullptr},
};
