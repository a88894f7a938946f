// SPDX-License-Identifier: MIT
#include "base/wholefile.h"

#include "base/descriptor.h"
#include "base/safewrite.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>

namespace Meanwhile {

Result<void> writeWholeFile(const QString &path, const QByteArray &bytes)
{
    const QString real = QFileInfo(path).canonicalFilePath();
    const QFileInfo file(real.isEmpty() ? path : real);
    const QString folder = file.absolutePath();
    const Descriptor fd = openFolder(QFile::encodeName(folder));
    if (!fd.isValid())
        return failure(errorFromErrno(errno, folder));
    if (const Result<FileStamp> written =
            SafeWrite(fd.get(), QFile::encodeName(file.fileName())).write(bytes);
        !written)
        return failure(written.error());
    return {};
}

} // namespace Meanwhile
