// SPDX-License-Identifier: MIT
#pragma once

#include "project/differ.h"
#include "project/objectstore.h"
#include "project/trackedfiles.h"

#include <QByteArrayList>
#include <QString>

#include <memory>

namespace Meanwhile::Project {

/// Port: what the separately loaded module mw_git offers. Any thread.
class GitPlugin {
public:
    virtual ~GitPlugin() = default;

    /// Null when the index is missing or of a kind that cannot be read.
    virtual std::unique_ptr<TrackedFiles> trackedFiles(const QByteArray &indexFile) const = 0;
    virtual const Differ &differ() const = 0;
    /// Null when it cannot be opened. Each object is on the disk when it has been written.
    virtual std::unique_ptr<ObjectStore> objects(const QString &folder) const = 0;
    /// Of the objects in the pack with this index.
    virtual Result<QByteArrayList> namesInPack(const QString &indexFile) const = 0;
};

/// Name and type of the module's one exported function; what it returns lives as long as the program.
inline constexpr auto kGitPluginSymbol = "meanwhileGitPlugin";
using GitPluginFunction = const GitPlugin *(*)();

} // namespace Meanwhile::Project
