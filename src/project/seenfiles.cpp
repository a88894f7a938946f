// SPDX-License-Identifier: MIT
#include "project/seenfiles.h"

#include <QDir>
#include <QMutexLocker>

namespace Meanwhile::Project {

void SeenFiles::remember(const QString &path, const QByteArray &contentHash)
{
    const QMutexLocker lock(&m_mutex);
    if (contentHash.isEmpty())
        m_hashes.remove(QDir::cleanPath(path));
    else
        m_hashes.insert(QDir::cleanPath(path), contentHash);
}

bool SeenFiles::hasChangedSince(const QString &path, const QByteArray &contentHash) const
{
    const QMutexLocker lock(&m_mutex);
    const QByteArray seen = m_hashes.value(QDir::cleanPath(path));
    return !seen.isEmpty() && seen != contentHash;
}

} // namespace Meanwhile::Project
