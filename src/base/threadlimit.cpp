// SPDX-License-Identifier: MIT
#include "base/threadlimit.h"

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

} // namespace Meanwhile
