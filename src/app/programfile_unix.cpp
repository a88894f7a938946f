// SPDX-License-Identifier: MIT
#include "app/programfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace Meanwhile::App {

using namespace Qt::StringLiterals;

Error becomeProgram(const QString &name, char **argv)
{
    const QString path = QFileInfo(QFile::symLinkTarget(u"/proc/self/exe"_s)).absolutePath() + u'/' + name;
    execv(QFile::encodeName(path).constData(), argv);
    return {ErrorKind::NotFound,
        QCoreApplication::translate("Meanwhile::App", "%1 could not be started. Please reinstall Meanwhile.")
            .arg(path),
        QString::fromLocal8Bit(std::strerror(errno))};
}

} // namespace Meanwhile::App
