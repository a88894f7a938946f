// SPDX-License-Identifier: MIT
#pragma once

#include "project/objectstore.h"

#include <QByteArrayList>

#include <git2.h>

#include <memory>

namespace Meanwhile::Project {

template <typename T, void (*Free)(T *)>
struct Freed {
    void operator()(T *object) const { Free(object); }
};
using Odb = std::unique_ptr<git_odb, Freed<git_odb, git_odb_free>>;

/// ObjectStore in git's own format, a file for each object that is written; reads packs, too.
class LibGit2Objects final : public ObjectStore {
public:
    /// Null when libgit2 cannot. Each object is on the disk when write() returns.
    static std::unique_ptr<ObjectStore> open(const QByteArray &folder);
    static Result<QByteArrayList> namesInPack(const QByteArray &indexFile);

    Result<QByteArray> write(const QByteArray &content) override;
    Result<QByteArray> read(const QByteArray &name) override;
    bool has(const QByteArray &name) override;
    void refresh() override { git_odb_refresh(m_odb.get()); }

private:
    explicit LibGit2Objects(Odb odb)
        : m_odb(std::move(odb))
    {
    }

    Odb m_odb;
};

} // namespace Meanwhile::Project
