// SPDX-License-Identifier: MIT
#include "base/filelock.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>

namespace Meanwhile {

Descriptor lockedFile(const Descriptor &folder, const QByteArray &name)
{
    Descriptor lock(openat(folder.get(), name.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    while (lock.isValid() && flock(lock.get(), LOCK_EX) != 0) {
        if (errno != EINTR)
            return {};
    }
    return lock;
}

} // namespace Meanwhile
