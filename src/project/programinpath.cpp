// SPDX-License-Identifier: MIT
#include "project/programinpath.h"

#include "project/resolvedpath.h"

#include <QFile>
#include <QFileInfo>
#include <QStringList>

namespace Meanwhile::Project {

QString programInPath(const QString &name, const QString &project)
{
    const QString root = resolvedPath(project).value_or(project);
    const QStringList folders =
        QFile::decodeName(qgetenv("PATH")).split(QLatin1Char(':'), Qt::SkipEmptyParts);
    for (const QString &folder : folders) {
        if (!folder.startsWith(QLatin1Char('/')))
            continue;
        const QString path = folder + QLatin1Char('/') + name;
        const QFileInfo file(path);
        if (!file.isFile() || !file.isExecutable())
            continue;
        const QString place = resolvedPath(path).value_or(QString());
        const bool isInProject =
            isAtOrBelow(place, root) || isAtOrBelow(resolvedPath(folder).value_or(QString()), root);
        if (!place.isEmpty() && (root == QLatin1String("/") || !isInProject))
            return path;
    }
    return {};
}

} // namespace Meanwhile::Project
