// SPDX-License-Identifier: MIT
#include "base/statepaths.h"

#include "base/descriptor.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QSaveFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

namespace Meanwhile {

using namespace Qt::StringLiterals;

namespace {

constexpr mode_t kOthers = S_IRWXG | S_IRWXO;

QString tr(const char *text)
{
    return QCoreApplication::translate("Meanwhile", text);
}

// Of the person's own files and folders only; links lead elsewhere and have no mode. True: it was open.
bool closeToOthers(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    struct stat info = {};
    if (lstat(name.constData(), &info) != 0 || info.st_uid != geteuid() || (info.st_mode & kOthers) == 0 ||
        !(S_ISREG(info.st_mode) || S_ISDIR(info.st_mode) || S_ISSOCK(info.st_mode)))
        return false;
    return chmod(name.constData(), info.st_mode & 07777 & ~kOthers) == 0;
}

// A folder that was open has open ones in it; in one that was closed nobody could look anyway.
void closeFolder(const QString &folder)
{
    if (!closeToOthers(folder))
        return;
    QDirIterator each(folder, QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden | QDir::System,
        QDirIterator::Subdirectories);
    while (each.hasNext())
        closeToOthers(each.next());
}

// By name: MEANWHILE_HOME may be a folder that other things lie in.
void closeOurFilesIn(const QString &folder)
{
    static const QStringList kOurs{u"meanwhile.db*"_s, u"settings.*"_s, u"trusted.*"_s, u"*.key"_s,
        u"models.json"_s, u"window.json"_s, u"window.sock"_s};
    const QDir dir(folder);
    const QStringList names = dir.entryList(kOurs, QDir::AllEntries | QDir::Hidden | QDir::System);
    for (const QString &name : names)
        closeFolder(dir.filePath(name));
    closeFolder(dir.filePath(u"checkpoints"_s));
}

// Whether the folder is one to write to, or can be made.
bool canBeWritten(const QString &folder)
{
    QString path = folder;
    while (!QFileInfo::exists(path) && QFileInfo(path).path() != path)
        path = QFileInfo(path).path();
    return QFileInfo(path).isDir() && access(QFile::encodeName(path).constData(), W_OK | X_OK) == 0;
}

void copyIfMissing(const QString &from, const QString &to)
{
    QFile source(from);
    if (QFileInfo::exists(to) || !QFileInfo(from).isFile() || !source.open(QIODevice::ReadOnly))
        return;
    QSaveFile copy(to);
    if (copy.open(QIODevice::WriteOnly) && copy.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
        copy.write(source.readAll()) >= 0)
        copy.commit();
}

tl::unexpected<Error> cannotKeep(const QString &path, int code)
{
    return failure(ErrorKind::PermissionDenied,
        tr("Nothing can be kept, as %1 cannot be written (%2): this conversation is lost at the end. Set "
           "MEANWHILE_HOME to a folder that you can write to, and start again.")
            .arg(path, qt_error_string(code)),
        qt_error_string(code));
}

} // namespace

StatePaths StatePaths::fromEnvironment(const QProcessEnvironment &environment)
{
    const QString home = environment.value(u"MEANWHILE_HOME"_s);
    if (!home.isEmpty()) {
        const QString root = QDir(home).absolutePath();
        return {root, root, root + u"/tasks"_s};
    }
    const auto folder = [&](const QString &variable, const QString &fallback) {
        // The specification: a relative path is invalid and is ignored.
        const QString value = environment.value(variable);
        const QString base = QDir::isAbsolutePath(value) ? value : QDir::homePath() + fallback;
        return base + u"/meanwhile"_s;
    };
    const QString state = folder(u"XDG_STATE_HOME"_s, u"/.local/state"_s);
    const QString config = folder(u"XDG_CONFIG_HOME"_s, u"/.config"_s);
    if (canBeWritten(config))
        return {config, state, state + u"/tasks"_s};
    return {state, state, state + u"/tasks"_s, config};
}

Result<void> StatePaths::create() const
{
    if (Result<void> own = checkOwner(); !own)
        return own;
    closeFolder(tasks);
    for (const QString &path : {config, state, tasks}) {
        errno = 0;
        if (!makePrivateFolder(path))
            return cannotKeep(path, errno ? errno : ENOENT);
        closeOurFilesIn(path);
        if (access(QFile::encodeName(path).constData(), W_OK | X_OK) != 0)
            return cannotKeep(path, errno);
    }
    if (!readOnlyConfig.isEmpty()) {
        const QStringList names =
            QDir(readOnlyConfig).entryList({u"settings.ini"_s, u"*.key"_s}, QDir::Files);
        for (const QString &name : names)
            copyIfMissing(readOnlyConfig + u'/' + name, config + u'/' + name);
    }
    return {};
}

Result<void> StatePaths::checkOwner() const
{
    for (const QString &path : {config, state, tasks}) {
        struct stat info = {}; // of what a link leads to
        if (stat(QFile::encodeName(path).constData(), &info) == 0 && info.st_uid != geteuid()) {
            return failure(ErrorKind::PermissionDenied,
                QCoreApplication::translate("Meanwhile", "The folder %1 belongs to another user, who could "
                                                         "read and change what is kept there. Set "
                                                         "MEANWHILE_HOME to a folder of your own.")
                    .arg(path));
        }
    }
    return {};
}

bool makePrivateFolder(const QString &path)
{
    const QString above = QFileInfo(path).path();
    if (!QFileInfo(above).isDir() && !QDir().mkpath(above))
        return false;
    if (mkdir(QFile::encodeName(path).constData(), S_IRWXU) == 0)
        return true;
    const int code = errno;
    const QFileInfo info(path);
    const bool isThere = info.isDir();
    if (isThere)
        closeToOthers(info.canonicalFilePath());
    errno = isThere ? 0 : code;
    return isThere;
}

void makePrivateFile(const QString &path)
{
    Descriptor(open(QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR));
}

} // namespace Meanwhile
