// SPDX-License-Identifier: MIT
// The least that a turn with one command must do:  floor_spawn PORT COUNT [BYTES]
//
// COUNT times: run `sh -c echo`, read what it prints, then post it over one open connection, with so many
// bytes more, and read the answer.
#include <arpa/inet.h>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <netinet/tcp.h>
#include <spawn.h>
#include <string>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

std::string outputOfEcho()
{
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0)
        return {};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    std::array<std::string, 3> words{"sh", "-c", "echo step"};
    std::array<char *, 4> arguments{words[0].data(), words[1].data(), words[2].data(), nullptr};
    pid_t child = 0;
    posix_spawn(&child, "/bin/sh", &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    std::string output;
    std::array<char, 256> buffer{};
    for (ssize_t n = 0; (n = read(ends[0], buffer.data(), buffer.size())) > 0;)
        output.append(buffer.data(), std::size_t(n));
    close(ends[0]);
    waitpid(child, nullptr, 0);
    return output;
}

bool post(int socket, const std::string &body)
{
    const std::string request =
        "POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) +
        "\r\n\r\n" + body;
    if (write(socket, request.data(), request.size()) != ssize_t(request.size()))
        return false;
    std::string answer;
    std::array<char, 4096> buffer{};
    while (answer.find("\r\n0\r\n\r\n") == std::string::npos) {
        const ssize_t n = read(socket, buffer.data(), buffer.size());
        if (n <= 0)
            return false;
        answer.append(buffer.data(), std::size_t(n));
    }
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 3 && argc != 4)
        return 2;
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(std::uint16_t(std::atoi(argv[1])));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(socket, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0)
        return 1;
    const std::string more(argc == 4 ? std::size_t(std::atoi(argv[3])) : 0, ' ');
    for (int i = std::atoi(argv[2]); i > 0; --i) {
        if (!post(socket, outputOfEcho() + more))
            return 1;
    }
    return 0;
}
