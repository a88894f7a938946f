// SPDX-License-Identifier: MIT
#include "base/modulefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace Meanwhile {

QString moduleFile(const QString &name)
{
    const QString file = QStringLiteral("/lib/meanwhile/") + name;
    const QDir programs(QCoreApplication::applicationDirPath());
    const QString installed = QDir::cleanPath(programs.filePath(QStringLiteral("../..") + file));
    return QFileInfo::exists(installed) ? installed
                                        : QDir::cleanPath(programs.filePath(QStringLiteral("..") + file));
}

} // namespace Meanwhile
