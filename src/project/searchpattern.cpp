// SPDX-License-Identifier: MIT
#include "project/searchpattern.h"

#include <algorithm>

namespace Meanwhile::Project {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kNever = "(?:\\b\\B)";
// One character beyond ASCII in any encoding that keeps the bytes of ASCII: at most four bytes, the first of
// them above 127.
constexpr auto kForeignBytes = "(?-u:[\\x80-\\xff][^\\n]{0,3})";

// Rewrites one expression, a token at a time.
class Reader {
public:
    explicit Reader(const QByteArray &regex)
        : m_in(regex)
    {
    }

    SearchPattern read()
    {
        while (m_at < m_in.size()) {
            const qsizetype before = m_out.size();
            m_isAny = false;
            m_isBoundary = false;
            switch (m_in.at(m_at)) {
            case '\\':
                escape();
                break;
            case '[':
                set();
                break;
            case '(':
                group();
                break;
            case '{':
                brace();
                break;
            case '}':
                m_out += "\\}";
                ++m_at;
                break;
            default:
                m_isAny = m_in.at(m_at) == '.';
                m_out += m_in.at(m_at++);
            }
            addLoose(m_out.sliced(before));
            m_isAfterLetter = m_out.size() == before + 1 && isLetter(m_out.at(before));
        }
        m_found.hasForeign |= std::any_of(m_in.begin(), m_in.end(), [](char c) { return uchar(c) > 127; });
        if (m_found.needsBacktracking)
            m_out = m_in;
        m_found.text = m_out;
        if (!m_found.needsBacktracking && !m_found.hasForeign && (m_found.hasAny || m_found.hasBoundary))
            m_found.loose = m_loose;
        return m_found;
    }

private:
    void addLoose(const QByteArray &token)
    {
        m_loose += m_isBoundary ? "(?:)" : m_isAny ? "(?:" + token + '|' + kForeignBytes + ')' : token;
        m_found.hasAny |= m_isAny;
        m_found.hasBoundary |= m_isBoundary;
    }

