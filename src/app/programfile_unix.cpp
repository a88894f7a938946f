// SPDX-License-Identifier: MIT
#include "app/programfile.h"

#include <QCoreApplication>
#include <QFile>

#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace Meanwhile::App {

Error becomeProgram(const QString &path, char **argv)
{
    execv(QFile::encodeName(path).constData(), argv);
    return {ErrorKind::NotFound,
        QCoreApplication::translate("Meanwhile::App",
            "The window program %1 could not be started. Install Meanwhile anew, or run "
            "without a window: meanwhile -p \"…\".")
            .arg(path),
        QString::fromLocal8Bit(std::strerror(errno))};
}

} // namespace Meanwhile::App
