// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

namespace Meanwhile::Testing {

/// While it lives, system calls of this process on what lies below one folder fail: a disk that is full or
/// broken, from its first call to its last.
///
/// It stands before the C library in a test's executable, so it sees what Qt and other libraries do, too.
/// Thread: counts the calls of all threads. One at a time.
class FailingCalls {
public:
    enum Kind {
        Open = 1,   ///< open, openat
        Write = 2,  ///< write, writev, pwrite, ftruncate, posix_fallocate
        Sync = 4,   ///< fsync, fdatasync, syncfs
        Rename = 8, ///< rename, renameat, renameat2
        All = 15,
    };
    enum class Lasting { Once, FromThenOn, EverySecond };

    /// The `nth` call (from 1 on) of the `kinds` fails with `error`, an errno. 0: none; they are counted.
    FailingCalls(const char *folder, int nth, int error, int kinds = All, Lasting lasting = Lasting::Once);
    ~FailingCalls();
    FailingCalls(const FailingCalls &) = delete;
    FailingCalls &operator=(const FailingCalls &) = delete;

    int seen() const;
    /// A write takes no more than this.
    void setLargestWrite(unsigned long bytes);
    /// Called after each pread that is not done by `hook` itself: somebody else at work at the same time.
    void setAfterRead(std::function<void()> hook);
    /// Called each time a call fails.
    void setWhenFailing(std::function<void()> hook);
    /// From now on nothing fails: the test itself may look at the folder.
    void stop();
};

} // namespace Meanwhile::Testing
