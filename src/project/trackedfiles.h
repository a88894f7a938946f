// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

namespace Meanwhile::Project {

/// Port: the paths in a repository's index, relative to its top. Used by one thread.
class TrackedFiles {
public:
    virtual ~TrackedFiles() = default;

    virtual bool holds(const QByteArray &path) const = 0;
    virtual bool holdsBelow(const QByteArray &folder) const = 0;
};

} // namespace Meanwhile::Project
