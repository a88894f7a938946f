// SPDX-License-Identifier: MIT
#include "base/ownmemory.h"
#include "box/inside.h"
#include "box/probe.h"
#include "runner/job.h"
#include "runner/remainskeeper.h"
#include "runner/supervisor.h"

#include <cstdlib>
#include <cstring>
#include <sys/prctl.h>
#include <unistd.h>

using namespace Meanwhile::Box;
using namespace Meanwhile::Runner;

namespace {

constexpr int kProbeLimitMs = 2000;

void say(const char *text)
{
    const ssize_t ignored = ::write(STDERR_FILENO, text, std::strlen(text));
    static_cast<void>(ignored);
}

// One command after another, until none is to come or one leaves something behind.
int standBy(const SupervisingProcess &process)
{
    BoxStand boxes;
    Job job;
    Options options;
    for (bool isFirst = true;; isFirst = false) {
        Supervisor supervisor(process, boxes);
        if (!isFirst)
            StatusWriter(options).ready();
        if (options.box)
            boxes.prepare(*options.box); // the next command will likely run in one like it
        do {
            if (!job.read(STDIN_FILENO, options))
                return 0;
            if (options.isPreparation())
                boxes.prepare(*options.box);
        } while (options.isPreparation());
        if (!options.box)
            boxes.dismiss(); // it would count as something that the command has started
        const int status = supervisor.run(options);
        if (!supervisor.isClean())
            return status;
    }
}

// False when that was not asked for.
bool keepRemains(int argc, char **argv)
{
    if (argc != 5)
        return false;
    const bool isSweep = std::strcmp(argv[1], "--sweep") == 0;
    if (!isSweep && std::strcmp(argv[1], "--watch") != 0)
        return false;
    const Remains remains{pid_t(std::atoi(argv[2])), std::strtoull(argv[3], nullptr, 10), argv[4]};
    // The token comes on standard input, for nobody else to see, and ends with a zero byte.
    char token[256];
    std::size_t size = 0;
    while (size + 1 < sizeof token && ::read(STDIN_FILENO, token + size, 1) == 1 && token[size] != '\0')
        ++size;
    token[size] = '\0';
    Options options;
    options.token = token;
    RemainsKeeper keeper(remains, options);
    if (isSweep)
        keeper.sweep();
    else
        keeper.watch();
    return true;
}

ShellStart startShell(const ShellJob &job, int output)
{
    const LaunchResult result = launch(job.workingDirectory, job.call, job.callSize, output);
    return {result.pid, result.failedStep, result.systemErrno};
}

// It may have been started from memory, by the number of a descriptor.
void takeName(char *name)
{
    constexpr char kName[] = "meanwhile-run";
    ::prctl(PR_SET_NAME, kName);
    if (const std::size_t room = name ? std::strlen(name) : 0; room >= sizeof kName - 1)
        std::memset(std::strcpy(name, kName) + sizeof kName - 1, 0, room - (sizeof kName - 1));
}

} // namespace

int main(int argc, char **argv)
{
    Meanwhile::keepOwnMemory();
    takeName(argv[0]);
    if (argc == 3 && std::strcmp(argv[1], kInsideWord) == 0)
        ::_exit(runInside(std::atoi(argv[2]), startShell));
    ::setsid(); // a key pressed in the application's terminal is not meant for the command
    const SupervisingProcess process;
    if (argc == 2 && std::strcmp(argv[1], "--standby") == 0)
        ::_exit(standBy(process));
    if (argc == 2 && std::strcmp(argv[1], "--probe-box") == 0) {
        const std::string lines = linesOf(probeBox(kProbeLimitMs));
        ::_exit(::write(STDOUT_FILENO, lines.data(), lines.size()) == ssize_t(lines.size()) ? 0 : 1);
    }
    if (keepRemains(argc, argv))
        ::_exit(0);
    Options options;
    JobWords job;
    const bool isWhole = parseJob(argv + 1, argc - 1, job) == JobParse::Whole;
    if (!isWhole || !readOptions(job, options) || options.hasSecrets() || options.isPreparation()) {
        say("usage: meanwhile-run --folder TASK_FOLDER --cwd FOLDER [--log-cap BYTES] [--timeout-ms MS]\n"
            "                     [--box POLICY] -- PROGRAM [ARGUMENT...]\n"
            "Runs PROGRAM, a path, and keeps its output in TASK_FOLDER/log and its end in "
            "TASK_FOLDER/status.\n"
            "       meanwhile-run --standby\n"
            "Waits for these words on standard input, each ended by a zero byte, time and again; before -- "
            "it\n"
            "needs --words N, the number of words behind it.\n"
            "       meanwhile-run --watch|--sweep SUPERVISOR_PID STARTTICKS TASK\n"
            "Says how many processes of TASK remain, or ends them and the supervisor.\n"
            "       meanwhile-run --probe-box\n"
            "Says whether a box can be built here, and why not.\n");
        ::_exit(2);
    }
    BoxStand boxes;
    Supervisor supervisor(process, boxes);
    ::_exit(supervisor.run(options));
}
