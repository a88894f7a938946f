// SPDX-License-Identifier: MIT
#include "tools/linuxprojectfiles.h"

#include "tools/componentwalk.h"

#include <QDir>
#include <QFile>

#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMaxLinks = 40;
constexpr int kMaxRaces = 100; // a folder that is renamed all the time gives EAGAIN

tl::unexpected<Error> refused(int code, const QString &path)
{
    if (code == ESTALE)
        return failure(ErrorKind::NotFound,
            QStringLiteral("The project folder was removed, so %1 cannot be reached. Open the folder again.")
                .arg(path));
    return failure(errorFromErrno(code, path));
}

Result<OpenedFile> notAFile(const QString &path)
{
    return failure(ErrorKind::Unsupported,
        QStringLiteral("%1 is a pipe, socket or device and was not opened. Name a regular file.").arg(path));
}

bool isFileOrFolder(mode_t mode)
{
    return S_ISREG(mode) || S_ISDIR(mode);
}

// Of the part that exists; the rest is added as it is. Empty when that cannot be said.
QString canonicalEvenIfMissing(const QString &absolutePath)
{
    QString existing = QDir::fromNativeSeparators(absolutePath);
    QStringList rest;
    while (true) {
        const QString canonical = QFileInfo(existing).canonicalFilePath();
        if (!canonical.isEmpty())
            return rest.isEmpty() ? canonical : canonical + u'/' + rest.join(u'/');
        const qsizetype slash = existing.lastIndexOf(u'/');
        const QString name = existing.mid(slash + 1);
        if (slash < 0 || name == u"..")
            return {};
        if (!name.isEmpty() && name != u".")
            rest.prepend(name);
        existing = slash == 0 ? u"/"_s : existing.first(slash);
    }
}

bool isRemoved(int folder)
{
    struct stat info {};
    return fstat(folder, &info) == 0 && info.st_nlink == 0;
}

QByteArray linkTarget(int folder, const QByteArray &name)
{
    char target[PATH_MAX];
    const ssize_t length = readlinkat(folder, name.constData(), target, sizeof target);
    return length > 0 ? QByteArray(target, length) : QByteArray();
}

} // namespace

