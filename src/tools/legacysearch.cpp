// SPDX-License-Identifier: MIT
#include "tools/legacysearch.h"

#include "base/pathtext.h"
#include "tools/memoryfile.h"
#include "tools/projectfiles.h"
#include "tools/textencoding.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMaxFileBytes = 10'000'000;
constexpr qint64 kMaxBytes = 50'000'000;

// Bytes in an order that UTF-8 does not have. Not all such orders, but a text in another encoding has these.
constexpr auto kNotUtf8 = R"((?-u:[\xC0\xC1\xF5-\xFF]|(?:^|[\x00-\x09\x0B-\x7F])[\x80-\xBF]|)"
                          R"([\xC2-\xEF](?:[\x00-\x09\x0B-\x7F\xC0-\xFF]|$)|)"
                          R"([\xE0-\xEF][\x80-\xBF](?:[\x00-\x09\x0B-\x7F\xC0-\xFF]|$)|)"
                          R"([\xC2-\xDF][\x80-\xBF][\x80-\xBF]))";

} // namespace

LegacySearch::LegacySearch(
    const SearchPattern &pattern, const Descriptor &folder, CancelFlag cancelled, QDeadlineTimer deadline)
    : m_pattern(pattern)
    , m_folder(folder)
    , m_cancelled(std::move(cancelled))
    , m_deadline(deadline)
{
}

QByteArrayList LegacySearch::suspects(const QByteArrayList &files, Ripgrep::End &end)
{
    SearchPattern pattern;
    pattern.text = kNotUtf8;
    pattern.hasCarriageReturn = true;
    Ripgrep::Limits limits;
    limits.linesOfAFile = 1;
    limits.lines = files.size() + 1;
    Ripgrep search(pattern, m_folder, limits, m_cancelled, m_deadline);
    for (const QByteArray &file : files)
        search.add(file);
    end = search.finish();
    QByteArrayList found;
    for (const FoundLine &line : search.lines())
        found += line.path;
    std::sort(found.begin(), found.end());
    return found;
}

// As UTF-8 with a line end after the last line; empty where it is no such text after all.
QByteArray LegacySearch::decoded(const QByteArray &path)
{
    const Descriptor file(
        openat(m_folder.get(), path.constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    struct stat info {};
    const QString name = pathToText(path);
    if (!file.isValid() || fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode))
        return {};
    if (info.st_size > kMaxFileBytes || m_bytes + info.st_size > kMaxBytes) {
        m_unread += name + u" (in another encoding, and too large to be decoded)"_s;
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

Ripgrep::End LegacySearch::search(const QByteArrayList &files)
{
    Ripgrep::End end = Ripgrep::End::Complete;
    QByteArray whole;
    std::vector<Part> parts;
    qint64 lines = 0;
    for (const QByteArray &path : suspects(files, end)) {
        if (m_cancelled->load() || m_deadline.hasExpired())
            return m_cancelled->load() ? Ripgrep::End::Cancelled : Ripgrep::End::TimeOver;
        const QByteArray text = decoded(path);
        if (text.isEmpty())
            continue;
        parts.push_back({path, lines});
        m_searched += path;
        lines += text.count('\n');
        whole += text;
    }
    if (parts.empty() || end != Ripgrep::End::Complete)
        return end;
    whole.replace('\0', ' ');
    const Descriptor input = memoryFile(whole);
    Ripgrep::Limits limits;
    limits.linesOfAFile = limits.lines;
    Ripgrep search(m_pattern, m_folder, limits, m_cancelled, m_deadline);
    if (input.isValid())
        search.addOpen(input, "text");
    end = search.finish();
    for (FoundLine line : search.lines()) {
        auto part = std::upper_bound(parts.begin(), parts.end(), line.number,
            [](qint64 number, const Part &candidate) { return number <= candidate.linesBefore; });
        --part;
        line.path = part->path;
        line.number -= part->linesBefore;
        m_lines += line;
    }
    return end;
}

} // namespace Meanwhile::Tools
