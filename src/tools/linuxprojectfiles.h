// SPDX-License-Identifier: MIT
#pragma once

#include "tools/projectfiles.h"

namespace Meanwhile::Tools {

/// ProjectFiles through openat2(2) with RESOLVE_BENEATH: the kernel itself refuses what leaves the folder.
/// Where that call is missing (before Linux 5.6, or filtered), each component is walked and checked. The
/// folder is opened once and held: should its name lead elsewhere later, the files are still looked for in
/// it.
class LinuxProjectFiles final : public ProjectFiles {
public:
    enum class Resolver { Kernel, ComponentWalk };

    explicit LinuxProjectFiles(const QString &folder, Resolver resolver = Resolver::Kernel);

    QString folder() const override { return m_folder; }
    Result<OpenedFile> open(const QString &path, Reach reach) const override;
    Result<WritePlace> placeFor(const QString &path, Reach reach, bool makeParents) const override;
    bool leavesProject(const QString &path) const override;

private:
    struct Opened {
        Descriptor descriptor;
        int error = 0;
    };

    std::optional<QByteArray> insideByName(const QString &absolutePath) const;
    Opened openPath(const QString &path, int flags, Reach reach) const;
    Opened openBeneath(const QByteArray &relative, int flags) const;
    Opened openFolder(const QString &path, Reach reach, bool make) const;

    QString m_folder;
    QString m_canonicalFolder;
    Descriptor m_root;
    Resolver m_resolver;
};

} // namespace Meanwhile::Tools
