// SPDX-License-Identifier: MIT
#include "tools/listfilestool.h"

#include "base/textlimits.h"
#include "tools/filewalk.h"
#include "tools/globpattern.h"
#include "tools/nearnames.h"
#include "tools/personwording.h"

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxListed = 500;
constexpr std::chrono::seconds kMaxTime{10};

struct Listed {
    QString path;
    qint64 modifiedNs = 0;
};

QString suffixOf(FolderEntry::Kind kind)
{
    switch (kind) {
    case FolderEntry::Kind::Folder:
        return u"/"_s;
    case FolderEntry::Kind::Link:
        return u"@"_s;
    case FolderEntry::Kind::File:
    case FolderEntry::Kind::Other:
        break;
    }
    return {};
}

ToolOutcome outcomeFor(QVector<Listed> entries, bool isComplete, bool hasGlob)
{
    std::stable_sort(entries.begin(), entries.end(),
        [](const Listed &a, const Listed &b) { return a.modifiedNs > b.modifiedNs; });
    ToolOutcome outcome;
    outcome.summary = entriesForPerson(entries.size());
    qsizetype shown = 0;
    for (const Listed &entry : std::as_const(entries)) {
        if (shown == kMaxListed || outcome.text.size() + entry.path.size() > kMaxToolTextChars)
            break;
        outcome.text += entry.path + u'\n';
        ++shown;
    }
    if (entries.isEmpty())
        outcome.text = hasGlob ? u"No file matches. Ignored files (.gitignore) are not listed."_s
                               : u"The folder is empty."_s;
    else if (shown < entries.size())
        outcome.text += u"[The newest %1 of %2. Narrow the glob or the path to see others.]"_s.arg(shown).arg(
            entries.size());
    if (!isComplete)
        outcome.text += u"\n[There was too much to look at all of it. Name a folder in path.]"_s;
    return outcome;
}

ToolOutcome list(const FileToolParts &parts, const QString &start, const QString &glob, const Reach &reach,
    const CancelFlag &cancelled)
{
    const GlobPattern pattern(glob);
    if (!pattern.isValid())
        return ToolOutcome::error(u"glob \"%1\" cannot be read. Example: src/**/*.cpp"_s.arg(glob));
    QVector<Listed> entries;
    FileWalk walk(parts, start, reach, cancelled, kMaxTime);
    const auto wants = [&](const QString &path, const FolderEntry &entry) {
        return glob.isEmpty() || (entry.kind != FolderEntry::Kind::Folder && pattern.matches(path));
    };
    const Result<void> walked =
        walk.run(!glob.isEmpty(), wants, [&](const QString &path, const FolderEntry &entry) {
            entries +=
                {joined(start, path) + (glob.isEmpty() ? suffixOf(entry.kind) : QString()), entry.modifiedNs};
        });
    if (cancelled->load())
        return ToolOutcome::error(u"The listing was stopped."_s);
    if (!walked) {
        if (walked.error().kind == ErrorKind::NotFound)
            return ToolOutcome::error(
                u"%1 does not exist. %2"_s.arg(start, nearNames(*parts.files, start, reach)));
        return outcomeOf(walked.error());
    }
    return outcomeFor(std::move(entries), walk.isComplete(), !glob.isEmpty());
}

ToolSpec listFilesSpec()
{
    return {u"list_files"_s,
        u"List a folder, or with a glob the files below it that match, newest first. Ignored files are left out."_s,
        {{u"glob"_s, ParameterType::String, false, u"e.g. *.py or src/**/*.h"_s, {}},
            {u"path"_s, ParameterType::Path, false, u"folder, default the project"_s, {}}}};
}

} // namespace

ListFilesTool::ListFilesTool(FileToolParts parts)
    : FileTool(listFilesSpec(), std::move(parts))
{
}

QFuture<Intent> ListFilesTool::intent(const ToolCall &call)
{
    return readIntent(call.arguments.value(u"path"_s).toString(u"."_s));
}

QFuture<ToolOutcome> ListFilesTool::run(const ToolCall &call)
{
    FileToolParts shared = parts();
    shared.pool.reset(); // a worker must never be the last to hold it
    return onPool(
        [shared, start = call.arguments.value(u"path"_s).toString(),
            glob = call.arguments.value(u"glob"_s).toString(), reach = reachOf(call),
            cancelled = cancelFlag(call.id)] { return list(shared, start, glob, reach, cancelled); });
}

} // namespace Meanwhile::Tools
