// SPDX-License-Identifier: MIT
#include "base/modulefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace Meanwhile {

QString moduleFile(const QString &name)
{
    const QDir programs(QCoreApplication::applicationDirPath());
    const QString installed = programs.filePath(QStringLiteral("../../lib/meanwhile/modules/") + name);
    const QString built = programs.filePath(QStringLiteral("../lib/meanwhile/") + name);
    return QDir::cleanPath(QFileInfo::exists(installed) ? installed : built);
}

} // namespace Meanwhile
