// SPDX-License-Identifier: MIT
#include "tools/filesearch.h"

#include "base/pathtext.h"
#include "base/textlimits.h"
#include "project/globpattern.h"
#include "project/legacysearch.h"
#include "project/nearnames.h"
#include "project/resolvedpath.h"
#include "project/searchplaces.h"
#include "project/secretnames.h"
#include "tools/lookednotes.h"
#include "tools/personwording.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QSet>

#include <algorithm>
#include <cerrno>

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds kMaxTime{10};
constexpr qsizetype kMaxLines = 200;
constexpr qsizetype kMaxLineBytes = 300;
constexpr qsizetype kRoomForNotes = 2'000;

bool isInsideCharacter(const QByteArray &text, qsizetype at)
{
    return at > 0 && at < text.size() && (uchar(text.at(at)) & 0xc0) == 0x80;
}

// The part of a long line around what matched.
QString shortened(const QByteArray &line, qsizetype column)
{
    if (line.size() <= kMaxLineBytes)
        return cleanText(line);
    qsizetype from = qBound<qsizetype>(0, column - kMaxLineBytes / 4, line.size() - kMaxLineBytes);
    qsizetype to = from + kMaxLineBytes;
    for (int i = 0; i < 3 && isInsideCharacter(line, from); ++i)
        --from;
    for (int i = 0; i < 3 && isInsideCharacter(line, to); ++i)
        --to;
    return (from > 0 ? u"…"_s : QString()) + cleanText(line.sliced(from, to - from)) +
           (to < line.size() ? u"…"_s : QString());
}

bool isPlainAscii(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return uchar(c) < 128; });
}

QString counted(qsizetype count, const QString &one, const QString &many)
{
    return count == 1 ? one : many.arg(count);
}

} // namespace

FileSearch::FileSearch(const FileToolParts &parts, Request request, Project::CancelFlag cancelled)
    : m_parts(parts)
    , m_request(std::move(request))
    , m_cancelled(std::move(cancelled))
    , m_deadline(kMaxTime)
    , m_gitSettings(Project::resolvedPath(m_parts.files->folder()).value_or(m_parts.files->folder()))
{
}

ToolOutcome FileSearch::run()
{
    const Result<Project::SearchPattern> pattern = Project::SearchPattern::read(m_request.regex);
    if (!pattern)
        return ToolOutcome::error(pattern.error().message);
    m_hasLineBreak = pattern->hasLineBreak;
    const QString start = m_request.start.isEmpty() ? u"."_s : m_request.start;
    const Result<Project::OpenedFile> opened = m_parts.files->open(start, m_request.reach);
    if (!opened) {
        if (opened.error().kind == ErrorKind::NotFound)
            return ToolOutcome::error(u"%1 does not exist. %2"_s.arg(
                start, Project::nearNames(*m_parts.files, start, m_request.reach)));
        return outcomeOf(opened.error());
    }
    const QString absolute = m_parts.files->absolute(start);
    m_canonicalStart = Project::resolvedPath(absolute).value_or(absolute);
    return opened->isFolder ? searchFolder(*pattern) : searchFile(*pattern, *opened);
}

ToolOutcome FileSearch::searchFile(const Project::SearchPattern &pattern, const Project::OpenedFile &file)
{
    m_isFolder = false;
    const QByteArray place = pathFromText(m_canonicalStart).value_or(QByteArray());
    const qsizetype slash = place.lastIndexOf('/');
    const Descriptor folder = holdFolder(place.first(slash + 1));
    if (!folder.isValid())
        return outcomeOf(errorFromErrno(errno, m_request.start));
    m_files = {place.sliced(slash + 1)};
    Project::Ripgrep search(pattern, folder, {}, m_cancelled, m_deadline, m_parts.files->folder());
    search.addOpen(file.descriptor, m_files.first());
    takeFrom(search, search.finish());
    searchLegacy(pattern, maybeLegacy(pattern), folder);
    return outcome();
}

