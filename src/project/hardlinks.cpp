// SPDX-License-Identifier: MIT
#include "project/hardlinks.h"

#include <QDeadlineTimer>

#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>

namespace Meanwhile::Project {

namespace {

constexpr int kMaxDepth = 100;

struct CloseFolder {
    void operator()(DIR *stream) const { closedir(stream); }
};

// Counts the names of one file below a folder, links not followed, until all of them are found.
class NameCount {
public:
    NameCount(const struct stat &wanted, QDeadlineTimer deadline)
        : m_wanted(wanted)
        , m_deadline(deadline)
    {
    }

    void lookIn(Descriptor folder, int depth = 0)
    {
        const std::unique_ptr<DIR, CloseFolder> stream(fdopendir(folder.get()));
        if (!stream || depth > kMaxDepth) {
            m_isRestUnknown = true;
            return;
        }
        const int fd = folder.release();
        while (const dirent *entry = readdir(stream.get())) {
            const QByteArrayView name(entry->d_name);
            if (name == "." || name == "..")
                continue;
            m_isRestUnknown = m_isRestUnknown || m_deadline.hasExpired();
            if (m_isRestUnknown || m_found >= m_wanted.st_nlink)
                return;
            // The inode in the entry is another one where layers of file systems lie above each other.
            struct stat info {};
            if (entry->d_type == DT_DIR || fstatat(fd, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0)
                info.st_mode = entry->d_type == DT_DIR ? S_IFDIR : 0;
            if (S_ISREG(info.st_mode) && info.st_ino == m_wanted.st_ino && info.st_dev == m_wanted.st_dev)
                ++m_found;
            else if (S_ISDIR(info.st_mode))
                lookIn(Descriptor(openat(fd, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)),
                    depth + 1);
        }
    }

    OtherNames found() const
    {
        if (m_found >= m_wanted.st_nlink)
            return OtherNames::InProject;
        return m_isRestUnknown ? OtherNames::Unknown : OtherNames::Outside;
    }

private:
    const struct stat &m_wanted;
    QDeadlineTimer m_deadline;
    nlink_t m_found = 0;
    bool m_isRestUnknown = false;
};

} // namespace

OtherNames otherNames(const ProjectFiles &files, const WritePlace &place, std::chrono::milliseconds maxTime)
{
    struct stat info {};
    if (fstatat(place.folder.get(), place.name.constData(), &info, AT_SYMLINK_NOFOLLOW) != 0 ||
        !S_ISREG(info.st_mode) || info.st_nlink < 2)
        return OtherNames::None;
    Result<OpenedFile> project = files.open(QStringLiteral("."), Reach::InsideProject);
    if (!project || !project->isFolder)
        return OtherNames::Unknown;
    NameCount count(info, QDeadlineTimer(maxTime));
    count.lookIn(std::move(project->descriptor));
    return count.found();
}

} // namespace Meanwhile::Project
