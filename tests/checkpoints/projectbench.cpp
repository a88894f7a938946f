// SPDX-License-Identifier: MIT
#include "checkpoints/projectbench.h"

#include <QDirIterator>
#include <QtTest>

#include <sys/stat.h>
#include <unistd.h>

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;

namespace {

template <typename T>
T valueOf(const Result<T> &result)
{
    if (!result)
        qFatal("%s (%s)", qUtf8Printable(result.error().message), qUtf8Printable(result.error().detail));
    return *result;
}

} // namespace

ProjectBench::ProjectBench(const Checkpoints::ScanLimits &limits)
    : m_limits(limits)
{
    QDir(m_root.path()).mkdir(u"project"_s);
    QDir(m_root.path()).mkdir(u"state"_s);
    startAgain();
}

void ProjectBench::startAgain()
{
    folder = std::make_unique<Checkpoints::DiskCheckpointStore>(
        path(), statePath(), std::make_shared<Project::GitModule>(), m_limits);
}

QString ProjectBench::path(const QString &name) const
{
    return m_root.filePath(name.isEmpty() ? u"project"_s : u"project/"_s + name);
}

QString ProjectBench::statePath(const QString &name) const
{
    return m_root.filePath(name.isEmpty() ? u"state"_s : u"state/"_s + name);
}

void ProjectBench::put(const QString &name, const QByteArray &bytes, quint32 mode) const
{
    QDir().mkpath(QFileInfo(path(name)).path());
    QFile file(path(name));
    if (!file.open(QFile::WriteOnly | QFile::Truncate) || file.write(bytes) != bytes.size() ||
        ::fchmod(file.handle(), mode) != 0)
        qFatal("cannot write a file of the test");
}

void ProjectBench::link(const QByteArray &target, const QString &name) const
{
    if (::symlink(target.constData(), QFile::encodeName(path(name)).constData()) != 0)
        qFatal("cannot make a link of the test");
}

void ProjectBench::remove(const QString &name) const
{
    const QFileInfo info(path(name));
    const bool isGone =
        info.isDir() && !info.isSymLink() ? QDir(path(name)).removeRecursively() : QFile::remove(path(name));
    if (!isGone)
        qFatal("cannot remove a file of the test");
}

QByteArray ProjectBench::contentOf(const QString &name) const
{
    QFile file(path(name));
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray("(no file)");
}

uint ProjectBench::modeOf(const QString &name) const
{
    struct stat info {};
    return ::stat(QFile::encodeName(path(name)).constData(), &info) == 0 ? info.st_mode & 07777 : 0;
}

QMap<QByteArray, QByteArray> ProjectBench::everything(const QStringList &but) const
{
    QMap<QByteArray, QByteArray> found;
    QDirIterator all(path(), QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
        QDirIterator::Subdirectories);
    while (all.hasNext()) {
        const QString full = all.next();
        const QString name = full.sliced(path().size() + 1);
        if (std::any_of(but.cbegin(), but.cend(),
                [&](const QString &left) { return name == left || name.startsWith(left + u'/'); }))
            continue;
        struct stat info {};
        const QByteArray file = QFile::encodeName(full);
        if (::lstat(file.constData(), &info) != 0)
            qFatal("cannot look at a file of the test");
        QByteArray content = S_ISLNK(info.st_mode)   ? QFileInfo(full).symLinkTarget().toUtf8()
                             : S_ISREG(info.st_mode) ? contentOf(name)
                                                     : QByteArray();
        found.insert(QFile::encodeName(name), QByteArray::number(info.st_mode, 8) + ' ' + content);
    }
    return found;
}

void ProjectBench::git(const QStringList &arguments, const QString &below) const
{
    QProcess process;
    process.setWorkingDirectory(path(below));
    process.start(
        u"git"_s, QStringList{u"-c"_s, u"user.name=x"_s, u"-c"_s, u"user.email=x@example.org"_s} + arguments);
    if (!process.waitForFinished() || process.exitCode() != 0)
        qFatal("git: %s", process.readAllStandardError().constData());
}

Checkpoints::Checkpoint ProjectBench::take(const QString &label)
{
    return valueOf(folder->take(label, Checkpoints::Durability::PowerLoss, never));
}

Checkpoints::FileChanges ProjectBench::changes(const QString &from, const QString &to)
{
    return valueOf(folder->changes(from, to, never));
}

Checkpoints::Restored ProjectBench::restore(const QString &id, const QByteArrayList &only)
{
    return valueOf(folder->restore(id, u"undo"_s, never, only));
}

} // namespace Meanwhile::Testing
