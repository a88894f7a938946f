// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

namespace Meanwhile::Project {

/// A glob over paths with slashes, read once and matched against many: * and ? and [a-z] stay within a name,
/// ** between slashes crosses folders, a backslash makes the next character literal.
///
/// A match takes time in proportion to the glob's length times the path's, whatever the two hold.
/// `Char`: char for names as the system has them, char16_t for text.
template <typename Char>
class Wildcard {
public:
    using View = std::basic_string_view<Char>;
    enum class Stars {
        AsGit,   ///< two stars cross folders only where they are all there is between two slashes
        Anywhere ///< two stars always cross folders
    };

    explicit Wildcard(View glob, Stars stars = Stars::AsGit, bool ignoresCase = false);

    bool matches(View text) const;
    /// False for a glob that matches nothing, e.g. one with an open bracket.
    bool isValid() const { return m_isValid; }

private:
    enum class Kind {
        Literal,
        AnyOne, ///< but a slash
        Set,
        AnyRun,    ///< of characters other than slashes
        DeepRun,   ///< of any characters
        NoFolder,  ///< continues here or behind the next token
        FolderRun, ///< anything up to and with a slash
    };
    struct Range {
        Char first;
        Char last;
    };
    struct Token {
        Kind kind = Kind::Literal;
        Char literal{};
        bool isNegated = false;
        std::vector<Range> ranges;
    };
    using Marks = std::vector<unsigned char>;

    void read(View glob, Stars stars);
    size_t readStars(View glob, size_t at, Stars stars);
    size_t readSet(View glob, size_t at);
    static bool addClass(View name, std::vector<Range> &ranges);
    void mark(Marks &marks, size_t token) const;
    void step(const Marks &from, Marks &to, Char character) const;
    bool isInSet(const Token &token, Char character) const;

    std::vector<Token> m_tokens;
    bool m_ignoresCase;
    bool m_isValid = true;
};

extern template class Wildcard<char>;
extern template class Wildcard<char16_t>;

} // namespace Meanwhile::Project
