// SPDX-License-Identifier: MIT
#include "project/likeness.h"

namespace Meanwhile::Project {

namespace {

constexpr qsizetype kMaxChars = 200;

template <typename Visit>
int eachPair(QStringView text, Visit visit)
{
    const qsizetype length = qMin(text.size(), kMaxChars);
    // A border on both sides, so that a text of one character has pairs too.
    QChar last = u'\n';
    for (qsizetype i = 0; i <= length; ++i) {
        const QChar next = i == length ? QChar(u'\n') : text.at(i).toLower();
        visit(quint32(last.unicode()) << 16 | next.unicode());
        last = next;
    }
    return int(length) + 1;
}

} // namespace

Likeness::Likeness(QStringView wanted)
{
    m_count = eachPair(wanted, [this](quint32 pair) { ++m_pairs[pair]; });
}

double Likeness::to(QStringView other) const
{
    QHash<quint32, int> seen;
    int shared = 0;
    const int count = eachPair(other, [&](quint32 pair) {
        const int available = m_pairs.value(pair);
        if (available > 0 && ++seen[pair] <= available)
            ++shared;
    });
    return 2.0 * shared / (m_count + count);
}

} // namespace Meanwhile::Project
