// SPDX-License-Identifier: MIT
#include "project/projectfiles.h"

#include "base/pathtext.h"

#include <QDir>
#include <QFile>

#include <cerrno>
#include <unistd.h>

namespace Meanwhile::Project {

using namespace Qt::StringLiterals;

QString ProjectFiles::absolute(const QString &path) const
{
    if (path == u"~" || path.startsWith(u"~/"))
        return pathToText(QFile::encodeName(QDir::homePath())) + path.sliced(1);
    return path.startsWith(u'/') ? path : folder() + u'/' + path;
}

Result<QByteArray> readAll(const Descriptor &file, qint64 maxBytes, const QString &path)
{
    constexpr qsizetype kChunkBytes = 256 * 1024;
    QByteArray bytes;
    while (true) {
        const qsizetype before = bytes.size();
        bytes.resize(before + kChunkBytes);
        const ssize_t got = ::read(file.get(), bytes.data() + before, size_t(kChunkBytes));
        bytes.truncate(before + qMax<ssize_t>(got, 0));
        if (got == 0)
            return bytes;
        if (got < 0 && errno != EINTR)
            return failure(errorFromErrno(errno, path));
        if (bytes.size() > maxBytes)
            return failure(ErrorKind::TooLarge, QStringLiteral("%1 is too large for this.").arg(path));
    }
}

} // namespace Meanwhile::Project
