// SPDX-License-Identifier: MIT
#include "app/foldernames.h"

#include "base/foldertext.h"

#include <QDir>

#include <climits>
#include <unistd.h>

namespace Meanwhile::App {

QStringList givenArguments(int count, char **arguments)
{
    QStringList given;
    for (int i = 0; i < count; ++i)
        given += folderText(arguments[i]);
    return given;
}

QString currentFolder()
{
    char path[PATH_MAX];
    return ::getcwd(path, sizeof path) ? folderText(path) : QDir::currentPath();
}

} // namespace Meanwhile::App
