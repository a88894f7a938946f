// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <optional>

namespace Meanwhile::Project {

/// A small text file that somebody else may have put there: git's ignore rules and settings.
///
/// Never waits: a pipe, device or socket of that name is not opened for reading.
class RuleFile {
public:
    enum class Links { Follow, Refuse };

    /// Nothing when it does not exist. One that is there and cannot be read is empty, with the reason.
    static std::optional<RuleFile> read(const QByteArray &path, Links links);

    const QByteArray &text() const { return m_text; }
    /// Empty when it was read.
    const char *problem() const { return m_problem; }

private:
    QByteArray m_text;
    const char *m_problem = "";
};

} // namespace Meanwhile::Project
