// SPDX-License-Identifier: MIT
#include "project/linuxprojectfiles.h"

#include "base/pathtext.h"
#include "project/componentwalk.h"
#include "project/resolvedpath.h"

#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>

namespace Meanwhile::Project {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMaxLinks = 40;
constexpr int kLeadsElsewhere = EREMCHG; // no call here answers with it otherwise
constexpr int kMaxRaces = 100;           // a folder that is renamed all the time gives EAGAIN

Result<OpenedFile> notAFile(const QString &path)
{
    return failure(ErrorKind::Unsupported,
        QStringLiteral("%1 is a pipe, socket or device and was not opened. Name a regular file.").arg(path));
}

// Nothing can be opened by the empty path, which is what a text that is no path comes to.
QByteArray bytesOf(const QString &path)
{
    return pathFromText(path).value_or(QByteArray());
}

bool isFileOrFolder(mode_t mode)
{
    return S_ISREG(mode) || S_ISDIR(mode);
}

QByteArray linkTarget(int folder, const QByteArray &name)
{
    char target[PATH_MAX];
    const ssize_t length = readlinkat(folder, name.constData(), target, sizeof target);
    return length > 0 ? QByteArray(target, length) : QByteArray();
}

bool holdsFile(const PrivatePlaces &places, const struct stat &info)
{
    return S_ISREG(info.st_mode) && places.holdFile(FileStamp::of(info), info.st_nlink);
}

} // namespace

LinuxProjectFiles::LinuxProjectFiles(const QString &folder, Resolver resolver)
    : LinuxProjectFiles(std::make_shared<ProjectRoot>(folder), {}, resolver)
{
}

LinuxProjectFiles::LinuxProjectFiles(
    std::shared_ptr<const ProjectRoot> root, PrivatePlaces privatePlaces, Resolver resolver)
    : m_root(std::move(root))
    , m_canonicalFolder(resolvedPath(m_root->folder()).value_or(m_root->folder()))
    , m_private(std::move(privatePlaces))
    , m_resolver(resolver)
{
}

tl::unexpected<Error> LinuxProjectFiles::refused(int code, const QString &path) const
{
    if (const Result<void> whole = m_root->check(); !whole)
        return failure(whole.error());
    if (code == kLeadsElsewhere)
        return failure(ErrorKind::OutsideProject,
            QStringLiteral("%1 leads to another place now than when the person agreed to it, and was not "
                           "opened.")
                .arg(path));
    return failure(errorFromErrno(code, path));
}

std::optional<QByteArray> LinuxProjectFiles::insideByName(const QString &absolutePath) const
{
    for (const QString &folder : {m_root->folder(), m_canonicalFolder}) {
        if (!absolutePath.startsWith(folder))
            continue;
        QString rest = absolutePath.sliced(folder.size());
        if (!rest.isEmpty() && !rest.startsWith(u'/') && folder != u"/")
            continue; // a neighbour whose name begins alike
        while (rest.startsWith(u'/'))
            rest.remove(0, 1);
        return QByteArray("./" + bytesOf(rest));
    }
    return std::nullopt;
}

LinuxProjectFiles::Opened LinuxProjectFiles::openBeneath(const QByteArray &relative, int flags) const
{
    const Result<ProjectRoot::Descriptors> root = m_root->hold();
    if (!root)
        return {{}, ESTALE};
    const int folder = (*root)->get();
    open_how how{};
    how.flags = quint64(flags | O_CLOEXEC);
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
    bool walk = m_resolver == Resolver::ComponentWalk;
    for (int attempt = 0; attempt < kMaxRaces; ++attempt) {
        Descriptor opened =
            walk ? openByWalking(folder, relative, flags)
                 : Descriptor(int(syscall(SYS_openat2, folder, relative.constData(), &how, sizeof how)));
        if (opened.isValid())
            return {std::move(opened), 0};
        const bool isMissing = !walk && (errno == ENOSYS || errno == EPERM);
        if (!isMissing && errno != EAGAIN && errno != EINTR)
            return {{}, errno};
        walk = walk || isMissing;
    }
    return {{}, EAGAIN};
}

