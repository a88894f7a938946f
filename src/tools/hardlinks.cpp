// SPDX-License-Identifier: MIT
#include "tools/hardlinks.h"

#include <QElapsedTimer>

#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>

namespace Meanwhile::Tools {

namespace {

constexpr int kMaxMilliseconds = 1'000;
constexpr int kMaxDepth = 100;

struct CloseFolder {
    void operator()(DIR *stream) const { closedir(stream); }
};

// Counts the names of one file below a folder, links not followed.
class NameCount {
public:
    explicit NameCount(const struct stat &wanted)
        : m_wanted(wanted)
    {
        m_elapsed.start();
    }

    nlink_t in(Descriptor folder, int depth)
    {
        const std::unique_ptr<DIR, CloseFolder> stream(fdopendir(folder.get()));
        if (!stream)
            return 0;
        const int fd = folder.release();
        nlink_t found = 0;
        while (const dirent *entry = readdir(stream.get())) {
            const QByteArrayView name(entry->d_name);
            if (name == "." || name == ".." || m_elapsed.hasExpired(kMaxMilliseconds))
                continue;
            // The entry itself tells the inode, so most files are not asked for anything.
            const bool mayBeIt = entry->d_ino == m_wanted.st_ino;
            struct stat info {};
            if (mayBeIt && fstatat(fd, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
                info.st_ino == m_wanted.st_ino && info.st_dev == m_wanted.st_dev)
                ++found;
            else if ((entry->d_type == DT_DIR || entry->d_type == DT_UNKNOWN) && depth < kMaxDepth)
                found +=
                    in(Descriptor(openat(fd, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)),
                        depth + 1);
        }
        return found;
    }

private:
    const struct stat &m_wanted;
    QElapsedTimer m_elapsed;
};

} // namespace

bool hasNameOutside(const ProjectFiles &files, const WritePlace &place)
{
    struct stat info {};
    if (fstatat(place.folder.get(), place.name.constData(), &info, AT_SYMLINK_NOFOLLOW) != 0 ||
        !S_ISREG(info.st_mode) || info.st_nlink < 2)
        return false;
    Result<OpenedFile> project = files.open(QStringLiteral("."), Reach::InsideProject);
    if (!project || !project->isFolder)
        return true;
    return NameCount(info).in(std::move(project->descriptor), 0) < info.st_nlink;
}

} // namespace Meanwhile::Tools
