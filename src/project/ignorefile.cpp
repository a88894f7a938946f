// SPDX-License-Identifier: MIT
#include "project/ignorefile.h"

#include <algorithm>
#include <strings.h>

namespace Meanwhile::Project {

namespace {

// Unless a backslash stands before them.
std::string_view withoutSpacesAtEnd(std::string_view line)
{
    size_t end = 0;
    for (size_t at = 0; at < line.size(); ++at) {
        const bool isEscape = line[at] == '\\';
        if (isEscape && ++at == line.size())
            return line;
        if (isEscape || line[at] != ' ')
            end = at + 1;
    }
    return line.substr(0, end);
}

bool isSpecial(char c)
{
    return c == '*' || c == '?' || c == '[' || c == '\\';
}

size_t plainSize(std::string_view text)
{
    return size_t(std::find_if(text.begin(), text.end(), isSpecial) - text.begin());
}

} // namespace

IgnoreFile::IgnoreFile(const QByteArray &text, bool ignoresCase)
    : m_ignoresCase(ignoresCase)
{
    std::string_view rest(text.constData(), size_t(text.size()));
    if (rest.substr(0, 3) == "\xef\xbb\xbf")
        rest.remove_prefix(3);
    while (!rest.empty()) {
        const size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.empty() || line.front() == '#')
            continue;
        if (line.back() == '\r')
            line.remove_suffix(1);
        line = line.substr(0, line.find('\0'));
        read(withoutSpacesAtEnd(line), ignoresCase);
    }
}

void IgnoreFile::read(std::string_view line, bool ignoresCase)
{
    Rule rule;
    if (!line.empty() && line.front() == '!') {
        rule.isNegated = true;
        line.remove_prefix(1);
    }
    if (!line.empty() && line.back() == '/') {
        rule.isForFolders = true;
        line.remove_suffix(1);
    }
    rule.isForNames = line.find('/') == std::string_view::npos;
    if (!line.empty() && line.front() == '/')
        line.remove_prefix(1);
    if (line.empty())
        return;
    rule.text = line;
    rule.plain = plainSize(line);
    rule.isEnding = rule.isForNames && line.front() == '*' && plainSize(line.substr(1)) == line.size() - 1;
    // As git does, which takes two stars right behind plain letters for two stars at the beginning.
    if (rule.isForNames ? rule.plain < line.size() && !rule.isEnding : rule.plain < line.size())
        rule.rest.emplace(
            rule.isForNames ? line : line.substr(rule.plain), Wildcard<char>::Stars::AsGit, ignoresCase);
    m_rules.push_back(std::move(rule));
}

bool IgnoreFile::isSame(std::string_view a, std::string_view b) const
{
    if (!m_ignoresCase)
        return a == b;
    return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

bool IgnoreFile::isAbout(const Rule &rule, std::string_view path, std::string_view name) const
{
    const std::string_view text = rule.text;
    if (rule.isForNames && rule.isEnding)
        return name.size() + 1 >= text.size() &&
               isSame(name.substr(name.size() + 1 - text.size()), text.substr(1));
    if (rule.isForNames)
        return rule.rest ? rule.rest->matches(name) : isSame(name, text);
    if (!rule.rest)
        return isSame(path, text);
    return path.size() >= rule.plain && isSame(path.substr(0, rule.plain), text.substr(0, rule.plain)) &&
           rule.rest->matches(path.substr(rule.plain));
}

// The last rule that is about it decides.
std::optional<bool> IgnoreFile::verdict(std::string_view path, bool isFolder) const
{
    const size_t slash = path.rfind('/');
    const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
    for (auto rule = m_rules.rbegin(); rule != m_rules.rend(); ++rule) {
        if ((isFolder || !rule->isForFolders) && isAbout(*rule, path, name))
            return !rule->isNegated;
    }
    return std::nullopt;
}

} // namespace Meanwhile::Project