// A link with an absolute target is refused by the kernel even when it leads back inside. The place it
// leads to is then opened, again beneath the folder: what the check saw is not trusted.
LinuxProjectFiles::Opened LinuxProjectFiles::openInside(const QString &absolutePath, int flags) const
{
    Opened opened{{}, EXDEV};
    if (const std::optional<QByteArray> relative = insideByName(absolutePath))
        opened = openBeneath(*relative, flags);
    // The kernel says of a link in /proc, too, that there are too many.
    if (opened.error == EXDEV || opened.error == ELOOP) {
        const std::optional<QString> place = resolvedPath(absolutePath);
        const std::optional<QByteArray> relative = place ? insideByName(*place) : std::nullopt;
        opened = relative ? openBeneath(*relative, flags) : Opened{{}, place ? EXDEV : ELOOP};
    }
    if (opened.error == 0 && m_private.hold(pathOfOpened(opened.descriptor.get())))
        return {{}, EXDEV};
    return opened;
}

LinuxProjectFiles::Opened LinuxProjectFiles::openPath(
    const QString &path, int flags, const Reach &reach) const
{
    const QString wanted = absolute(path);
    if (reach.place.isEmpty() && reach.border == Reach::Border::Project)
        return openInside(wanted, flags);
    const QString now = reach.place.isEmpty() ? wanted : resolvedPath(wanted).value_or(QString());
    if (!reach.place.isEmpty() && !isAtOrBelow(now, reach.place))
        return {{}, kLeadsElsewhere};
    if (!m_root->check())
        return {{}, ESTALE};
    Descriptor opened(::open(bytesOf(now).constData(), flags | O_CLOEXEC));
    const int code = opened.isValid() ? 0 : errno;
    // A link may have been put there between the two.
    if (code == 0 && !reach.place.isEmpty() && pathOfOpened(opened.get()) != now)
        return {{}, kLeadsElsewhere};
    return {std::move(opened), code};
}

Result<OpenedFile> LinuxProjectFiles::open(const QString &path, const Reach &reach) const
{
    if (const Result<QByteArray> bytes = pathFromText(absolute(path)); !bytes)
        return failure(bytes.error());
    // O_PATH opens nothing: a pipe's writer is not woken, a tape does not rewind.
    const Opened looked = openPath(path, O_PATH, reach);
    if (looked.error != 0)
        return refused(looked.error, path);
    struct stat info {};
    if (fstat(looked.descriptor.get(), &info) != 0)
        return refused(errno, path);
    if (!isFileOrFolder(info.st_mode))
        return notAFile(path);
    if (reach == Reach::InsideProject && holdsFile(m_private, info))
        return refused(EXDEV, path);
    Descriptor opened = openedAgain(looked.descriptor.get(), O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (!opened.isValid() || fstat(opened.get(), &info) != 0)
        return refused(errno, path);
    return OpenedFile{std::move(opened), S_ISDIR(info.st_mode), FileStamp::of(info)};
}

LinuxProjectFiles::Opened LinuxProjectFiles::openFolder(
    const QString &path, const Reach &reach, bool make) const
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
    if (mkdirat(parent.descriptor.get(), bytesOf(name).constData(), 0777) != 0 && errno != EEXIST)
        return {{}, errno};
    return openPath(path, kFlags, reach);
}