    static bool isLetter(char c)
    {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    // Beside a letter of ASCII the edge of a word is where it is without decoding, too.
    bool isBeforeLetter() const { return isLetter(ahead(2)) && !QByteArrayView("?*{").contains(ahead(3)); }

    char ahead(qsizetype by) const { return m_at + by < m_in.size() ? m_in.at(m_at + by) : '\0'; }

    // Takes everything up to and with this character, or to the end.
    void copyThrough(char last)
    {
        const qsizetype end = m_in.indexOf(last, m_at);
        const qsizetype size = (end < 0 ? m_in.size() : end + 1) - m_at;
        m_out += m_in.mid(m_at, size);
        m_at += size;
    }

    void escape()
    {
        const char c = ahead(1);
        if (c == 'n' || c == 'R') {
            m_found.hasLineBreak = true;
            m_out += kNever;
            m_at += 2;
        } else if (c == 'Z' || c == 'z') {
            m_out += '$'; // the end of the line, without its line break
            m_at += 2;
        } else if ((c >= '1' && c <= '9') || QByteArrayView("kgQEKhHXGN").contains(c)) {
            m_found.needsBacktracking = true;
            m_at += 2;
        } else {
            m_found.hasCarriageReturn |= c == 'r';
            m_isBoundary = c == 'B' || (c == 'b' && !m_isAfterLetter && !isBeforeLetter());
            copyEscape();
        }
    }

    // Of a character that stands for itself only where the engine takes the backslash before it.
    void copyEscape()
    {
        const char c = ahead(1);
        const bool isWord = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        m_isAny |= QByteArrayView("wWsSdD").contains(c);
        m_found.hasForeign |= QByteArrayView("pPxuU").contains(c);
        const bool hasBraces = ahead(2) == '{' && QByteArrayView("pPxuU").contains(c);
        if (c == ' ') {
            m_out += "\\x20"; // (?x) passes over a plain one
            m_at += 2;
            return;
        }
        if (c == '\0' || isWord || uchar(c) > 127 || QByteArrayView("\\.+*?()|[]{}^$#&-~").contains(c))
            m_out += '\\';
        if (c != '\0')
            m_out += c;
        m_at += 2;
        if (hasBraces)
            copyThrough('}');
    }

    void set()
    {
        const qsizetype start = m_out.size();
        const bool isNegated = ahead(1) == '^';
        m_isAny = isNegated;
        m_out += isNegated ? "[^" : "[";
        m_at += isNegated ? 2 : 1;
        const qsizetype first = m_out.size();
        bool leftOut = false;
        for (bool isFirst = true; m_at < m_in.size() && (isFirst || m_in.at(m_at) != ']'); isFirst = false) {
            const char c = m_in.at(m_at);
            if (c == '\\' && (ahead(1) == 'n' || ahead(1) == 'r') && !isNegated) {
                m_found.hasLineBreak |= ahead(1) == 'n';
                m_found.hasCarriageReturn |= ahead(1) == 'r';
                leftOut |= ahead(1) == 'n';
                m_out += ahead(1) == 'n' ? "" : "\\r";
                m_at += 2;
            } else if (c == '\\' && ahead(1) == 'b') {
                m_out += "\\x08";
                m_at += 2;
            } else if (c == '\\') {
                copyEscape();
            } else if (c == '[' && ahead(1) == ':' && m_in.indexOf(":]", m_at) > 0) {
                m_isAny |= ahead(2) == '^';
                copyThrough(':');
                copyThrough(']');
            } else {
                // Signs that mean something in a set to this engine alone.
                const bool isOther = c == '[' || (isFirst && c == ']') ||
                                     ((c == '&' || c == '~') && ahead(1) == c) ||
                                     (c == '-' && ahead(1) == '-');
                m_out += isOther ? "\\" : "";
                m_out += c == ' ' ? QByteArray("\\x20") : QByteArray(1, c);
                ++m_at;
            }
        }
        if (m_out.size() == first && leftOut) {
            m_out.truncate(start);
            m_out += kNever;
        } else if (m_at < m_in.size()) {
            m_out += ']';
        }
        ++m_at;
    }

    void group()
    {
        const bool isNamed = ahead(1) == '?' && ahead(2) == '<' && ahead(3) != '=' && ahead(3) != '!';
        const bool isSpecial = ahead(1) == '?' && QByteArrayView("=!>|(#'&R+0123456789").contains(ahead(2));
        const bool isBehind = ahead(1) == '?' && ahead(2) == '<' && !isNamed;
        const bool isCall = ahead(1) == '?' && ahead(2) == 'P' && ahead(3) != '<';
        m_found.needsBacktracking |= isSpecial || isBehind || isCall || ahead(1) == '*';
        if (isNamed) {
            m_out += "(?P<";
            m_at += 3;
            copyThrough('>');
            return;
        }
        m_out += m_in.at(m_at++);
    }

    // A count, or a brace as code has them.
    void brace()
    {
        qsizetype end = m_at + 1;
        bool hasDigit = false;
        bool hasComma = false;
        for (; end < m_in.size() && m_in.at(end) != '}'; ++end) {
            const char c = m_in.at(end);
            const bool isComma = c == ',' && hasDigit && !hasComma;
            hasComma |= isComma;
            hasDigit |= c >= '0' && c <= '9';
            if (!isComma && !(c >= '0' && c <= '9'))
                break;
        }
        if (hasDigit && end < m_in.size() && m_in.at(end) == '}' && !m_out.isEmpty())
            return copyThrough('}');
        m_out += "\\{";
        ++m_at;
    }

    QByteArray m_in;
    QByteArray m_out;
    QByteArray m_loose;
    // Of the token that is read.
    bool m_isAny = false;
    bool m_isBoundary = false;
    bool m_isAfterLetter = false;
    qsizetype m_at = 0;
    SearchPattern m_found;
};

} // namespace

Result<SearchPattern> SearchPattern::read(const QString &regex)
{
    if (regex.contains(u'\0'))
        return failure(
            ErrorKind::InvalidArgument, u"regex holds a NUL character, which no text line holds."_s);
    if (regex.contains(u'\n'))
        return failure(ErrorKind::InvalidArgument,
            u"regex holds a line break, but the search looks at one line at a time. Search for one of its lines."_s);
    return Reader(regex.toUtf8()).read();
}

} // namespace Meanwhile::Project
