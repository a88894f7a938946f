// SPDX-License-Identifier: MIT
#include "box/boxpolicy.h"

namespace Meanwhile::Box {

namespace {

constexpr std::string_view kFirstLine = "meanwhile-box 1";
/// A policy is one word of a job; a project's names take a few kilobytes.
constexpr std::size_t kLongestText = 1024 * 1024;

constexpr const char *kKindNames[] = {"full", "reduced"};
constexpr const char *kNetworkNames[] = {"off", "host"};

struct PathField {
    const char *name;
    std::string BoxPolicy::*path;
};
constexpr PathField kPaths[] = {{"project", &BoxPolicy::project}, {"temporary", &BoxPolicy::temporary}};

struct BindingList {
    const char *name;
    std::vector<Binding> BoxPolicy::*bindings;
};
constexpr BindingList kBindingLists[] = {{"writable", &BoxPolicy::writable}, {"link", &BoxPolicy::links}};

struct PathList {
    const char *name;
    std::vector<std::string> BoxPolicy::*paths;
};
constexpr PathList kPathLists[] = {
    {"hidden", &BoxPolicy::hidden},
    {"shown", &BoxPolicy::shown},
    {"secret", &BoxPolicy::secrets},
    {"pinned", &BoxPolicy::pinned},
    {"protected", &BoxPolicy::protectedNames},
    {"socket", &BoxPolicy::sockets},
};

void appendWord(std::string &text, std::string_view word)
{
    for (const char c : word) {
        if (c == '\n')
            text += "\\n";
        else if (c == '\t')
            text += "\\t";
        else if (c == '\\')
            text += "\\\\";
        else
            text += c;
    }
}

void appendLine(std::string &text, std::string_view name, std::string_view word)
{
    text += name;
    text += ' ';
    appendWord(text, word);
    text += '\n';
}

std::optional<std::string> readWord(std::string_view word)
{
    std::string read;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (word[i] != '\\') {
            read += word[i];
            continue;
        }
        const char next = ++i < word.size() ? word[i] : '\0';
        if (next != 'n' && next != 't' && next != '\\')
            return std::nullopt;
        read += next == 'n' ? '\n' : next == 't' ? '\t' : '\\';
    }
    return read;
}

bool readPath(std::string_view word, std::string &path)
{
    const std::optional<std::string> read = readWord(word);
    if (!read || !isOrdinaryPath(*read))
        return false;
    path = *read;
    return true;
}

template <typename Value, std::size_t size>
bool readName(std::string_view word, const char *const (&names)[size], Value &value)
{
    for (std::size_t i = 0; i < size; ++i) {
        if (word == names[i]) {
            value = Value(i);
            return true;
        }
    }
    return false;
}

bool readLine(std::string_view line, BoxPolicy &policy)
{
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos)
        return false;
    const std::string_view name = line.substr(0, space);
    const std::string_view word = line.substr(space + 1);
    if (name == "kind")
        return readName(word, kKindNames, policy.kind);
    if (name == "network")
        return readName(word, kNetworkNames, policy.network);
    for (const PathField &field : kPaths) {
        if (name == field.name)
            return readPath(word, policy.*field.path);
    }
    for (const PathList &list : kPathLists) {
        if (name == list.name)
            return readPath(word, (policy.*list.paths).emplace_back());
    }
    for (const BindingList &list : kBindingLists) {
        if (name == list.name) {
            const std::size_t tab = word.find('\t');
            Binding &binding = (policy.*list.bindings).emplace_back();
            return tab != std::string_view::npos && readPath(word.substr(0, tab), binding.source) &&
                   readPath(word.substr(tab + 1), binding.place);
        }
    }
    return false;
}

} // namespace

bool isOrdinaryPath(std::string_view path)
{
    if (path.empty() || path.front() != '/' || path.find('\0') != std::string_view::npos)
        return false;
    if (path == "/")
        return true;
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::string_view name = path.substr(0, path.find('/'));
        if (name.empty() || name == "." || name == "..")
            return false;
        path.remove_prefix(name.size());
    }
    return true;
}

std::string textOf(const BoxPolicy &policy)
{
    std::string text(kFirstLine);
    text += '\n';
    appendLine(text, "kind", kKindNames[int(policy.kind)]);
    appendLine(text, "network", kNetworkNames[int(policy.network)]);
    for (const PathField &field : kPaths) {
        if (!(policy.*field.path).empty())
            appendLine(text, field.name, policy.*field.path);
    }
    for (const BindingList &list : kBindingLists) {
        for (const Binding &binding : policy.*list.bindings) {
            text += list.name;
            text += ' ';
            appendWord(text, binding.source);
            text += '\t';
            appendWord(text, binding.place);
            text += '\n';
        }
    }
    for (const PathList &list : kPathLists) {
        for (const std::string &path : policy.*list.paths)
            appendLine(text, list.name, path);
    }
    return text;
}

std::optional<BoxPolicy> parsePolicy(std::string_view text)
{
    if (text.size() > kLongestText || text.substr(0, text.find('\n')) != kFirstLine)
        return std::nullopt;
    BoxPolicy policy;
    std::string_view rest = text.substr(std::min(text.size(), kFirstLine.size() + 1));
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        if (end == std::string_view::npos || !readLine(rest.substr(0, end), policy))
            return std::nullopt;
        rest.remove_prefix(end + 1);
    }
    // Whatever is said twice, in another order or in another way is not what a policy's text looks like.
    if (textOf(policy) != text)
        return std::nullopt;
    return policy;
}

bool isWithin(std::string_view path, std::string_view folder)
{
    if (folder == "/")
        return true;
    return path.substr(0, folder.size()) == folder &&
           (path.size() == folder.size() || path[folder.size()] == '/');
}

} // namespace Meanwhile::Box
