// SPDX-License-Identifier: MIT
#include "tasks/linerank.h"

#include <algorithm>
#include <array>

namespace Meanwhile::Tasks {

namespace {

/// What says enough is near the beginning; this keeps a pathological line cheap.
constexpr qsizetype kJudgedBytes = 1024;

enum class Meaning { None, Error, Warning, Count };

struct Word {
    QByteArrayView text;
    Meaning meaning;
};

constexpr std::array kWords{
    Word{"abort", Meaning::Error},
    Word{"aborted", Meaning::Error},
    Word{"assertionerror", Meaning::Error},
    Word{"cannot", Meaning::Error},
    Word{"crashed", Meaning::Error},
    Word{"denied", Meaning::Error},
    Word{"deprecated", Meaning::Warning},
    Word{"err", Meaning::Error},
    Word{"error", Meaning::Error},
    Word{"errored", Meaning::Error},
    Word{"errors", Meaning::Error},
    Word{"exception", Meaning::Error},
    Word{"fail", Meaning::Error},
    Word{"failed", Meaning::Error},
    Word{"failing", Meaning::Error},
    Word{"failure", Meaning::Error},
    Word{"failures", Meaning::Error},
    Word{"fatal", Meaning::Error},
    Word{"killed", Meaning::Error},
    Word{"panic", Meaning::Error},
    Word{"panicked", Meaning::Error},
    Word{"passed", Meaning::Count},
    Word{"refused", Meaning::Error},
    Word{"segfault", Meaning::Error},
    Word{"segmentation", Meaning::Error},
    Word{"skipped", Meaning::Count},
    Word{"traceback", Meaning::Error},
    Word{"undefined", Meaning::Error},
    Word{"unrecognized", Meaning::Error},
    Word{"unresolved", Meaning::Error},
    Word{"warn", Meaning::Warning},
    Word{"warning", Meaning::Warning},
    Word{"warnings", Meaning::Warning},
};

/// By first letter: bit n is set where a word of n letters is in the table. Few others get past it.
constexpr std::array<quint32, 26> kLengths = [] {
    std::array<quint32, 26> lengths{};
    for (const Word &word : kWords)
        lengths[std::size_t(word.text.front() - 'a')] |= 1U << word.text.size();
    return lengths;
}();

/// Lines that begin so are the last word of a common tool.
constexpr std::array<QByteArrayView, 17> kSummaryStarts{"Tests:", "Test Suites:", "Test Files",
    "test result:", "ok  \t", "FAIL\t", "Ran ", "BUILD ", "added ", "Successfully ", "Finished ",
    "Total Test time", "100% tests passed", "Totals:", "Build succeeded", "Compiled successfully", "Time:"};
/// Lines that begin so belong to the error beside them.
constexpr std::array<QByteArrayView, 9> kErrorStarts{
    "E   ", "--- FAIL", "npm ERR!", "--> ", "make: ***", "*** ", "ninja: build stopped", "not ok ", "✗ "};

/// No word of these says it alone. Each begins with one.
constexpr std::array<QByteArrayView, 4> kErrorPhrases{
    "not found", "No such file", "No such process", "No space left"};

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Part of a file's or an identifier's name.
bool isNameChar(char c)
{
    return c == '_' || c == '/' || c == '\\' || c == '-' || (c >= '0' && c <= '9');
}

// Case folded only for words that a table entry could match; Python writes ValueError and FooException.
Meaning meaningOf(QByteArrayView word)
{
    if (word.size() > 5 && (word.endsWith("Error") || word.endsWith("Exception")))
        return Meaning::Error;
    char folded[16];
    if (word.size() > qsizetype(sizeof folded) ||
        !(kLengths[std::size_t((word.front() | 0x20) - 'a')] >> word.size() & 1))
        return Meaning::None;
    std::transform(word.begin(), word.end(), folded, [](char c) { return char(c | 0x20); });
    const QByteArrayView text(folded, word.size());
    const auto found = std::lower_bound(kWords.begin(), kWords.end(), text,
        [](const Word &entry, QByteArrayView key) { return entry.text < key; });
    return found != kWords.end() && found->text == text ? found->meaning : Meaning::None;
}

/// "0 errors", "no warnings", "errors: 0", "failures=0": the good news, not the bad.
bool isNone(QByteArrayView line, qsizetype begin, qsizetype end)
{
    const QByteArrayView before = line.first(begin).trimmed();
    const auto isWordStart = [&before](qsizetype size) {
        return before.size() == size || !(isLetter(before.at(before.size() - size - 1)) ||
                                            isNameChar(before.at(before.size() - size - 1)));
    };
    if ((before.endsWith('0') && isWordStart(1)) ||
        ((before.endsWith("no") || before.endsWith("No")) && isWordStart(2)))
        return true;
    QByteArrayView after = line.sliced(end);
    if (!after.startsWith(':') && !after.startsWith('='))
        return false;
    after = after.sliced(1).trimmed();
    return after.startsWith('0') && (after.size() == 1 || !isNameChar(after.at(1)));
}

/// A count stands before the word: "3 failed", "12 passed".
bool isCounted(QByteArrayView line, qsizetype begin)
{
    const QByteArrayView before = line.first(begin).trimmed();
    return !before.isEmpty() && before.back() >= '0' && before.back() <= '9';
}

/// Most lines differ in the first byte already. `line` is not empty.
template <std::size_t size>
bool startsWithOneOf(QByteArrayView line, const std::array<QByteArrayView, size> &starts)
{
    return std::any_of(starts.begin(), starts.end(),
        [line](QByteArrayView start) { return line.front() == start.front() && line.startsWith(start); });
}

/// Inside a name such as src/error.cpp, -Werror or error_handler the word says nothing.
bool standsAlone(QByteArrayView line, qsizetype begin, qsizetype end)
{
    if (begin > 0 && (isNameChar(line.at(begin - 1)) || line.at(begin - 1) == '.') && !isCounted(line, begin))
        return false;
    if (end >= line.size())
        return true;
    const bool isFileName = line.at(end) == '.' && end + 1 < line.size() && isLetter(line.at(end + 1));
    return !isNameChar(line.at(end)) && !isFileName && line.at(end) != '(';
}

} // namespace

LineRank rankLine(QByteArrayView full)
{
    const QByteArrayView line = full.first(qMin(full.size(), kJudgedBytes)).trimmed();
    if (line.isEmpty())
        return LineRank::Plain;
    if (startsWithOneOf(line, kErrorStarts))
        return LineRank::Error;
    LineRank rank = startsWithOneOf(line, kSummaryStarts) ? LineRank::Summary : LineRank::Plain;
    for (qsizetype i = 0; i < line.size();) {
        if (!isLetter(line.at(i))) {
            ++i;
            continue;
        }
        const qsizetype begin = i;
        if (startsWithOneOf(line.sliced(begin), kErrorPhrases))
            return LineRank::Error;
        while (i < line.size() && isLetter(line.at(i)))
            ++i;
        const Meaning meaning = meaningOf(line.sliced(begin, i - begin));
        if (meaning == Meaning::None || !standsAlone(line, begin, i))
            continue;
        if (isNone(line, begin, i) || (meaning == Meaning::Count && isCounted(line, begin)))
            rank = std::max(rank, LineRank::Summary);
        else if (meaning == Meaning::Error)
            return LineRank::Error;
        else if (meaning == Meaning::Warning)
            rank = std::max(rank, LineRank::Warning);
    }
    return rank;
}

} // namespace Meanwhile::Tasks