// What is in files of secrets is shown only where the person agreed to the very file. The folders above the
// start say what a file is as well: `config` alone is none, .git/config is.
bool FileSearch::isKeptBack(const QString &path) const
{
    const QString place = m_canonicalStart + u'/' + path;
    return (Project::isSecretName(place) || m_gitSettings.hold(place)) &&
           !m_request.allowedSecrets.contains(place);
}

ToolOutcome FileSearch::searchFolder(const Project::SearchPattern &pattern)
{
    const QString start = QDir::cleanPath(m_parts.files->absolute(m_request.start));
    const QString globText = m_request.glob.isEmpty() ? u"*"_s : m_request.glob;
    const Result<Project::GlobPattern> glob =
        Project::GlobPattern::below(start, m_parts.files->folder(), globText);
    if (!glob)
        return ToolOutcome::error(glob.error().message);
    Project::FileWalk walk(
        m_parts.files, m_parts.git, m_request.start, m_request.reach, m_cancelled, m_deadline);
    Project::SearchPattern firstPattern = pattern;
    if (!pattern.loose.isEmpty())
        firstPattern.text = pattern.loose;
    Project::Ripgrep search(
        firstPattern, walk.folder(), {}, m_cancelled, m_deadline, m_parts.files->folder());
    Project::SearchPlaces places(
        [&search](const QByteArray &place, qsizetype files) { search.add(place, files); });
    places.enter();
    const auto leave = [&places](const QByteArray &path, bool isWhole) { places.leave(path, isWhole); };
    const auto visit = [&](const Descriptor &, const QByteArray &path, const Project::FolderEntry &entry) {
        if (entry.kind == Project::FolderEntry::Kind::Folder)
            places.enter();
        if (entry.kind != Project::FolderEntry::Kind::File)
            return;
        const QString name = pathToText(path);
        if (!m_request.glob.isEmpty() && !glob->matches(name))
            return places.addUnwanted();
        if (isKeptBack(name)) {
            m_secret += Project::joined(m_request.start, name);
            return places.addUnwanted();
        }
        m_files += path;
        places.addWanted(path);
    };
    if (const Result<void> walked = walk.run(true, visit, leave); !walked)
        return outcomeOf(walked.error());
    m_leftOut = walk.leftOut();
    takeFrom(search, search.finish());
    const QByteArrayList files =
        pattern.loose.isEmpty() ? maybeLegacy(pattern) : searchExactly(pattern, walk.folder());
    searchLegacy(pattern, files, walk.folder());
    leaveOutClosed(walk.folder());
    sortByAge(walk.folder());
    return outcome();
}

void FileSearch::takeFrom(const Project::Ripgrep &search, Project::Ripgrep::End end)
{
    m_problem = search.problem();
    m_end = end;
    addUnread(search.unread());
    m_binary += search.binary();
    m_lines += search.lines();
    leaveOutOthers();
}

void FileSearch::addUnread(const QStringList &files)
{
    const QString folder = m_isFolder ? m_request.start : QString();
    QSet<QString> known(m_unread.begin(), m_unread.end());
    for (const QString &file : files) {
        const QString unread = Project::joined(folder, file);
        if (!known.contains(unread))
            m_unread += unread;
    }
}

// A file that the walk did not see, or that has become a folder since, is none of those to search.
void FileSearch::leaveOutOthers()
{
    QSet<QByteArray> others(m_binary.begin(), m_binary.end());
    for (const Project::FoundLine &line : std::as_const(m_lines))
        others += line.path;
    for (const QByteArray &file : std::as_const(m_files))
        others.remove(file);
    m_binary.removeIf([&others](const QByteArray &path) { return others.contains(path); });
    m_lines.removeIf([&others](const Project::FoundLine &line) { return others.contains(line.path); });
}

