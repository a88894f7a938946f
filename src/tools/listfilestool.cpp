// SPDX-License-Identifier: MIT
#include "tools/listfilestool.h"

#include "base/pathtext.h"
#include "base/textlimits.h"
#include "project/filewalk.h"
#include "project/globpattern.h"
#include "project/nearnames.h"
#include "tools/lookednotes.h"
#include "tools/personwording.h"

#include <QDir>

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxListed = 500;
constexpr qsizetype kRoomForNotes = 2'000;
constexpr std::chrono::seconds kMaxTime{10};

struct Listed {
    QString path;
    qint64 modifiedNs = 0;
};

struct Request {
    QString start;
    QString glob;
    Project::Reach reach;
};

QString suffixOf(Project::FolderEntry::Kind kind)
{
    switch (kind) {
    case Project::FolderEntry::Kind::Folder:
        return u"/"_s;
    case Project::FolderEntry::Kind::Link:
        return u"@"_s;
    case Project::FolderEntry::Kind::File:
    case Project::FolderEntry::Kind::Other:
        break;
    }
    return {};
}

QString nothingFound(const Request &request, const Project::FileWalk::LeftOut &leftOut)
{
    const bool hasGlob = !request.glob.isEmpty();
    if (leftOut.isRestUnknown || !leftOut.unreadable.isEmpty())
        return u"Nothing was found in what was looked at, which is not all."_s;
    if (hasGlob && request.glob.contains(u'/') && !request.start.isEmpty())
        return u"No file matches. The glob counts from %1."_s.arg(request.start);
    if (hasGlob)
        return u"No file matches."_s;
    return leftOut.ignored > 0 ? u"Git ignores all that is in the folder."_s : u"The folder is empty."_s;
}

ToolOutcome outcomeFor(
    QVector<Listed> entries, const Request &request, const Project::FileWalk::LeftOut &leftOut)
{
    std::stable_sort(entries.begin(), entries.end(),
        [](const Listed &a, const Listed &b) { return a.modifiedNs > b.modifiedNs; });
    ToolOutcome outcome;
    outcome.summary = entriesForPerson(entries.size());
    qsizetype shown = 0;
    for (const Listed &entry : std::as_const(entries)) {
        if (shown == kMaxListed ||
            outcome.text.size() + entry.path.size() > kMaxToolTextChars - kRoomForNotes)
            break;
        outcome.text += entry.path + u'\n';
        ++shown;
    }
    if (entries.isEmpty())
        outcome.text = nothingFound(request, leftOut) + u'\n';
    else if (shown < entries.size())
        outcome.text +=
            u"[The newest %1 of %2. Narrow the glob or the path to see others.]\n"_s.arg(shown).arg(
                entries.size());
    if (leftOut.ignored > 0 && (request.glob.isEmpty() || entries.isEmpty()))
        outcome.text += u"[Left out, since git ignores it: %1]\n"_s.arg(
            someOf(namesOf(leftOut.someIgnored, request.start), leftOut.ignored));
    outcome.text += leftOutInWords(leftOut, request.start).mid(1);
    while (outcome.text.endsWith(u'\n'))
        outcome.text.chop(1);
    return outcome;
}

ToolOutcome list(const FileToolParts &parts, const Request &request, const Project::CancelFlag &cancelled)
{
    const QString start = QDir::cleanPath(parts.files->absolute(request.start));
    const bool isDeep = !request.glob.isEmpty();
    const Result<Project::GlobPattern> glob =
        Project::GlobPattern::below(start, parts.files->folder(), isDeep ? request.glob : u"*"_s);
    if (!glob)
        return ToolOutcome::error(glob.error().message);
    QVector<Listed> entries;
    Project::FileWalk walk(
        parts.files, parts.git, request.start, request.reach, cancelled, QDeadlineTimer(kMaxTime));
    const Result<void> walked = walk.run(
        isDeep, [&](const Descriptor &folder, const QByteArray &path, const Project::FolderEntry &entry) {
            const QString name = pathToText(path);
            if (isDeep && (entry.kind == Project::FolderEntry::Kind::Folder || !glob->matches(name)))
                return;
            entries += {Project::joined(request.start, name) + (isDeep ? QString() : suffixOf(entry.kind)),
                Project::modifiedNs(folder, entry.name)};
        });
    if (cancelled->load())
        return ToolOutcome::error(u"The listing was stopped."_s);
    if (!walked) {
        if (walked.error().kind == ErrorKind::NotFound)
            return ToolOutcome::error(u"%1 does not exist. %2"_s.arg(
                request.start, Project::nearNames(*parts.files, request.start, request.reach)));
        return outcomeOf(walked.error());
    }
    return outcomeFor(std::move(entries), request, walk.leftOut());
}

ToolSpec listFilesSpec()
{
    return {.name = u"list_files"_s,
        .description =
            u"List a folder, or with a glob the files below it that match, newest first. Ignored files are left out."_s,
        .schema = R"({"type":"object","properties":{)"
                  R"("glob":{"type":"string","description":"e.g. *.py or src/**/*.h"},)"
                  R"("path":{"type":"string","description":"folder, default the project"}}})"_ba,
        .effect = Effect::Read,
        .presentation = {.plain = tr("List"),
            .running = tr("Listing"),
            .done = tr("Listed"),
            .subject = {u"pattern"_s, u"glob"_s, u"regex"_s, u"query"_s, u"path"_s}},
        .paths = {u"path"_s}};
}

} // namespace

ListFilesTool::ListFilesTool(FileToolParts parts)
    : FileTool(listFilesSpec(), std::move(parts))
{
}

QFuture<Intent> ListFilesTool::intent(const ToolCall &call)
{
    return readIntent(call.arguments.value(u"path"_s).toString(u"."_s), Intent::Reading::Names);
}

QFuture<ToolOutcome> ListFilesTool::run(const ToolCall &call)
{
    FileToolParts shared = parts();
    shared.pool.reset(); // a worker must never be the last to hold it
    const Request request{call.arguments.value(u"path"_s).toString(),
        call.arguments.value(u"glob"_s).toString(), reachOf(call)};
    return onPool(
        [shared, request, cancelled = cancelFlag(call.id)] { return list(shared, request, cancelled); });
}

} // namespace Meanwhile::Tools
