// SPDX-License-Identifier: MIT
#pragma once

#include "base/descriptor.h"

#include <QByteArray>

namespace Meanwhile {

/// A file of its own name in a folder, that is gone again unless it was kept.
class TemporaryFile {
public:
    /// What such names begin with: a listing of a project leaves them out.
    static constexpr auto kPrefix = ".meanwhile-";

    TemporaryFile(int folderFd, quint32 mode); ///< `mode` before umask
    ~TemporaryFile();
    TemporaryFile(const TemporaryFile &) = delete;
    TemporaryFile &operator=(const TemporaryFile &) = delete;

    int error() const { return m_error; } ///< errno of making it; 0: there it is
    int fd() const { return m_file.get(); }
    const QByteArray &name() const { return m_name; }
    void keep() { m_isKept = true; } ///< it stays, perhaps under another name

private:
    int m_folder;
    QByteArray m_name;
    Descriptor m_file;
    int m_error = 0;
    bool m_isKept = false;
};

/// Writes all of it, however often the system takes only a part. 0 or errno.
int writeFully(int fd, const QByteArray &bytes);
/// The first `sizeBytes` of `from` to the first of `to`, which then ends there. 0 or errno.
int copyFully(int from, int to, qint64 sizeBytes);

} // namespace Meanwhile
