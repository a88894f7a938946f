// SPDX-License-Identifier: MIT
#include "project/projectroot.h"

#include <QDir>
#include <QFile>

#include <fcntl.h>
#include <sys/stat.h>

namespace Meanwhile::Project {

namespace {

std::shared_ptr<const Descriptor> held(const QString &folder)
{
    return std::make_shared<const Descriptor>(holdFolder(QFile::encodeName(folder)));
}

// Compared again each time: a file system may number its folders otherwise from one mount to the next.
bool isWhatIsThere(const Descriptor &opened, const QString &folder)
{
    struct stat held {};
    struct stat there {};
    return opened.isValid() && fstat(opened.get(), &held) == 0 && held.st_nlink > 0 &&
           stat(QFile::encodeName(folder).constData(), &there) == 0 && held.st_dev == there.st_dev &&
           held.st_ino == there.st_ino;
}

} // namespace

ProjectRoot::ProjectRoot(const QString &folder)
    : m_folder(QDir::cleanPath(QDir(folder).absolutePath()))
    , m_opened(held(m_folder))
{
}

// A folder that was not there yet is opened once it is: no other one was meant.
ProjectRoot::Descriptors ProjectRoot::currentOrFirst() const
{
    const std::scoped_lock lock(m_mutex);
    if (!m_opened->isValid())
        m_opened = held(m_folder);
    return m_opened;
}

Result<ProjectRoot::Descriptors> ProjectRoot::hold() const
{
    const Descriptors opened = currentOrFirst();
    if (isWhatIsThere(*opened, m_folder)) {
        const std::scoped_lock lock(m_mutex);
        m_isLost = false;
        return opened;
    }
    const Error error{ErrorKind::Conflict,
        QStringLiteral("The project folder %1 is not the one that was opened: it was moved, replaced or "
                       "removed. Nothing is read, written or run there until it is back, or until the "
                       "person opens it again.")
            .arg(m_folder),
        {}};
    tellLost(error);
    return failure(error);
}

Result<void> ProjectRoot::check() const
{
    const Result<Descriptors> held = hold();
    return held ? Result<void>() : failure(held.error());
}

void ProjectRoot::reopen()
{
    const std::scoped_lock lock(m_mutex);
    if (isWhatIsThere(*m_opened, m_folder))
        return;
    m_opened = held(m_folder);
    m_isLost = false;
}

void ProjectRoot::setLostHandler(std::function<void(const Error &)> handler)
{
    const std::scoped_lock lock(m_mutex);
    m_lostHandler = std::move(handler);
}

void ProjectRoot::tellLost(const Error &error) const
{
    std::function<void(const Error &)> handler;
    {
        const std::scoped_lock lock(m_mutex);
        if (!std::exchange(m_isLost, true))
            handler = m_lostHandler;
    }
    if (handler)
        handler(error);
}

} // namespace Meanwhile::Project
