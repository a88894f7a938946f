// SPDX-License-Identifier: MIT
#include "project/childprogram.h"

#include <QString>

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <utility>
#include <vector>

namespace Meanwhile::Project {

namespace {

bool makePipe(Descriptor &readEnd, Descriptor &writeEnd)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    readEnd.reset(ends[0]);
    writeEnd.reset(ends[1]);
    return fcntl(readEnd.get(), F_SETFL, O_NONBLOCK) == 0;
}

// Frees what posix_spawn(3) was given.
struct SpawnPlan {
    SpawnPlan()
    {
        posix_spawn_file_actions_init(&actions);
        posix_spawnattr_init(&attributes);
        sigset_t mask;
        sigemptyset(&mask);
        posix_spawnattr_setsigmask(&attributes, &mask);
        sigaddset(&mask, SIGPIPE);
        posix_spawnattr_setsigdefault(&attributes, &mask);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~SpawnPlan()
    {
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
    }
    SpawnPlan(const SpawnPlan &) = delete;
    SpawnPlan &operator=(const SpawnPlan &) = delete;

    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};
};

std::vector<char *> pointersTo(const QByteArrayList &words)
{
    std::vector<char *> pointers;
    for (const QByteArray &word : words)
        pointers.push_back(const_cast<char *>(word.constData()));
    pointers.push_back(nullptr);
    return pointers;
}

} // namespace

Result<ChildProgram> ChildProgram::start(const QByteArray &program, const QByteArrayList &arguments,
    const Descriptor &folder, const Descriptor *input)
{
    ChildProgram child;
    Descriptor output;
    Descriptor errors;
    if (!makePipe(child.m_output, output) || !makePipe(child.m_errors, errors))
        return failure(errorFromErrno(errno, QString::fromLocal8Bit(program)));
    SpawnPlan plan;
    if (input)
        posix_spawn_file_actions_adddup2(&plan.actions, input->get(), 0);
    else
        posix_spawn_file_actions_addopen(&plan.actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&plan.actions, output.get(), 1);
    posix_spawn_file_actions_adddup2(&plan.actions, errors.get(), 2);
    posix_spawn_file_actions_addfchdir_np(&plan.actions, folder.get());
    const QByteArrayList whole = QByteArrayList{program} + arguments;
    const QByteArrayList environment{"PATH=" + qgetenv("PATH")};
    pid_t pid = 0;
    const int code = posix_spawn(&pid, program.constData(), &plan.actions, &plan.attributes,
        pointersTo(whole).data(), pointersTo(environment).data());
    if (code != 0)
        return failure(errorFromErrno(code, QString::fromLocal8Bit(program)));
    child.m_pid = pid;
    return child;
}

ChildProgram::ChildProgram(ChildProgram &&other) noexcept
    : m_pid(std::exchange(other.m_pid, 0))
    , m_output(std::move(other.m_output))
    , m_errors(std::move(other.m_errors))
{
}

ChildProgram::~ChildProgram()
{
    if (m_pid == 0)
        return;
    kill(pid_t(m_pid), SIGKILL);
    exitCode();
}

int ChildProgram::exitCode()
{
    int status = 0;
    pid_t ended = -1;
    do
        ended = waitpid(pid_t(m_pid), &status, 0);
    while (ended < 0 && errno == EINTR);
    m_pid = 0;
    return ended > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace Meanwhile::Project
