// SPDX-License-Identifier: MIT
#pragma once

#include "project/gitplugin.h"
#include "project/ignorerules.h"

#include <mutex>

namespace Meanwhile::Project {

/// What is tracked, objects and diffs from libgit2, loaded on first use: loading costs 3 ms that a start need
/// not pay. Rules for ignoring are our own.
///
/// Where the module is missing the log says so once; then nothing counts as tracked and diffs show one block.
/// Thread: any but the GUI thread, since the first call loads from disk.
class GitModule {
public:
    /// Empty path: see moduleFile().
    explicit GitModule(QString modulePath = {});

    std::unique_ptr<IgnoreRules> ignoreRules(const QString &folder);
    /// Null: there is no module, or the folder cannot be used.
    std::unique_ptr<ObjectStore> objects(const QString &folder);
    /// Of the objects in the pack with this index. Unsupported: there is no module.
    Result<QByteArrayList> namesInPack(const QString &indexFile);
    QString diff(const QString &path, const QByteArray &before, const QByteArray &after);

private:
    const GitPlugin *plugin();

    QString m_path;
    std::once_flag m_once;
    const GitPlugin *m_plugin = nullptr;
};

} // namespace Meanwhile::Project
