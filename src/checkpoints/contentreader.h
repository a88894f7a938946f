// SPDX-License-Identifier: MIT
#pragma once

#include "checkpoints/manifest.h"
#include "checkpoints/projectfolder.h"
#include "checkpoints/projectscan.h"
#include "project/objectstore.h"

#include <functional>

namespace Meanwhile::Checkpoints {

/// Puts the content of files and links that a scan found into the store.
///
/// A file that changes while it is read is read again, and left out when it does not come to rest.
/// Used by one thread, off the GUI thread.
class ContentReader {
public:
    ContentReader(const ProjectFolder &folder, Project::ObjectStore &objects, qint64 maxFileBytes)
        : m_folder(folder)
        , m_objects(objects)
        , m_maxFileBytes(maxFileBytes)
    {
    }

    /// Called with how many were read, before each.
    void setProgress(std::function<void(qsizetype)> progress) { m_progress = std::move(progress); }

    /// Gives each record that has none its object; what is gone or cannot be read leaves the records.
    /// Errors: of the store; Cancelled.
    Result<void> read(Manifest &manifest, const IsCancelled &isCancelled);

private:
    struct Content {
        QByteArray bytes;
        FileRecord record;
        std::optional<LeftOut::Why> whyNot; ///< then there are no bytes
        bool isGone = false;
    };

    Content contentOf(const QByteArray &path, const FileRecord &record);
    Content fileContent(const QByteArray &name, FileRecord record) const;
    Content linkContent(const QByteArray &name, FileRecord record) const;

    const ProjectFolder &m_folder;
    Project::ObjectStore &m_objects;
    qint64 m_maxFileBytes;
    std::function<void(qsizetype)> m_progress = [](qsizetype) {};
    QByteArray m_parentPath; ///< of the folder that is open
    Descriptor m_parent;
};

} // namespace Meanwhile::Checkpoints