// A private file may have a name in the project, too. Only what matched is asked about: the walk looks at
// names alone.
void FileSearch::leaveOutClosed(const Descriptor &folder)
{
    QHash<QByteArray, bool> closed;
    const auto isClosed = [&](const QByteArray &path) {
        const auto known = closed.constFind(path);
        if (known != closed.cend())
            return *known;
        const bool answer = m_parts.files->isClosedFile(folder, path, m_request.reach);
        if (answer)
            m_leftOut.closed += path;
        return *closed.insert(path, answer);
    };
    m_lines.removeIf([&](const Project::FoundLine &line) { return isClosed(line.path); });
    m_binary.removeIf(isClosed);
}

// What the loose pattern found stays where the exact one finds the same. All other files are searched by the
// exact one, and returned, since they may be texts in another encoding.
QByteArrayList FileSearch::searchExactly(const Project::SearchPattern &pattern, const Descriptor &folder)
{
    const bool isCut = m_end == Project::Ripgrep::End::TooMuchFound;
    QSet<QByteArray> unsure(m_binary.begin(), m_binary.end());
    for (const Project::FoundLine &line : std::as_const(m_lines)) {
        if (isCut || pattern.hasBoundary || !isPlainAscii(line.text))
            unsure += line.path;
    }
    m_lines.removeIf([&unsure](const Project::FoundLine &line) { return unsure.contains(line.path); });
    m_binary.clear();
    const QByteArrayList files = isCut ? m_files : unsure.values();
    if (files.isEmpty() || !m_problem.isEmpty() || !(isCut || m_end == Project::Ripgrep::End::Complete))
        return {};
    Project::Ripgrep search(pattern, folder, {}, m_cancelled, m_deadline, m_parts.files->folder());
    for (const QByteArray &file : files)
        search.add(file);
    takeFrom(search, search.finish());
    return files;
}

// In texts of other encodings ripgrep finds what is plain ASCII. Whether there are such files is asked where
// that is not enough: for other letters, and for signs that stand for any.
QByteArrayList FileSearch::maybeLegacy(const Project::SearchPattern &pattern) const
{
    if (pattern.hasForeign || pattern.hasAny || pattern.hasBoundary)
        return m_files;
    QByteArrayList files;
    for (const Project::FoundLine &line : std::as_const(m_lines)) {
        // The backtracking engine reads what is no UTF-8 as replacement characters.
        const bool isDoubtful = !line.text.isValidUtf8() || line.text.contains("\xef\xbf\xbd");
        if (isDoubtful && (files.isEmpty() || files.last() != line.path))
            files += line.path;
    }
    return files;
}

void FileSearch::searchLegacy(
    const Project::SearchPattern &pattern, const QByteArrayList &files, const Descriptor &folder)
{
    if (files.isEmpty() || !m_problem.isEmpty() || m_end != Project::Ripgrep::End::Complete)
        return;
    Project::LegacySearch search(pattern, folder, m_cancelled, m_deadline, m_parts.files->folder());
    m_end = search.search(files);
    m_problem = search.problem();
    addUnread(search.unread());
    const QSet<QByteArray> again(search.searched().begin(), search.searched().end());
    m_lines.removeIf([&again](const Project::FoundLine &line) { return again.contains(line.path); });
    m_lines += search.lines();
}

void FileSearch::sortByAge(const Descriptor &folder)
{
    QHash<QByteArray, qint64> ages;
    for (const Project::FoundLine &line : std::as_const(m_lines)) {
        if (!ages.contains(line.path))
            ages.insert(line.path, Project::modifiedNs(folder, line.path));
    }
    std::stable_sort(
        m_lines.begin(), m_lines.end(), [&ages](const Project::FoundLine &a, const Project::FoundLine &b) {
            const qint64 ageA = ages.value(a.path);
            const qint64 ageB = ages.value(b.path);
            return ageA != ageB ? ageA > ageB : a.path < b.path;
        });
}

