// SPDX-License-Identifier: MIT
#include "tasks/outputdigest.h"

#include "base/textlimits.h"

#include <algorithm>
#include <utility>

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

namespace {

/// A longer line loses its middle.
constexpr qsizetype kMaxLineChars = 400;
constexpr std::size_t kShortlistHalf = 16;
constexpr std::size_t kTailEntries = 256;
/// Lines under an error that usually explain it: the place in the source, the value that was wrong.
constexpr int kContextLines = 2;
/// The rest is for the end of the output, which says how it went.
constexpr qsizetype kMaxSelectionBytes = OutputDigest::kMaxDigestBytes * 55 / 100;
/// For the lines that say what was left out.
constexpr qsizetype kNoteBytes = 160;

qsizetype utf8Size(QStringView text)
{
    return text.toUtf8().size();
}

QString shortened(const QString &text)
{
    if (text.size() <= kMaxLineChars)
        return text;
    return clipMiddle(text, kMaxLineChars).replace(u'\n', u' ');
}

// Of a line that has lost its middle already, so that one note counts all that is missing.
QString shortened(const QByteArray &bytes, qsizetype headBytes, qint64 omittedBytes)
{
    constexpr qsizetype kHalf = kMaxLineChars / 2;
    QString head = cleanText(bytes.first(headBytes));
    QString tail = cleanText(bytes.sliced(headBytes));
    qsizetype from = qMin(head.size(), kHalf);
    if (from > 0 && from < head.size() && head.at(from - 1).isHighSurrogate())
        --from;
    qsizetype to = qMax<qsizetype>(0, tail.size() - kHalf);
    if (to > 0 && tail.at(to).isLowSurrogate())
        ++to;
    const qint64 all =
        omittedBytes + utf8Size(QStringView(head).sliced(from)) + utf8Size(QStringView(tail).first(to));
    head.truncate(from);
    return head + u" [… %1 bytes left out …] "_s.arg(formatCount(all)) + tail.sliced(to);
}

QByteArrayView withoutSpaceAtEnd(QByteArrayView text)
{
    while (text.endsWith(' ') || text.endsWith('\t'))
        text.chop(1);
    return text;
}

} // namespace

OutputDigest::OutputDigest()
    : m_lines([this](const TerminalLines::Line &line) { addLine(line); })
{
}

QString OutputDigest::of(QByteArrayView output)
{
    OutputDigest digest;
    digest.add(output);
    return digest.finish();
}

void OutputDigest::add(QByteArrayView bytes)
{
    m_lines.add(bytes);
}

void OutputDigest::addGap(qint64 bytes)
{
    m_lines.finish();
    settle();
    m_hasGap = true;
    m_gapBytes += bytes;
    Entry gap;
    gap.number = m_lineNumber;
    gap.bytes = u"[… %1 bytes left out …]"_s.arg(formatCount(bytes)).toUtf8();
    keep(std::move(gap));
}

// Of most lines nothing is shown: they become text once they are.
void OutputDigest::addLine(const TerminalLines::Line &line)
{
    ++m_lineNumber;
    const QByteArrayView bytes = line.omittedBytes == 0 ? withoutSpaceAtEnd(line.text) : line.text;
    if (m_hasCurrent && m_current.bytes == bytes && m_current.omittedBytes == line.omittedBytes) {
        ++m_current.repeats;
        return;
    }
    settle();
    m_hasCurrent = true;
    m_current = {m_lineNumber, rankLine(bytes), bytes.toByteArray(), line.headBytes, line.omittedBytes, 1};
}

void OutputDigest::settle()
{
    if (std::exchange(m_hasCurrent, false))
        keep(std::exchange(m_current, {}));
}

void OutputDigest::keep(Entry entry)
{
    const bool isContext = entry.rank == LineRank::Plain && m_context > 0 && !entry.bytes.isEmpty();
    if (entry.rank != LineRank::Plain || isContext) {
        Shortlist &list = m_shortlists[int(isContext ? LineRank::Error : entry.rank)];
        if (list.first.size() < kShortlistHalf) {
            list.first.push_back(entry);
        } else {
            list.last.push_back(entry);
            if (list.last.size() > kShortlistHalf)
                list.last.pop_front();
        }
    }
    if (entry.rank == LineRank::Error)
        m_context = kContextLines;
    else if (isContext)
        --m_context;
    m_keptBytes += entry.size();
    m_tail.push_back(std::move(entry));
    if (m_tail.size() > kTailEntries || m_keptBytes > 2 * kMaxDigestBytes) {
        m_keptBytes -= m_tail.front().size();
        m_tail.pop_front();
        m_tailIsWhole = false;
    }
}

