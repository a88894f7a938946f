// SPDX-License-Identifier: MIT
#include "tools/searchfilestool.h"

#include "tools/filesearch.h"
#include "tools/personwording.h"

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

ToolSpec searchFilesSpec()
{
    return {.name = u"search_files"_s,
        .description = u"Find lines matching a regex (one line at a time; no look-around); answers "
                       u"path:line:text, newest "
                       u"files first. Ignored and binary files are left out."_s,
        .schema = R"({"type":"object","properties":{"regex":{"type":"string"},)"
                  R"("path":{"type":"string","description":"file or folder, default the project"},)"
                  R"("glob":{"type":"string","description":"only these files"}},"required":["regex"]})"_ba,
        .effect = Effect::Read,
        .presentation = {.plain = tr("Search"),
            .running = tr("Searching"),
            .done = tr("Searched"),
            .subject = {u"pattern"_s, u"glob"_s, u"regex"_s, u"query"_s, u"path"_s}},
        .paths = {u"path"_s}};
}

} // namespace

SearchFilesTool::SearchFilesTool(FileToolParts parts)
    : FileTool(searchFilesSpec(), std::move(parts))
{
}

QFuture<Intent> SearchFilesTool::intent(const ToolCall &call)
{
    return readIntent(call.arguments.value(u"path"_s).toString(u"."_s), Intent::Reading::Lines);
}

QFuture<ToolOutcome> SearchFilesTool::run(const ToolCall &call)
{
    const FileSearch::Request request{call.arguments.value(u"regex"_s).toString(),
        call.arguments.value(u"path"_s).toString(), call.arguments.value(u"glob"_s).toString(), reachOf(call),
        call.allowedSecrets};
    FileToolParts shared = parts();
    shared.pool.reset(); // a worker must never be the last to hold it
    return onPool([shared, request, cancelled = cancelFlag(call.id)] {
        return FileSearch(shared, request, cancelled).run();
    });
}

} // namespace Meanwhile::Tools
