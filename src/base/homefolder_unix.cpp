// SPDX-License-Identifier: MIT
#include "base/homefolder.h"

#include <QDir>

#include <pwd.h>
#include <unistd.h>

namespace Meanwhile {

QString homeFolder()
{
    const QString given = QDir::cleanPath(qEnvironmentVariable("HOME"));
    if (QDir::isAbsolutePath(given) && given != u"/")
        return given;
    const passwd *user = ::getpwuid(::geteuid());
    const QString known = user && user->pw_dir ? QFile::decodeName(user->pw_dir) : QString();
    return QDir::isAbsolutePath(known) ? QDir::cleanPath(known) : QStringLiteral("/");
}

} // namespace Meanwhile
