// SPDX-License-Identifier: MIT
#include "project/wildcard.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <type_traits>

namespace Meanwhile::Project {

namespace {

// Plain letters only: what git folds.
template <typename Char>
Char folded(Char c)
{
    return c >= 'A' && c <= 'Z' ? Char(c - 'A' + 'a') : c;
}

template <typename Char>
Char otherCase(Char c)
{
    return c >= 'a' && c <= 'z' ? Char(c - 'a' + 'A') : c;
}

template <typename Char>
bool isWithin(Char c, Char first, Char last)
{
    using Number = std::make_unsigned_t<std::conditional_t<std::is_same_v<Char, char>, char, unsigned short>>;
    return Number(c) >= Number(first) && Number(c) <= Number(last);
}

template <typename Char>
constexpr Char kEscapedSlash[] = {'\\', '/', 0};

// A path has no more than this, and neither has a glob that matches one, with hardly an exception.
constexpr size_t kMaxGlob = 4'096;

struct NamedRange {
    const char *name;
    char first;
    char last;
};
constexpr NamedRange kClasses[] = {{"alnum", '0', '9'}, {"alnum", 'A', 'Z'}, {"alnum", 'a', 'z'},
    {"alpha", 'A', 'Z'}, {"alpha", 'a', 'z'}, {"blank", ' ', ' '}, {"blank", '\t', '\t'}, {"cntrl", 0, 31},
    {"cntrl", 127, 127}, {"digit", '0', '9'}, {"graph", 33, 126}, {"lower", 'a', 'z'}, {"print", 32, 126},
    {"punct", 33, 47}, {"punct", 58, 64}, {"punct", 91, 96}, {"punct", 123, 126}, {"space", ' ', ' '},
    {"space", 9, 13}, {"upper", 'A', 'Z'}, {"xdigit", '0', '9'}, {"xdigit", 'A', 'F'}, {"xdigit", 'a', 'f'}};

} // namespace

template <typename Char>
Wildcard<Char>::Wildcard(View glob, Stars stars, bool ignoresCase)
    : m_ignoresCase(ignoresCase)
{
    m_isValid = glob.size() <= kMaxGlob;
    read(glob, stars);
}

template <typename Char>
void Wildcard<Char>::read(View glob, Stars stars)
{
    for (size_t at = 0; at < glob.size() && m_isValid; ++at) {
        switch (glob[at]) {
        case '*':
            at = readStars(glob, at, stars);
            break;
        case '?':
            m_tokens.push_back({Kind::AnyOne, {}, false, {}});
            break;
        case '[':
            at = readSet(glob, at + 1);
            break;
        case '\\':
            if (++at == glob.size()) {
                m_isValid = false;
                break;
            }
            [[fallthrough]];
        default:
            m_tokens.push_back({Kind::Literal, m_ignoresCase ? folded(glob[at]) : glob[at], false, {}});
        }
    }
}

// Leaves the position at the last character it took.
template <typename Char>
size_t Wildcard<Char>::readStars(View glob, size_t at, Stars stars)
{
    size_t end = at;
    while (end < glob.size() && glob[end] == '*')
        ++end;
    const bool isBeforeSlash =
        end < glob.size() && (glob[end] == '/' || glob.substr(end, 2) == kEscapedSlash<Char>);
    const bool isAlone = (at == 0 || glob[at - 1] == '/') && (end == glob.size() || isBeforeSlash);
    const bool isDeep = end - at > 1 && (stars == Stars::Anywhere || isAlone);
    if (isDeep && end < glob.size() && glob[end] == '/') {
        m_tokens.push_back({Kind::NoFolder, {}, false, {}});
        m_tokens.push_back({Kind::FolderRun, {}, false, {}});
        return end;
    }
    m_tokens.push_back({isDeep ? Kind::DeepRun : Kind::AnyRun, {}, false, {}});
    return end - 1;
}

template <typename Char>
size_t Wildcard<Char>::readSet(View glob, size_t at)
{
    Token token{Kind::Set, {}, false, {}};
    if (at < glob.size() && (glob[at] == '!' || glob[at] == '^')) {
        token.isNegated = true;
        ++at;
    }
    bool hasStart = false; // of a range
    Char start{};
    for (bool isFirst = true; at < glob.size() && (isFirst || glob[at] != ']'); ++at, isFirst = false) {
        Char c = glob[at];
        const size_t classEnd = c == '[' && at + 1 < glob.size() && glob[at + 1] == ':'
                                    ? glob.find(Char(']'), at + 2)
                                    : View::npos;
        if (classEnd != View::npos && classEnd > at + 2 && glob[classEnd - 1] == ':') {
            m_isValid = addClass(glob.substr(at + 2, classEnd - at - 3), token.ranges);
            at = classEnd;
            hasStart = false;
            if (!m_isValid)
                return at;
            continue;
        }
        const bool isRange = c == '-' && hasStart && at + 1 < glob.size() && glob[at + 1] != ']';
        if (isRange)
            c = glob[++at];
        if (c == '\\') {
            if (++at >= glob.size())
                break;
            c = glob[at];
        }
        token.ranges.push_back({isRange ? start : c, c});
        hasStart = !isRange;
        start = c;
    }
    if (at >= glob.size())
        m_isValid = false;
    m_tokens.push_back(std::move(token));
    return at;
}

template <typename Char>
bool Wildcard<Char>::addClass(View name, std::vector<Range> &ranges)
{
    const size_t before = ranges.size();
    for (const NamedRange &known : kClasses) {
        const std::string_view knownName = known.name;
        if (std::equal(name.begin(), name.end(), knownName.begin(), knownName.end()))
            ranges.push_back({Char(known.first), Char(known.last)});
    }
    return ranges.size() > before;
}

template <typename Char>
bool Wildcard<Char>::isInSet(const Token &token, Char character) const
{
    const auto holds = [&token](Char c) {
        return std::any_of(token.ranges.begin(), token.ranges.end(),
            [c](const Range &range) { return isWithin(c, range.first, range.last); });
    };
    const bool isIn = holds(character) || (m_ignoresCase && holds(otherCase(character)));
    return character != '/' && isIn != token.isNegated;
}

// What takes no character at all is passed at once.
template <typename Char>
void Wildcard<Char>::mark(Marks &marks, size_t token) const
{
    if (marks[token])
        return;
    marks[token] = 1;
    if (token == m_tokens.size())
        return;
    switch (m_tokens[token].kind) {
    case Kind::AnyRun:
    case Kind::DeepRun:
        mark(marks, token + 1);
        break;
    case Kind::NoFolder:
        mark(marks, token + 1);
        mark(marks, token + 2);
        break;
    default:
        break;
    }
}

template <typename Char>
void Wildcard<Char>::step(const Marks &from, Marks &to, Char character) const
{
    for (size_t i = 0; i < m_tokens.size(); ++i) {
        if (!from[i])
            continue;
        const Token &token = m_tokens[i];
        switch (token.kind) {
        case Kind::Literal:
            if (character == token.literal)
                mark(to, i + 1);
            break;
        case Kind::AnyOne:
            if (character != '/')
                mark(to, i + 1);
            break;
        case Kind::Set:
            if (isInSet(token, character))
                mark(to, i + 1);
            break;
        case Kind::AnyRun:
            if (character != '/')
                mark(to, i);
            break;
        case Kind::DeepRun:
            mark(to, i);
            break;
        case Kind::FolderRun:
            mark(to, i);
            if (character == '/')
                mark(to, i + 1);
            break;
        case Kind::NoFolder:
            break;
        }
    }
}

template <typename Char>
bool Wildcard<Char>::matches(View text) const
{
    if (!m_isValid)
        return false;
    Marks now(m_tokens.size() + 1);
    Marks next(m_tokens.size() + 1);
    mark(now, 0);
    for (const Char character : text) {
        std::fill(next.begin(), next.end(), 0);
        step(now, next, m_ignoresCase ? folded(character) : character);
        now.swap(next);
        if (std::find(now.begin(), now.end(), 1) == now.end())
            return false;
    }
    return now.back() != 0;
}

template class Wildcard<char>;
template class Wildcard<char16_t>;

} // namespace Meanwhile::Project
