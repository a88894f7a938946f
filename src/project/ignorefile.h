// SPDX-License-Identifier: MIT
#pragma once

#include "project/wildcard.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace Meanwhile::Project {

/// The rules of one .gitignore or a file like it, read and applied as git does (gitignore(5)).
class IgnoreFile {
public:
    IgnoreFile() = default;
    explicit IgnoreFile(const QByteArray &text, bool ignoresCase = false);

    /// True: ignored; false: wanted by a rule with "!"; nothing: no rule is about it. Folders above it do not
    /// count here. `path` is relative to the folder that the rules are about.
    std::optional<bool> verdict(std::string_view path, bool isFolder) const;

private:
    struct Rule {
        std::string text; ///< without marks for "not" and "folder" and without the slash in front
        bool isNegated = false;
        bool isForFolders = false;
        bool isForNames = false; ///< in any folder
        bool isEnding = false;   ///< a star and then letters as they are
        size_t plain = 0;        ///< so many characters in front are as they are
        std::optional<Wildcard<char>> rest;
    };

    void read(std::string_view line, bool ignoresCase);
    bool isAbout(const Rule &rule, std::string_view path, std::string_view name) const;
    bool isSame(std::string_view a, std::string_view b) const;

    std::vector<Rule> m_rules;
    bool m_ignoresCase = false;
};

} // namespace Meanwhile::Project
