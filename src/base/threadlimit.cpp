// SPDX-License-Identifier: MIT
#include "base/threadlimit.h"

#include <QCoreApplication>

#include <latch>
#include <system_error>
#include <thread>
#include <vector>

namespace Meanwhile {

bool canStartThreads(int count)
{
    std::latch all(1);
    std::vector<std::thread> threads;
    bool isStarted = true;
    try {
        for (int i = 0; i < count; ++i)
            threads.emplace_back([&all] { all.wait(); });
    } catch (const std::system_error &) {
        isStarted = false;
    }
    all.count_down();
    for (std::thread &thread : threads)
        thread.join();
    return isStarted;
}

Result<void> checkThreads(int count)
{
    if (canStartThreads(count))
        return {};
    return failure(ErrorKind::Io,
        QCoreApplication::translate("Meanwhile::ThreadLimit",
            "The system allows no more threads, so nothing can run. Raise the limit of processes (ulimit -u, "
            "or the container's pids limit), then start again."));
}

} // namespace Meanwhile
