// SPDX-License-Identifier: MIT
#include "tools/globpattern.h"

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

// A bracket expression at `at`, or a literal bracket; moves `at` to its last character.
QString bracket(const QString &glob, qsizetype &at)
{
    const bool isNegated = at + 1 < glob.size() && (glob.at(at + 1) == u'!' || glob.at(at + 1) == u'^');
    const qsizetype first = at + (isNegated ? 2 : 1);
    const qsizetype end = glob.indexOf(u']', first + 1); // a bracket right after the opening one is meant
    if (end < 0)
        return u"\\["_s;
    QString set = glob.sliced(first, end - first);
    set.replace(u"\\"_s, u"\\\\"_s)
        .replace(u"["_s, u"\\["_s)
        .replace(u"]"_s, u"\\]"_s)
        .replace(u"^"_s, u"\\^"_s);
    at = end;
    return isNegated ? u"[^/"_s + set + u']' : u'[' + set + u']';
}

QString stars(const QString &glob, qsizetype &at)
{
    if (at + 1 >= glob.size() || glob.at(at + 1) != u'*')
        return u"[^/]*"_s;
    while (at + 1 < glob.size() && glob.at(at + 1) == u'*')
        ++at;
    if (at + 1 >= glob.size() || glob.at(at + 1) != u'/')
        return u".*"_s;
    ++at;
    return u"(?:.*/)?"_s; // "a/**/b" is also "a/b"
}

QString expressionOf(const QString &glob)
{
    QString expression;
    int braces = 0;
    for (qsizetype at = 0; at < glob.size(); ++at) {
        const QChar c = glob.at(at);
        if (c == u'*')
            expression += stars(glob, at);
        else if (c == u'?')
            expression += u"[^/]"_s;
        else if (c == u'[')
            expression += bracket(glob, at);
        else if (c == u'{' && glob.indexOf(u'}', at) > 0)
            ++braces, expression += u"(?:"_s;
        else if (c == u'}' && braces > 0)
            --braces, expression += u')';
        else if (c == u',' && braces > 0)
            expression += u'|';
        else if (c == u'\\' && at + 1 < glob.size())
            expression += QRegularExpression::escape(glob.sliced(++at, 1));
        else
            expression += QRegularExpression::escape(QString(c));
    }
    return QRegularExpression::anchoredPattern(expression);
}

} // namespace

GlobPattern::GlobPattern(QString glob)
{
    while (glob.startsWith(u"./"))
        glob.remove(0, 2);
    m_onlyName = !glob.contains(u'/');
    if (glob.startsWith(u'/'))
        glob.remove(0, 1);
    if (glob.endsWith(u'/'))
        glob += u"**"_s;
    m_expression.setPattern(expressionOf(glob));
    m_expression.setPatternOptions(QRegularExpression::DotMatchesEverythingOption);
}

bool GlobPattern::matches(const QString &path) const
{
    const QString subject = m_onlyName ? path.section(u'/', -1) : path;
    return m_expression.match(subject).hasMatch();
}

} // namespace Meanwhile::Tools
