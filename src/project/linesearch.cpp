// SPDX-License-Identifier: MIT
#include "project/linesearch.h"

#include "project/memoryfile.h"

#include <algorithm>

namespace Meanwhile::Project {

using namespace Qt::StringLiterals;

namespace {

// So that the first ones found are the last ones of the text.
QByteArray lastLineFirst(const QByteArray &text)
{
    QByteArray reversed;
    reversed.reserve(text.size() + 1);
    for (qsizetype end = text.size() - 1; end >= 0;) {
        const qsizetype begin = end == 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1;
        reversed += QByteArrayView(text).sliced(begin, end - begin);
        reversed += '\n';
        end = begin - 1;
    }
    return reversed;
}

} // namespace

LineSearch::LineSearch(
    const QByteArray &text, const SearchPattern &pattern, const CancelFlag &cancelled, const QString &project)
{
    const Descriptor input = memoryFile(lastLineFirst(text));
    const Descriptor folder = holdFolder("/");
    if (!input.isValid() || !folder.isValid()) {
        m_problem = u"there is not enough memory"_s;
        return;
    }
    Ripgrep::Limits limits;
    limits.lines = kMaxLines;
    limits.linesOfAFile = kMaxLines;
    Ripgrep search(pattern, folder, limits, cancelled, QDeadlineTimer(kMaxTime), project);
    search.addOpen(input, "output");
    const Ripgrep::End end = search.finish();
    m_lines = search.lines();
    m_hasMore = m_lines.size() >= kMaxLines;
    m_problem = search.problem();
    if (m_problem.isEmpty() && end == Ripgrep::End::TimeOver)
        m_problem = u"the regex took too long"_s;
    else if (m_problem.isEmpty() && end == Ripgrep::End::Cancelled)
        m_problem = u"it was stopped"_s;
    else if (m_problem.isEmpty() && !search.unread().isEmpty())
        m_problem = search.unread().first();
    const qint64 total = text.count('\n');
    for (FoundLine &line : m_lines)
        line.number = total + 1 - line.number;
    std::reverse(m_lines.begin(), m_lines.end());
}

} // namespace Meanwhile::Project
