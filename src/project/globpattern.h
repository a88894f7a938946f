// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "project/wildcard.h"

#include <QString>

#include <vector>

namespace Meanwhile::Project {

/// A glob over paths with slashes: * and ? stay within a name, ** crosses folders, [a-z], [!a-z], {a,b}.
/// Without a slash it is about the name, in any folder; with one, about the whole path.
class GlobPattern {
public:
    explicit GlobPattern(QString glob);

    /// A glob as the model gives it for what is below `start`; both folders are absolute. One that begins
    /// with the path of either folder is taken to be below it. Errors: InvalidArgument, worded for the model:
    /// it cannot be read, or leads outside.
    static Result<GlobPattern> below(const QString &start, const QString &project, const QString &glob);

    bool matches(const QString &path) const;
    /// False for a glob that cannot be read; it matches nothing.
    bool isValid() const { return m_isValid; }

private:
    std::vector<Wildcard<char16_t>> m_choices;
    QString m_prefix; ///< of what it is matched against
    bool m_onlyName = false;
    bool m_isValid = true;
};

} // namespace Meanwhile::Project
