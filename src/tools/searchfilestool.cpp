// SPDX-License-Identifier: MIT
#include "tools/searchfilestool.h"

#include "base/textlimits.h"
#include "tools/filesearch.h"
#include "tools/filewalk.h"
#include "tools/globpattern.h"
#include "tools/nearnames.h"
#include "tools/personwording.h"

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds kMaxWalkTime{5};
constexpr qsizetype kRoomForNotes = 300;

struct Request {
    QRegularExpression pattern;
    QString start;
    QString glob;
    Reach reach = Reach::InsideProject;
};

struct Candidate {
    QString path;
    qint64 modifiedNs = 0;
};

struct Candidates {
    QVector<Candidate> files;
    bool isComplete = true;
};

// The files to search, newest first; the start itself when it is a file.
Result<Candidates> candidates(const FileToolParts &parts, const Request &request, const CancelFlag &cancelled)
{
    if (!request.start.isEmpty()) {
        const Result<OpenedFile> start = parts.files->open(request.start, request.reach);
        if (!start)
            return failure(start.error());
        if (!start->isFolder)
            return Candidates{{{request.start, 0}}, true};
    }
    Candidates found;
    const GlobPattern glob(request.glob);
    FileWalk walk(parts, request.start, request.reach, cancelled, kMaxWalkTime);
    const auto wants = [&](const QString &path, const FolderEntry &entry) {
        return entry.kind == FolderEntry::Kind::File && (request.glob.isEmpty() || glob.matches(path));
    };
    const Result<void> walked = walk.run(true, wants, [&](const QString &path, const FolderEntry &entry) {
        found.files += {joined(request.start, path), entry.modifiedNs};
    });
    if (!walked)
        return failure(walked.error());
    std::stable_sort(found.files.begin(), found.files.end(),
        [](const Candidate &a, const Candidate &b) { return a.modifiedNs > b.modifiedNs; });
    found.isComplete = walk.isComplete();
    return found;
}

ToolOutcome search(const FileToolParts &parts, const Request &request, const CancelFlag &cancelled)
{
    const Result<Candidates> found = candidates(parts, request, cancelled);
    if (!found) {
        if (found.error().kind == ErrorKind::NotFound)
            return ToolOutcome::error(u"%1 does not exist. %2"_s.arg(
                request.start, nearNames(*parts.files, request.start, request.reach)));
        return outcomeOf(found.error());
    }
    FileSearch::Limits limits;
    limits.chars = kMaxToolTextChars - kRoomForNotes;
    FileSearch search(request.pattern, limits, cancelled);
    qsizetype searched = 0;
    for (const Candidate &file : found->files) {
        if (!search.mayGoOn())
            break;
        if (const Result<OpenedFile> opened = parts.files->open(file.path, request.reach);
            opened && !opened->isFolder)
            search.search(opened->descriptor, file.path);
        ++searched;
    }
    if (cancelled->load())
        return ToolOutcome::error(u"The search was stopped."_s);
    ToolOutcome outcome;
    const qsizetype lines = search.lines().size();
    outcome.summary = linesForPerson(lines);
    outcome.text =
        lines > 0
            ? search.lines().join(u'\n')
            : u"No line matches in %1 files. Ignored files (.gitignore) are not searched."_s.arg(searched);
    if (!search.mayGoOn())
        outcome.text +=
            u"\n[Ended early after %1 of %2 files, newest first. Narrow the regex, glob or path.]"_s
                .arg(searched)
                .arg(found->files.size());
    else if (!found->isComplete)
        outcome.text += u"\n[There was too much to look at all of it. Name a folder in path.]"_s;
    return outcome;
}

ToolSpec searchFilesSpec()
{
    return {u"search_files"_s,
        u"Find lines matching a Perl-compatible regex; answers path:line:text, newest files first. Ignored "
        u"and binary "
        u"files are left out."_s,
        {{u"regex"_s, ParameterType::String, true, {}, {}},
            {u"path"_s, ParameterType::Path, false, u"file or folder, default the project"_s, {}},
            {u"glob"_s, ParameterType::String, false, u"only these files"_s, {}}}};
}

} // namespace

SearchFilesTool::SearchFilesTool(FileToolParts parts)
    : FileTool(searchFilesSpec(), std::move(parts))
{
}

QFuture<Intent> SearchFilesTool::intent(const ToolCall &call)
{
    return readIntent(call.arguments.value(u"path"_s).toString(u"."_s));
}

QFuture<ToolOutcome> SearchFilesTool::run(const ToolCall &call)
{
    const Request request{QRegularExpression(call.arguments.value(u"regex"_s).toString()),
        call.arguments.value(u"path"_s).toString(), call.arguments.value(u"glob"_s).toString(),
        reachOf(call)};
    FileToolParts shared = parts();
    shared.pool.reset(); // a worker must never be the last to hold it
    return onPool([shared, request, cancelled = cancelFlag(call.id)] {
        if (!request.pattern.isValid())
            return ToolOutcome::error(
                u"regex is not valid: %1 (at character %2)."_s.arg(request.pattern.errorString())
                    .arg(request.pattern.patternErrorOffset()));
        if (!GlobPattern(request.glob).isValid())
            return ToolOutcome::error(
                u"glob \"%1\" cannot be read. Example: src/**/*.cpp"_s.arg(request.glob));
        return search(shared, request, cancelled);
    });
}

} // namespace Meanwhile::Tools
