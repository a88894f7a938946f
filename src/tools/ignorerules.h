// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile::Tools {

/// Port: which files of a project are left out of listings (.gitignore and its relatives).
///
/// One object a listing; used by one thread.
class IgnoreRules {
public:
    virtual ~IgnoreRules() = default;

    /// `path` is relative to the folder the rules were opened for; it is not below an ignored folder.
    virtual bool isIgnored(const QString &path, bool isFolder) = 0;
};

} // namespace Meanwhile::Tools
