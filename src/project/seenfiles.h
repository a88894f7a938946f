// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QHash>
#include <QMutex>
#include <QString>

namespace Meanwhile::Project {

/// The content (its contentHash) of each file as the model last saw it, so that it does not overwrite what it
/// has not seen.
///
/// Thread: any.
class SeenFiles {
public:
    /// `path` as an absolute path. An empty hash forgets the file.
    void remember(const QString &path, const QByteArray &contentHash);
    /// True when the model saw the file and this is not what it saw.
    bool hasChangedSince(const QString &path, const QByteArray &contentHash) const;

private:
    mutable QMutex m_mutex;
    QHash<QString, QByteArray> m_hashes;
};

} // namespace Meanwhile::Project
