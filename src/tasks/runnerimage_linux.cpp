// SPDX-License-Identifier: MIT
#include "tasks/runnerimage.h"

#include "base/descriptor.h"

#include <QFile>
#include <QHash>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef MFD_EXEC
#define MFD_EXEC 0x0010U // memfd_create(2), since Linux 6.3
#endif

namespace Meanwhile::Tasks {

namespace {

Descriptor newMemory()
{
    const unsigned flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
    const int memory = ::memfd_create("meanwhile-run", flags | MFD_EXEC);
    return Descriptor(memory >= 0 ? memory : ::memfd_create("meanwhile-run", flags)); // an older kernel
}

Descriptor copyOf(const QString &program)
{
    const Descriptor file(::open(QFile::encodeName(program).constData(), O_RDONLY | O_CLOEXEC));
    struct stat info {};
    if (!file.isValid() || fstat(file.get(), &info) != 0)
        return {};
    Descriptor memory = newMemory();
    off_t done = 0;
    while (memory.isValid() && done < info.st_size) {
        if (::sendfile(memory.get(), file.get(), &done, size_t(info.st_size - done)) <= 0)
            return {};
    }
    const bool isClosed =
        memory.isValid() && ::fchmod(memory.get(), S_IXUSR | S_IXGRP | S_IXOTH) == 0 &&
        ::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) == 0;
    return isClosed ? std::move(memory) : Descriptor();
}

} // namespace

QString runnerImage(const QString &program)
{
    static QHash<QString, QString> known;
    const auto found = known.constFind(program);
    if (found != known.cend())
        return *found;
    Descriptor memory = copyOf(program);
    QString image = program;
    if (memory.isValid()) {
        const QString path = QStringLiteral("/proc/self/fd/%1").arg(memory.get());
        if (::access(QFile::encodeName(path).constData(), X_OK) == 0) {
            image = path;
            memory.release(); // until the end
        }
    }
    known.insert(program, image);
    return image;
}

} // namespace Meanwhile::Tasks
