// SPDX-License-Identifier: MIT
#include "project/globpattern.h"

#include "project/resolvedpath.h"

#include <QDir>
#include <QRegularExpression>
#include <QStringList>

namespace Meanwhile::Project {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxChoices = 500;

std::u16string_view view(const QString &text)
{
    return {reinterpret_cast<const char16_t *>(text.utf16()), size_t(text.size())};
}

// Where the brace at `open` ends, with the commas between; -1 where it does not.
qsizetype closingBrace(const QString &glob, qsizetype open, QVector<qsizetype> &commas)
{
    int depth = 0;
    for (qsizetype at = open; at < glob.size(); ++at) {
        const QChar c = glob.at(at);
        if (c == u'\\')
            ++at;
        else if (c == u'{')
            ++depth;
        else if (c == u',' && depth == 1)
            commas += at;
        else if (c == u'}' && --depth == 0)
            return at;
    }
    return -1;
}

// All that {a,b} stands for.
void addChoices(const QString &glob, QStringList &choices)
{
    for (qsizetype open = glob.indexOf(u'{'); open >= 0; open = glob.indexOf(u'{', open + 1)) {
        QVector<qsizetype> edges{open};
        const qsizetype close = closingBrace(glob, open, edges);
        if (close < 0 || (open > 0 && glob.at(open - 1) == u'\\'))
            continue;
        edges += close;
        for (qsizetype i = 0; i + 1 < edges.size() && choices.size() <= kMaxChoices; ++i)
            addChoices(glob.first(open) + glob.sliced(edges[i] + 1, edges[i + 1] - edges[i] - 1) +
                           glob.sliced(close + 1),
                choices);
        return;
    }
    choices += glob;
}

Wildcard<char16_t> wildcardOf(QString glob)
{
    const Wildcard<char16_t> wildcard(view(glob), Wildcard<char16_t>::Stars::Anywhere);
    if (wildcard.isValid() || !glob.contains(u'['))
        return wildcard;
    // An open bracket is itself.
    glob.replace(u"\\["_s, u"["_s).replace(u'[', u"\\["_s);
    return Wildcard<char16_t>(view(glob), Wildcard<char16_t>::Stars::Anywhere);
}

tl::unexpected<Error> unusable(const QString &message)
{
    return failure(ErrorKind::InvalidArgument, message);
}

// The first folder of an absolute glob, when it is one of the system's and none of the project's.
bool isElsewhere(const QString &glob, const QString &start)
{
    const QString first = glob.section(u'/', 1, 1);
    return glob.count(u'/') > 1 && existsAt(u'/' + first) && !existsAt(start + u'/' + first);
}

} // namespace

GlobPattern::GlobPattern(QString glob)
{
    // The backslash of a name's text ("b\\xfe") is part of the name here, and escapes nothing.
    static const QRegularExpression odd(u"\\\\x(?=[0-9a-fA-F]{2})"_s);
    glob.replace(odd, u"\\\\x"_s);
    while (glob.startsWith(u"./"))
        glob.remove(0, 2);
    m_onlyName = !glob.contains(u'/');
    if (glob.startsWith(u'/'))
        glob.remove(0, 1);
    if (glob.endsWith(u'/'))
        glob += u"**"_s;
    QStringList choices;
    addChoices(glob, choices);
    for (const QString &choice : std::as_const(choices))
        m_choices.push_back(wildcardOf(choice));
    m_isValid = choices.size() <= kMaxChoices && std::all_of(m_choices.begin(), m_choices.end(),
                                                     [](const auto &choice) { return choice.isValid(); });
}

Result<GlobPattern> GlobPattern::below(const QString &start, const QString &project, const QString &glob)
{
    QString wanted = glob.startsWith(u"file://") ? glob.sliced(7) : glob;
    if (wanted.startsWith(u"~/"))
        wanted = QDir::homePath() + wanted.sliced(1);
    QString prefix;
    const QString resolvedProject = resolvedPath(project).value_or(project);
    bool isInside = !wanted.startsWith(u'/');
    for (const QString &folder : {start, resolvedPath(start).value_or(start), project, resolvedProject}) {
        if (isInside || folder.isEmpty() || (wanted != folder && !wanted.startsWith(folder + u'/')))
            continue;
        wanted = u'/' + wanted.mid(folder.size() + 1);
        if (wanted == u"/")
            wanted = u"**"_s;
        const bool isProject = folder == project || folder == resolvedProject;
        if (isProject && start != folder && start.startsWith(project + u'/'))
            prefix = start.sliced(project.size() + 1) + u'/';
        isInside = true;
    }
    if ((!isInside && isElsewhere(wanted, start)) || wanted.startsWith(u"../"))
        return unusable(u"glob \"%1\" leads outside %2. Give the folder in path and a glob below it, such as "
                        u"src/**/*.cpp."_s.arg(glob, start));
    GlobPattern pattern(wanted);
    if (!pattern.isValid())
        return unusable(u"glob \"%1\" cannot be read. Example: src/**/*.cpp"_s.arg(glob));
    pattern.m_prefix = prefix;
    return pattern;
}

bool GlobPattern::matches(const QString &path) const
{
    const QString subject = m_onlyName ? path.section(u'/', -1) : m_prefix + path;
    return std::any_of(m_choices.begin(), m_choices.end(),
        [&subject](const auto &choice) { return choice.matches(view(subject)); });
}

} // namespace Meanwhile::Project
