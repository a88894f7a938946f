// SPDX-License-Identifier: MIT
#include "project/projectfiles.h"

#include "base/pathtext.h"

#include <QDir>
#include <QFile>

#include <cerrno>

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
        if (!readSome(file, bytes, kChunkBytes))
            return failure(errorFromErrno(errno, path));
        if (bytes.size() == before)
            return bytes;
        if (bytes.size() > maxBytes)
            return failure(ErrorKind::TooLarge, QStringLiteral("%1 is too large for this.").arg(path));
    }
}

} // namespace Meanwhile::Project