bool FileSearch::hasMoreLines() const
{
    QHash<QByteArray, qsizetype> counts;
    return std::any_of(m_lines.begin(), m_lines.end(), [&counts](const Project::FoundLine &line) {
        return ++counts[line.path] == Project::Ripgrep::Limits().linesOfAFile;
    });
}

ToolOutcome FileSearch::outcome() const
{
    if (m_cancelled->load())
        return ToolOutcome::error(u"The search was stopped."_s);
    if (!m_problem.isEmpty())
        return ToolOutcome::error(m_problem);
    QStringList shown;
    qsizetype chars = 0;
    for (const Project::FoundLine &line : m_lines) {
        const QString path =
            m_isFolder ? Project::joined(m_request.start, pathToText(line.path)) : m_request.start;
        const QString text =
            path + u':' + QString::number(line.number) + u':' + shortened(line.text, line.column);
        chars += text.size() + 1;
        if (shown.size() == kMaxLines || chars > kMaxToolTextChars - kRoomForNotes)
            break;
        shown += text;
    }
    ToolOutcome outcome;
    outcome.summary = linesForPerson(shown.size());
    if (shown.isEmpty())
        outcome.text =
            m_files.isEmpty() ? u"No line matches, since there was no file to search."_s
            : m_end == Project::Ripgrep::End::Complete && m_unread.isEmpty() && !m_leftOut.isRestUnknown
                ? u"No line matches in %1."_s.arg(counted(m_files.size(), u"1 file"_s, u"%1 files"_s))
                : u"No line matches in what was looked at, which is not all."_s;
    else
        outcome.text = shown.join(u'\n');
    outcome.text += notes(shown.size());
    return outcome;
}

// What was found and is not shown, and what was not looked at.
QString FileSearch::notes(qsizetype shown) const
{
    QString words;
    const bool isFull = m_end == Project::Ripgrep::End::TooMuchFound;
    if (isFull)
        words += u"\n[Ended early: more than %1 lines match, and not all files were looked at. Narrow the "
                 u"regex, glob or path.]"_s.arg(m_lines.size());
    else if (shown < m_lines.size())
        words +=
            u"\n[The first %1 of %2 lines, newest files first. Narrow the regex, glob or path.]"_s.arg(shown)
                .arg(hasMoreLines() ? u"more than %1"_s.arg(m_lines.size() - 1)
                                    : QString::number(m_lines.size()));
    if (m_end == Project::Ripgrep::End::TimeOver)
        words +=
            u"\n[Ended early: the time was over before all files were looked at. Narrow the glob or path.]"_s;
    if (!m_unread.isEmpty())
        words += u"\n[Not searched: %1]"_s.arg(someOf(m_unread, m_unread.size()));
    if (!m_secret.isEmpty())
        words +=
            u"\n[Not searched, since keys or passwords may be in them: %1. read_file asks the person.]"_s.arg(
                someOf(m_secret, m_secret.size()));
    words += leftOutInWords(m_leftOut, m_request.start);
    if (shown > 0)
        return words;
    QStringList more;
    if (m_leftOut.ignored > 0)
        more += u"what git ignores (name it in path to search it: %1)"_s.arg(
            someOf(namesOf(m_leftOut.someIgnored, m_request.start), m_leftOut.ignored));
    if (!m_binary.isEmpty())
        more += counted(m_binary.size(), u"a binary file"_s, u"%1 binary files"_s);
    if (m_leftOut.links > 0)
        more += counted(m_leftOut.links, u"what a link leads to"_s, u"what %1 links lead to"_s);
    if (!m_leftOut.special.isEmpty())
        more += u"pipes, sockets or devices"_s;
    if (!more.isEmpty())
        words += u"\n[Left out: %1.]"_s.arg(more.join(u"; "_s));
    if (m_hasLineBreak)
        words += u"\n[The search looks at one line at a time, so \\n matches nothing.]"_s;
    return words;
}

} // namespace Meanwhile::Tools
