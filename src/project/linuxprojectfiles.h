// SPDX-License-Identifier: MIT
#pragma once

#include "project/privateplaces.h"
#include "project/projectfiles.h"
#include "project/projectroot.h"

namespace Meanwhile::Project {

/// ProjectFiles through openat2(2) with RESOLVE_BENEATH: the kernel itself refuses what leaves the folder.
/// Where that call is missing (before Linux 5.6, or filtered), each component is walked and checked. What was
/// opened is asked where it is, and given up again when that is a place that belongs to no project.
class LinuxProjectFiles final : public ProjectFiles {
public:
    enum class Resolver { Kernel, ComponentWalk };

    explicit LinuxProjectFiles(const QString &folder, Resolver resolver = Resolver::Kernel);
    LinuxProjectFiles(std::shared_ptr<const ProjectRoot> root, PrivatePlaces privatePlaces,
        Resolver resolver = Resolver::Kernel);

    QString folder() const override { return m_root->folder(); }
    Result<OpenedFile> open(const QString &path, const Reach &reach) const override;
    Result<WritePlace> placeFor(const QString &path, const Reach &reach, bool makeParents) const override;
    PathFacts factsOf(const QString &path) const override;
    Result<void> check() const override { return m_root->check(); }
    QStringList closedBelow(const QString &path, const Reach &reach) const override;
    bool isClosedFile(const Descriptor &folder, const QByteArray &path, const Reach &reach) const override;

private:
    struct Opened {
        Descriptor descriptor;
        int error = 0;
    };

    std::optional<QByteArray> insideByName(const QString &absolutePath) const;
    Opened openPath(const QString &path, int flags, const Reach &reach) const;
    Opened openInside(const QString &absolutePath, int flags) const;
    Opened openBeneath(const QByteArray &relative, int flags) const;
    Opened openFolder(const QString &path, const Reach &reach, bool make) const;
    Result<WritePlace> placeThatWasAllowed(const QString &path, const Reach &reach, bool makeParents) const;
    bool leavesProject(const QString &absolutePath) const;
    tl::unexpected<Error> refused(int code, const QString &path) const;

    std::shared_ptr<const ProjectRoot> m_root;
    QString m_canonicalFolder;
    PrivatePlaces m_private;
    Resolver m_resolver;
};

} // namespace Meanwhile::Project
