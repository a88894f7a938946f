// SPDX-License-Identifier: MIT
#pragma once

#include "base/descriptor.h"
#include "base/result.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace Meanwhile::Checkpoints {

/// A project folder held open; what lies below is reached without following a single link, so that nothing
/// leads out of it, whoever swaps folders meanwhile.
///
/// Used by one thread. Errors: NotFound, PermissionDenied, OutsideProject (a link in the way), …
class ProjectFolder {
public:
    static Result<ProjectFolder> open(const QString &path);

    const QString &path() const { return m_path; }
    /// The folder at `path`; empty: the project folder. Invalid with errno.
    Descriptor folder(const QByteArray &path) const;
    /// Where a link leads; nothing when it is none.
    static std::optional<QByteArray> linkTarget(const Descriptor &folder, const QByteArray &name);

private:
    ProjectFolder(QString path, Descriptor root)
        : m_path(std::move(path))
        , m_root(std::move(root))
    {
    }

    QString m_path;
    Descriptor m_root;
};

} // namespace Meanwhile::Checkpoints
