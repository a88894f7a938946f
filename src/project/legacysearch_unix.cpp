// SPDX-License-Identifier: MIT
#include "project/legacysearch.h"

#include "base/pathtext.h"
#include "project/memoryfile.h"
#include "project/projectfiles.h"
#include "project/textencoding.h"

#include <QHash>

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace Meanwhile::Project {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMaxFileBytes = 10'000'000;
constexpr qint64 kMaxBytes = 50'000'000;
constexpr qsizetype kMaxLines = 100'000;
constexpr qsizetype kPieceBytes = 256 * 1024;
constexpr qsizetype kBinaryWithin = 8'000; // as git does

// Of the bytes at the end, how many begin a character of UTF-8 that continues behind them.
qsizetype begunAtEnd(QByteArrayView bytes)
{
    for (qsizetype size = 1; size <= qMin<qsizetype>(3, bytes.size()); ++size) {
        const auto byte = uchar(bytes.at(bytes.size() - size));
        if (byte >= 0xc0)
            return size < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? size : 0;
        if (byte < 0x80)
            return 0;
    }
    return 0;
}

bool isUtf16(QByteArrayView bytes)
{
    return bytes.startsWith("\xff\xfe") || bytes.startsWith("\xfe\xff");
}

} // namespace

LegacySearch::LegacySearch(const SearchPattern &pattern, const Descriptor &folder, CancelFlag cancelled,
    QDeadlineTimer deadline, const QString &project)
    : m_pattern(pattern)
    , m_folder(folder)
    , m_cancelled(std::move(cancelled))
    , m_deadline(deadline)
    , m_project(project)
    , m_piece(kPieceBytes, Qt::Uninitialized)
{
}

bool LegacySearch::mayGoOn() const
{
    return !m_cancelled->load() && !m_deadline.hasExpired();
}

// Read here and not by ripgrep, which takes longer for plain ASCII, and that is what most files are.
bool LegacySearch::isSuspect(const QByteArray &path)
{
    const Descriptor file = opened(path);
    qsizetype kept = 0;
    for (bool isFirst = true; file.isValid() && mayGoOn(); isFirst = false) {
        const ssize_t got = ::read(file.get(), m_piece.data() + kept, size_t(m_piece.size() - kept));
        if (got <= 0)
            return got == 0 && kept > 0;
        const auto bytes = QByteArrayView(m_piece).first(kept + got);
        if (isFirst && (isUtf16(bytes) || bytes.first(qMin(kBinaryWithin, bytes.size())).contains('\0')))
            return false;
        kept = begunAtEnd(bytes);
        if (!bytes.chopped(kept).isValidUtf8())
            return true;
        std::copy(bytes.end() - kept, bytes.end(), m_piece.begin());
    }
    return false;
}

Descriptor LegacySearch::opened(const QByteArray &path) const
{
    Descriptor file(
        openat(m_folder.get(), path.constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    struct stat info {};
    if (!file.isValid() || fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode))
        return {};
    return file;
}

// As UTF-8 with a line end after the last line; empty where it is no such text after all.
QByteArray LegacySearch::decoded(const QByteArray &path)
{
    const Descriptor file = opened(path);
    struct stat info {};
    const QString name = pathToText(path);
    if (!file.isValid() || fstat(file.get(), &info) != 0)
        return {};
    if (info.st_size > kMaxFileBytes || m_bytes + info.st_size > kMaxBytes) {
        m_unread +=
            name +
            u" (in another encoding, and too large to be decoded; at most what is ASCII in it was found)"_s;
        return {};
    }
    const Result<QByteArray> bytes = readAll(file, kMaxFileBytes, name);
    if (!bytes || looksBinary(*bytes))
        return {};
    m_bytes += bytes->size();
    QByteArray text = decode(*bytes, detectEncoding(*bytes)).toUtf8();
    if (!text.endsWith('\n'))
        text += '\n';
    return text;
}

Ripgrep::End LegacySearch::search(QByteArrayList files)
{
    std::sort(files.begin(), files.end());
    QByteArray whole;
    std::vector<Part> parts;
    qint64 lines = 0;
    for (const QByteArray &path : std::as_const(files)) {
        const QByteArray text = isSuspect(path) ? decoded(path) : QByteArray();
        if (!mayGoOn())
            return m_cancelled->load() ? Ripgrep::End::Cancelled : Ripgrep::End::TimeOver;
        if (text.isEmpty())
            continue;
        parts.push_back({path, whole.size(), lines});
        lines += text.count('\n');
        whole += text;
    }
    whole.replace('\0', ' ');
    return parts.empty() ? Ripgrep::End::Complete : searchParts(whole, parts);
}

// Where the engine gives up on a line, the halves are searched, until the file that holds it is alone.
Ripgrep::End LegacySearch::searchParts(const QByteArray &whole, std::span<const Part> parts)
{
    const Descriptor input = memoryFile(whole);
    if (!input.isValid()) {
        m_problem = u"There is not enough memory to search the files that are in other encodings than UTF-8. "
                    u"Narrow the glob or path."_s;
        return Ripgrep::End::Complete;
    }
    Ripgrep::Limits limits; // of all the files together; each one's lines are counted in take()
    limits.lines = kMaxLines;
    limits.linesOfAFile = kMaxLines;
    Ripgrep search(m_pattern, m_folder, limits, m_cancelled, m_deadline, m_project);
    search.addOpen(input, "text");
    const Ripgrep::End end = search.finish();
    m_problem = search.problem();
    if (!m_problem.isEmpty() || search.unread().isEmpty()) {
        take(search.lines(), parts);
        return end;
    }
    if (parts.size() == 1) {
        const QString reason = search.unread().first();
        m_unread +=
            pathToText(parts.front().path) + reason.sliced(qMax<qsizetype>(0, reason.indexOf(u": "_s)));
        return end;
    }
    const auto first = parts.first(parts.size() / 2);
    const auto second = parts.subspan(first.size());
    const qsizetype middle = second.front().at - first.front().at;
    const Ripgrep::End endOfFirst = searchParts(whole.first(middle), first);
    return endOfFirst == Ripgrep::End::Complete && m_problem.isEmpty()
               ? searchParts(whole.sliced(middle), second)
               : endOfFirst;
}

void LegacySearch::take(const QVector<FoundLine> &lines, std::span<const Part> parts)
{
    for (const Part &part : parts)
        m_searched += part.path;
    QHash<QByteArray, qsizetype> counts;
    for (FoundLine line : lines) {
        line.number += parts.front().linesBefore;
        auto part = std::upper_bound(parts.begin(), parts.end(), line.number,
            [](qint64 number, const Part &candidate) { return number <= candidate.linesBefore; });
        --part;
        line.path = part->path;
        line.number -= part->linesBefore;
        if (++counts[line.path] <= Ripgrep::Limits().linesOfAFile)
            m_lines += line;
    }
}

} // namespace Meanwhile::Project
