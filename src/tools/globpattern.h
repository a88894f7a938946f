// SPDX-License-Identifier: MIT
#pragma once

#include <QRegularExpression>

namespace Meanwhile::Tools {

/// A glob over paths with slashes: * and ? stay within a name, ** crosses folders, [a-z], [!a-z], {a,b}.
/// Without a slash it is about the name, in any folder; with one, about the whole path.
class GlobPattern {
public:
    explicit GlobPattern(QString glob);

    bool matches(const QString &path) const;
    /// False for a glob that cannot be read, e.g. with an open bracket; it matches nothing.
    bool isValid() const { return m_expression.isValid(); }

private:
    QRegularExpression m_expression;
    bool m_onlyName = false;
};

} // namespace Meanwhile::Tools
