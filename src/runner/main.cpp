// SPDX-License-Identifier: MIT
#include "runner/options.h"
#include "runner/supervisor.h"

#include <cstring>
#include <unistd.h>

using namespace Meanwhile::Runner;

namespace {

void say(const char *text)
{
    const ssize_t ignored = ::write(STDERR_FILENO, text, std::strlen(text));
    static_cast<void>(ignored);
}

} // namespace

int main(int argc, char **argv)
{
    Options options;
    if (!parseOptions(argc, argv, options)) {
        say("usage: meanwhile-run --folder TASK_FOLDER --cwd FOLDER [--log-cap BYTES] [--timeout-ms MS] -- "
            "COMMAND\n"
            "Runs COMMAND and keeps its output in TASK_FOLDER/log and its end in TASK_FOLDER/status.\n");
        ::_exit(2);
    }
    Supervisor supervisor(options);
    ::_exit(supervisor.run());
}