LinuxProjectFiles::LinuxProjectFiles(const QString &folder, Resolver resolver)
    : m_folder(QDir::cleanPath(QDir(folder).absolutePath()))
    , m_canonicalFolder(QDir(folder).canonicalPath())
    , m_resolver(resolver)
{
    m_root.reset(::open(QFile::encodeName(m_folder).constData(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (m_canonicalFolder.isEmpty())
        m_canonicalFolder = m_folder;
}

std::optional<QByteArray> LinuxProjectFiles::insideByName(const QString &absolutePath) const
{
    for (const QString &folder : {m_folder, m_canonicalFolder}) {
        if (!absolutePath.startsWith(folder))
            continue;
        QString rest = absolutePath.sliced(folder.size());
        if (!rest.isEmpty() && !rest.startsWith(u'/') && folder != u"/")
            continue; // a neighbour whose name begins alike
        while (rest.startsWith(u'/'))
            rest.remove(0, 1);
        return QByteArray("./" + QFile::encodeName(rest));
    }
    return std::nullopt;
}

LinuxProjectFiles::Opened LinuxProjectFiles::openBeneath(const QByteArray &relative, int flags) const
{
    if (!m_root.isValid())
        return {{}, ENOENT};
    open_how how{};
    how.flags = quint64(flags | O_CLOEXEC);
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
    bool walk = m_resolver == Resolver::ComponentWalk;
    for (int attempt = 0; attempt < kMaxRaces; ++attempt) {
        Descriptor opened =
            walk
                ? openByWalking(m_root.get(), relative, flags)
                : Descriptor(int(syscall(SYS_openat2, m_root.get(), relative.constData(), &how, sizeof how)));
        if (opened.isValid())
            return {std::move(opened), 0};
        const bool isMissing = !walk && (errno == ENOSYS || errno == EPERM);
        if (!isMissing && errno != EAGAIN && errno != EINTR)
            return {{}, errno == ENOENT && isRemoved(m_root.get()) ? ESTALE : errno};
        walk = walk || isMissing;
    }
    return {{}, EAGAIN};
}

// A link with an absolute target is refused by the kernel even when it leads back inside. Its canonical path
// is then opened, again beneath the folder: what the check saw is not trusted.
LinuxProjectFiles::Opened LinuxProjectFiles::openPath(const QString &path, int flags, Reach reach) const
{
    const QString wanted = absolute(path);
    if (reach == Reach::Anywhere) {
        Descriptor opened(::open(QFile::encodeName(wanted).constData(), flags | O_CLOEXEC));
        const int code = opened.isValid() ? 0 : errno;
        return {std::move(opened), code};
    }
    const std::optional<QByteArray> relative = insideByName(wanted);
    if (relative) {
        Opened opened = openBeneath(*relative, flags);
        if (opened.error != EXDEV)
            return opened;
    }
    const std::optional<QByteArray> canonical = insideByName(canonicalEvenIfMissing(wanted));
    return canonical ? openBeneath(*canonical, flags) : Opened{{}, EXDEV};
}

Result<OpenedFile> LinuxProjectFiles::open(const QString &path, Reach reach) const
{
    // O_PATH opens nothing: a pipe's writer is not woken, a tape does not rewind.
    const Opened looked = openPath(path, O_PATH, reach);
    if (looked.error != 0)
        return refused(looked.error, path);
    struct stat info {};
    if (fstat(looked.descriptor.get(), &info) != 0)
        return refused(errno, path);
    if (!isFileOrFolder(info.st_mode))
        return notAFile(path);
    Descriptor opened = openedAgain(looked.descriptor.get(), O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (!opened.isValid() || fstat(opened.get(), &info) != 0)
        return refused(errno, path);
    return OpenedFile{std::move(opened), S_ISDIR(info.st_mode), FileStamp::of(info)};
}

LinuxProjectFiles::Opened LinuxProjectFiles::openFolder(const QString &path, Reach reach, bool make) const
{
    constexpr int kFlags = O_RDONLY | O_DIRECTORY;
    Opened opened = openPath(path, kFlags, reach);
    // A folder that may be entered and written but not listed.
    if (opened.error == EACCES)
        opened = openPath(path, O_PATH | O_DIRECTORY, reach);
    if (opened.error != ENOENT || !make)
        return opened;
    const QString full = absolute(path);
    const qsizetype slash = full.lastIndexOf(u'/');
    const QString name = full.sliced(slash + 1);
    if (slash <= 0 || name == u"..")
        return opened;
    const Opened parent = openFolder(full.first(slash), reach, true);
    if (parent.error != 0 || name.isEmpty() || name == u".")
        return parent.error != 0 ? Opened{{}, parent.error} : openPath(path, kFlags, reach);
    if (mkdirat(parent.descriptor.get(), QFile::encodeName(name).constData(), 0777) != 0 && errno != EEXIST)
        return {{}, errno};
    return openPath(path, kFlags, reach);
}

Result<WritePlace> LinuxProjectFiles::placeFor(const QString &path, Reach reach, bool makeParents) const
{
    QString wanted = absolute(path);
    for (int links = 0; links < kMaxLinks; ++links) {
        const qsizetype slash = wanted.lastIndexOf(u'/');
        const QString folderPath = slash == 0 ? u"/"_s : wanted.first(slash);
        const QByteArray name = QFile::encodeName(wanted.sliced(slash + 1));
        if (name.isEmpty() || name == "." || name == "..")
            return refused(EISDIR, path);
        Opened folder = openFolder(folderPath, reach, makeParents);
        if (folder.error != 0)
            return refused(folder.error, path);
        const QByteArray target = linkTarget(folder.descriptor.get(), name);
        if (target.isEmpty())
            return WritePlace{std::move(folder.descriptor), name};
        const QString next = QFile::decodeName(target);
        wanted = next.startsWith(u'/') ? next : folderPath + u'/' + next;
    }
    return refused(ELOOP, path);
}

bool LinuxProjectFiles::leavesProject(const QString &path) const
{
    QString wanted = absolute(path);
    while (true) {
        const int code = openPath(wanted, O_PATH, Reach::InsideProject).error;
        if (code == EXDEV)
            return true;
        const qsizetype slash = wanted.lastIndexOf(u'/');
        if (code != ENOENT || slash <= 0)
            return false;
        wanted.truncate(slash);
    }
}

} // namespace Meanwhile::Tools
