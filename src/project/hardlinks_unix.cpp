// SPDX-License-Identifier: MIT
#include "project/hardlinks.h"

#include "project/treewalk.h"

#include <QDeadlineTimer>

#include <fcntl.h>
#include <sys/stat.h>

namespace Meanwhile::Project {

namespace {

// Counts the names of one file below a folder until all of them are found.
class NameCount : public TreeVisitor {
public:
    NameCount(const struct stat &wanted, QDeadlineTimer deadline, qsizetype maxEntries)
        : m_wanted(wanted)
        , m_deadline(deadline)
        , m_maxEntries(maxEntries)
    {
    }

    // A listing takes its time, whatever is in it.
    bool enter(const Descriptor &, const QByteArray &, const QVector<FolderEntry> &entries) override
    {
        m_isRestUnknown = m_isRestUnknown || entries.size() > m_maxEntries;
        return mayGoOn();
    }

    Next visit(const Descriptor &folder, const QByteArray &, const FolderEntry &entry) override
    {
        if (!mayGoOn() || m_found >= m_wanted.st_nlink)
            return Next::Stop;
        // The inode in a listing is another one where layers of file systems lie above each other.
        struct stat info {};
        if (entry.kind == FolderEntry::Kind::File &&
            fstatat(folder.get(), entry.name.constData(), &info, AT_SYMLINK_NOFOLLOW) == 0 &&
            info.st_ino == m_wanted.st_ino && info.st_dev == m_wanted.st_dev)
            ++m_found;
        return Next::Enter;
    }

    void unreadable(const QByteArray &) override { m_isRestUnknown = true; }

    OtherNames found() const
    {
        if (m_found >= m_wanted.st_nlink)
            return OtherNames::InProject;
        return m_isRestUnknown ? OtherNames::Unknown : OtherNames::Outside;
    }

private:
    bool mayGoOn()
    {
        const bool isOver = m_deadline.hasExpired();
        m_isRestUnknown = m_isRestUnknown || isOver;
        return !isOver;
    }

    const struct stat &m_wanted;
    QDeadlineTimer m_deadline;
    qsizetype m_maxEntries;
    nlink_t m_found = 0;
    bool m_isRestUnknown = false;
};

} // namespace

OtherNames otherNames(const ProjectFiles &files, const WritePlace &place, std::chrono::milliseconds maxTime,
    qsizetype maxEntries)
{
    struct stat info {};
    if (fstatat(place.folder.get(), place.name.constData(), &info, AT_SYMLINK_NOFOLLOW) != 0 ||
        !S_ISREG(info.st_mode) || info.st_nlink < 2)
        return OtherNames::None;
    Result<OpenedFile> project = files.open(QStringLiteral("."), Reach::InsideProject);
    if (!project || !project->isFolder)
        return OtherNames::Unknown;
    NameCount count(info, QDeadlineTimer(maxTime), maxEntries);
    // One more than may be looked at, so that a folder that holds more is noticed.
    TreeWalk(count, Detail::Kind, maxEntries + 1).run(project->descriptor);
    return count.found();
}

} // namespace Meanwhile::Project
