// SPDX-License-Identifier: MIT
#include "project/memoryfile.h"

#include <sys/mman.h>
#include <unistd.h>

namespace Meanwhile::Project {

Descriptor memoryFile(const QByteArray &text)
{
    Descriptor file(memfd_create("text", MFD_CLOEXEC));
    for (qsizetype at = 0; file.isValid() && at < text.size();) {
        const ssize_t put = ::write(file.get(), text.constData() + at, size_t(text.size() - at));
        if (put <= 0)
            return {};
        at += put;
    }
    if (file.isValid())
        lseek(file.get(), 0, SEEK_SET);
    return file;
}

} // namespace Meanwhile::Project