QString OutputDigest::finish()
{
    m_lines.finish();
    settle();
    if (m_tailIsWhole) {
        QStringList lines;
        for (const Entry &entry : m_tail)
            lines.append(entry.line());
        const QString all = lines.join(u'\n');
        if (utf8Size(all) <= kMaxDigestBytes)
            return all;
    }
    return selectedText();
}

qsizetype OutputDigest::Entry::size() const
{
    return std::min(bytes.size(), kMaxLineChars);
}

QString OutputDigest::Entry::line() const
{
    QString text =
        omittedBytes == 0 ? shortened(cleanText(bytes)) : shortened(bytes, headBytes, omittedBytes);
    while (!text.isEmpty() && text.back().isSpace())
        text.chop(1);
    return repeats == 1 ? text : u"%1 [%2 times]"_s.arg(text, formatCount(repeats));
}

QVector<OutputDigest::Entry> OutputDigest::tail(qsizetype budget) const
{
    QVector<Entry> entries;
    for (auto entry = m_tail.rbegin(); entry != m_tail.rend(); ++entry) {
        budget -= utf8Size(entry->line()) + 1;
        if (budget < 0)
            break;
        entries.prepend(*entry);
    }
    return entries;
}

// Errors before summaries before warnings; of each the first ones, as the rest often follows from them, then
// the last ones. In the order of the output.
QVector<OutputDigest::Entry> OutputDigest::selection(qint64 beforeLine, qsizetype budget) const
{
    QVector<Entry> chosen;
    const auto take = [&](const Entry &entry) {
        const qsizetype size = utf8Size(entry.line()) + utf8Size(u"\n…\n");
        if (entry.number >= beforeLine || size > budget)
            return;
        budget -= size;
        chosen.append(entry);
    };
    for (const LineRank rank : {LineRank::Error, LineRank::Summary, LineRank::Warning}) {
        const Shortlist &list = m_shortlists[int(rank)];
        std::for_each(list.first.begin(), list.first.end(), take);
        std::for_each(list.last.rbegin(), list.last.rend(), take);
    }
    std::sort(
        chosen.begin(), chosen.end(), [](const Entry &a, const Entry &b) { return a.number < b.number; });
    return chosen;
}

QString OutputDigest::selectedText() const
{
    constexpr qsizetype kBudget = kMaxDigestBytes - kNoteBytes;
    QVector<Entry> end = tail(kBudget - kMaxSelectionBytes);
    QVector<Entry> chosen =
        selection(end.isEmpty() ? m_lineNumber + 1 : end.first().number, kMaxSelectionBytes);
    qsizetype spare = kBudget;
    for (const Entry &entry : chosen)
        spare -= utf8Size(entry.line()) + utf8Size(u"\n…\n");
    end = tail(spare);
    const qint64 endNumber = end.isEmpty() ? m_lineNumber + 1 : end.first().number;
    chosen.removeIf([endNumber](const Entry &entry) { return entry.number >= endNumber; });

    QStringList lines;
    qint64 shown = 0;
    qint64 next = 0;
    if (!chosen.isEmpty())
        lines.append(u"[the lines that matter most, then the end]"_s);
    for (const Entry &entry : std::as_const(chosen)) {
        if (next != 0 && entry.number != next)
            lines.append(u"…"_s);
        lines.append(entry.line());
        next = entry.number + entry.repeats;
        shown += entry.repeats;
    }
    const qint64 leftOut = endNumber - 1 - shown;
    if (leftOut > 0)
        lines.append(m_hasGap ? u"[… the other lines and %1 bytes left out …]"_s.arg(formatCount(m_gapBytes))
                              : u"[… %1 lines left out …]"_s.arg(formatCount(leftOut)));
    for (const Entry &entry : std::as_const(end))
        lines.append(entry.line());
    return lines.join(u'\n');
}

} // namespace Meanwhile::Tasks
