// SPDX-License-Identifier: MIT
// Part of the programs in builds with the sanitizers alone.
#include <sys/stat.h>
#include <unistd.h>

namespace {

constexpr int kMostMs = 500;

/// QThread::wait() returns shortly before the thread itself ends, which is when it frees the last of what Qt
/// keeps for it: at the end of the program the leak check would find that.
class ThreadsGone {
public:
    ~ThreadsGone()
    {
        for (int ms = 0; ms < kMostMs && count() > 1; ++ms)
            ::usleep(1000);
    }

private:
    // proc(5): each thread is a folder, which counts as a link.
    static long count()
    {
        struct stat tasks = {};
        return ::stat("/proc/self/task", &tasks) == 0 ? long(tasks.st_nlink) - 2 : 0;
    }
};

const ThreadsGone threadsGone;

} // namespace
