// SPDX-License-Identifier: MIT
#include "tools/filesearch.h"

#include "base/textlimits.h"
#include "tools/textencoding.h"

#include <cerrno>
#include <unistd.h>

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kPieceBytes = 128 * 1024;
constexpr qsizetype kMaxPieceBytes = 1024 * 1024; // a line longer than this is searched in parts
constexpr qsizetype kMaxLineChars = 300;

// The part of a long line around what matched.
QString shortened(const QString &line, qsizetype column)
{
    if (line.size() <= kMaxLineChars)
        return line;
    const qsizetype from = qBound<qsizetype>(0, column - kMaxLineChars / 4, line.size() - kMaxLineChars);
    return (from > 0 ? u"…"_s : QString()) + line.sliced(from, kMaxLineChars) +
           (from + kMaxLineChars < line.size() ? u"…"_s : QString());
}

} // namespace

FileSearch::FileSearch(QRegularExpression pattern, Limits limits, CancelFlag cancelled)
    : m_pattern(std::move(pattern))
    , m_limits(limits)
    , m_cancelled(std::move(cancelled))
{
    m_pattern.setPattern(u"(*ANYCRLF)"_s + m_pattern.pattern()); // $ is before CR LF too
    m_pattern.setPatternOptions(m_pattern.patternOptions() | QRegularExpression::MultilineOption);
    m_pattern.optimize();
    m_elapsed.start();
}

bool FileSearch::mayGoOn() const
{
    return m_lines.size() < m_limits.matches && m_chars < m_limits.chars && m_bytes < m_limits.bytes &&
           !m_cancelled->load() && !m_elapsed.hasExpired(m_limits.time.count());
}

void FileSearch::search(const Descriptor &file, const QString &path)
{
    m_line = 1;
    QByteArray pending;
    bool isFirst = true;
    while (mayGoOn()) {
        const qsizetype before = pending.size();
        pending.resize(before + kPieceBytes);
        const ssize_t got = ::read(file.get(), pending.data() + before, size_t(kPieceBytes));
        pending.truncate(before + qMax<ssize_t>(got, 0));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return;
        m_bytes += got;
        if (isFirst && looksBinary(pending))
            return;
        isFirst = false;
        if (got == 0)
            return searchPiece(pending, path);
        qsizetype whole = pending.lastIndexOf('\n') + 1;
        if (whole == 0 && pending.size() < kMaxPieceBytes)
            continue;
        if (whole == 0)
            whole = pending.size();
        searchPiece(pending.first(whole), path);
        pending.remove(0, whole);
    }
}

void FileSearch::searchPiece(const QByteArray &piece, const QString &path)
{
    const QString text = decode(piece, detectEncoding(piece));
    qint64 line = m_line;
    qsizetype counted = 0; // up to here line breaks are in `line`
    qsizetype next = 0;
    while (next < text.size() && mayGoOn()) {
        const QRegularExpressionMatch match = m_pattern.match(text, next);
        // The end after a last line break is the next piece's, or no line.
        if (!match.hasMatch() || match.capturedStart() >= text.size())
            break;
        const qsizetype at = match.capturedStart();
        const qsizetype begin = at == 0 ? 0 : text.lastIndexOf(u'\n', at - 1) + 1;
        const qsizetype found = text.indexOf(u'\n', at);
        const qsizetype end = found < 0 ? text.size() : found;
        line += QStringView(text).sliced(counted, begin - counted).count(u'\n');
        counted = begin;
        add(path, line, text.sliced(begin, end - begin), at - begin);
        next = end + 1;
    }
    m_line += piece.count('\n');
}

void FileSearch::add(const QString &path, qint64 line, const QString &text, qsizetype column)
{
    QString shown = shortened(text, column);
    while (shown.endsWith(u'\r'))
        shown.chop(1);
    m_lines += path + u':' + QString::number(line) + u':' + cleanText(shown.toUtf8());
    m_chars += m_lines.last().size() + 1;
}

} // namespace Meanwhile::Tools
