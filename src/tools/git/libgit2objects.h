// SPDX-License-Identifier: MIT
#pragma once

#include "tools/objectstore.h"

#include <git2.h>

#include <memory>

namespace Meanwhile::Tools {

/// ObjectStore in git's own format; git itself can read it.
class LibGit2Objects final : public ObjectStore {
public:
    /// Null when libgit2 cannot. `isSynced`: each object is on the disk when write() returns.
    static std::unique_ptr<ObjectStore> open(const QByteArray &folder, bool isSynced);

    Result<QByteArray> write(const QByteArray &content) override;
    Result<QByteArray> read(const QByteArray &name) override;

private:
    struct FreeOdb {
        void operator()(git_odb *odb) const { git_odb_free(odb); }
    };
    using Odb = std::unique_ptr<git_odb, FreeOdb>;

    explicit LibGit2Objects(Odb odb)
        : m_odb(std::move(odb))
    {
    }

    Odb m_odb;
};

} // namespace Meanwhile::Tools