Result<WritePlace> LinuxProjectFiles::placeFor(
    const QString &path, const Reach &reach, bool makeParents) const
{
    if (const Result<QByteArray> bytes = pathFromText(absolute(path)); !bytes)
        return failure(bytes.error());
    if (!reach.place.isEmpty())
        return placeThatWasAllowed(path, reach, makeParents);
    QString wanted = absolute(path);
    const std::optional<QString> place = resolvedPath(wanted);
    if (!place)
        return refused(ELOOP, path);
    const bool isInside = reach.border == Reach::Border::Project;
    if (isInside && m_private.hold(*place)) // before a folder is made there
        return refused(EXDEV, path);
    for (int links = 0; links < kMaxLinks; ++links) {
        const qsizetype slash = wanted.lastIndexOf(u'/');
        const QString folderPath = slash == 0 ? u"/"_s : wanted.first(slash);
        const QByteArray name = bytesOf(wanted.sliced(slash + 1));
        if (name.isEmpty() || name == "." || name == "..")
            return refused(EISDIR, path);
        Opened folder = openFolder(folderPath, reach, makeParents);
        if (folder.error != 0)
            return refused(folder.error, path);
        const QByteArray target = linkTarget(folder.descriptor.get(), name);
        if (target.isEmpty()) {
            const QString found = pathOfOpened(folder.descriptor.get()) + u'/' + pathToText(name);
            struct stat info {};
            const bool isThere =
                fstatat(folder.descriptor.get(), name.constData(), &info, AT_SYMLINK_NOFOLLOW) == 0;
            if (isInside && (m_private.hold(found) || (isThere && holdsFile(m_private, info))))
                return refused(EXDEV, path);
            return WritePlace{std::move(folder.descriptor), name};
        }
        const QString next = pathToText(target);
        wanted = next.startsWith(u'/') ? next : folderPath + u'/' + next;
    }
    return refused(ELOOP, path);
}

// Of the resolved place alone, in which there is no link to follow any more.
Result<WritePlace> LinuxProjectFiles::placeThatWasAllowed(
    const QString &path, const Reach &reach, bool makeParents) const
{
    const QString place = resolvedPath(absolute(path)).value_or(QString());
    const qsizetype slash = place.lastIndexOf(u'/');
    if (!isAtOrBelow(place, reach.place) || slash < 0)
        return refused(kLeadsElsewhere, path);
    const QString folderPath = slash == 0 ? u"/"_s : place.first(slash);
    const QByteArray name = bytesOf(place.sliced(slash + 1));
    if (name.isEmpty())
        return refused(EISDIR, path);
    Opened folder = openFolder(folderPath, Reach::Anywhere, makeParents);
    if (folder.error != 0)
        return refused(folder.error, path);
    if (pathOfOpened(folder.descriptor.get()) != folderPath ||
        !linkTarget(folder.descriptor.get(), name).isEmpty())
        return refused(kLeadsElsewhere, path);
    return WritePlace{std::move(folder.descriptor), name};
}

PathFacts LinuxProjectFiles::factsOf(const QString &path) const
{
    PathFacts facts;
    const QString wanted = absolute(path);
    facts.place = wanted;
    if (const Result<void> whole = m_root->check(); !whole) {
        facts.impossible = whole.error();
        return facts;
    }
    const std::optional<QString> place = resolvedPath(wanted);
    if (!place) {
        facts.impossible = errorFromErrno(ELOOP, path);
        return facts;
    }
    facts.place = *place;
    struct stat info {};
    const bool isThere = ::stat(bytesOf(*place).constData(), &info) == 0;
    facts.isPrivate = m_private.hold(*place) || (isThere && holdsFile(m_private, info));
    facts.leavesProject = facts.isPrivate || leavesProject(wanted);
    return facts;
}

bool LinuxProjectFiles::leavesProject(const QString &absolutePath) const
{
    QString wanted = absolutePath;
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

QStringList LinuxProjectFiles::closedBelow(const QString &path, const Reach &reach) const
{
    const QString place = resolvedPath(absolute(path)).value_or(QString());
    if (!reach.place.isEmpty() && m_private.hold(place))
        return {};
    return m_private.below(place);
}

bool LinuxProjectFiles::isClosedFile(
    const Descriptor &folder, const QByteArray &path, const Reach &reach) const
{
    struct stat info {};
    return fstatat(folder.get(), path.constData(), &info, AT_SYMLINK_NOFOLLOW) == 0 &&
           holdsFile(m_private, info) && (reach.place.isEmpty() || !m_private.hold(reach.place));
}

} // namespace Meanwhile::Project
