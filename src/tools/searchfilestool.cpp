// SPDX-License-Identifier: MIT
#include "tools/searchfilestool.h"

#include "tools/filesearch.h"

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

ToolSpec searchFilesSpec()
{
    return {u"search_files"_s,
        u"Find lines matching a regex (one line at a time; no look-around); answers path:line:text, newest "
        u"files first. Ignored and binary files are left out."_s,
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
