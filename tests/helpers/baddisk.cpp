// SPDX-License-Identifier: MIT
// Runs the program it is linked to, whose main() has another name here, over a full or broken disk:
// MEANWHILE_TEST_DISK is
// "NTH ERRNO once|lasting FOLDER", MEANWHILE_TEST_DISK_FAILED a file that is made when a call has failed.
#include "support/failingcalls.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

using Meanwhile::Testing::FailingCalls;

namespace {

void leaveAMark()
{
    const char *path = std::getenv("MEANWHILE_TEST_DISK_FAILED");
    if (const int mark = path ? ::open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600) : -1; mark >= 0)
        ::close(mark);
}

} // namespace

int programOverBadDisk(int argc, char **argv);

int main(int argc, char **argv)
{
    int nth = 0;
    int error = 0;
    char lasting[16] = {};
    char folder[1024] = {};
    const char *wish = std::getenv("MEANWHILE_TEST_DISK");
    if (!wish || std::sscanf(wish, "%d %d %15s %1023[^\n]", &nth, &error, lasting, folder) != 4)
        return 2;
    FailingCalls disk(folder, nth, error, FailingCalls::All,
        std::strcmp(lasting, "once") == 0 ? FailingCalls::Lasting::Once : FailingCalls::Lasting::FromThenOn);
    disk.setWhenFailing(leaveAMark);
    return programOverBadDisk(argc, argv);
}
