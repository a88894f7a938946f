// SPDX-License-Identifier: MIT
#include "tools/editfiletool.h"

#include "base/textlimits.h"
#include "project/nearnames.h"
#include "project/textencoding.h"
#include "tools/filechange.h"
#include "tools/personwording.h"
#include "tools/textedit.h"

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

Result<EditedText> edited(const FileChange &change, const CurrentFile &before, const TextEdit &edit)
{
    if (!before.stamp)
        return failure(
            ErrorKind::NotFound, u"%1 does not exist. %2"_s.arg(change.path,
                                     Project::nearNames(*change.files, change.path, change.reach)));
    if (before.isTooLarge)
        return failure(
            ErrorKind::TooLarge, u"%1 is larger than %2. Change it with a command such as sed."_s.arg(
                                     change.path, formatBytes(kMaxChangeBytes)));
    if (Project::looksBinary(before.bytes))
        return failure(ErrorKind::BinaryFile,
            u"%1 is a binary file and was left alone. Change it with a command that understands it."_s.arg(
                change.path));
    return applyEdit(before.bytes, edit, change.path);
}

ToolOutcome editFile(const FileChange &change, const TextEdit &edit)
{
    const Result<CurrentFile> before = change.current();
    if (!before)
        return outcomeOf(before.error());
    const Result<EditedText> after = edited(change, *before, edit);
    if (!after)
        return outcomeOf(after.error());
    const Result<QString> written = change.write(*before, after->bytes);
    if (!written)
        return outcomeOf(written.error());
    ToolOutcome outcome;
    outcome.summary = placesForPerson(after->lines.size());
    outcome.text = after->lines.size() == 1
                       ? u"Edited %1 at line %2."_s.arg(change.path, QString::number(after->lines.first()))
                       : u"Edited %1 in %2 places, the first at line %3."_s.arg(change.path)
                             .arg(after->lines.size())
                             .arg(after->lines.first());
    outcome.text += *written;
    outcome.diff = change.diff(before->bytes, after->bytes);
    return outcome;
}

ToolSpec editFileSpec()
{
    return {.name = u"edit_file"_s,
        .description =
            u"Replace a piece of text in a file. old_text must match exactly and occur once; include "
            u"neighbouring lines "
            u"to make it unique."_s,
        .schema = R"({"type":"object","properties":{"path":{"type":"string"},"old_text":{"type":"string"},)"
                  R"("new_text":{"type":"string"},)"
                  R"("replace_all":{"type":"boolean","description":"every occurrence"}},)"
                  R"("required":["path","old_text","new_text"]})"_ba,
        .effect = Effect::Write,
        .presentation = {.plain = tr("Edit"),
            .running = tr("Editing"),
            .done = tr("Edited"),
            .subject = {u"path"_s},
            .oldText = u"old_text"_s,
            .newText = u"new_text"_s},
        .paths = {u"path"_s},
        .fileTexts = {u"old_text"_s, u"new_text"_s}};
}

TextEdit editOf(const ToolCall &call)
{
    return {call.arguments.value(u"old_text"_s).toString(), call.arguments.value(u"new_text"_s).toString(),
        call.arguments.value(u"replace_all"_s).toBool()};
}

} // namespace

EditFileTool::EditFileTool(FileToolParts parts)
    : FileTool(editFileSpec(), std::move(parts))
{
}

QFuture<Intent> EditFileTool::intent(const ToolCall &call)
{
    const FileChange change(
        parts(), call.arguments.value(u"path"_s).toString(), Project::Reach::InsideProject);
    return onPool([change, edit = editOf(call)] {
        return writeIntent(change, true, [&](const CurrentFile &before) -> Result<QByteArray> {
            const Result<EditedText> after = edited(change, before, edit);
            if (!after)
                return failure(after.error());
            return after->bytes;
        });
    });
}

QFuture<ToolOutcome> EditFileTool::run(const ToolCall &call)
{
    const FileChange change(parts(), call.arguments.value(u"path"_s).toString(), reachOf(call));
    return onPool([change, edit = editOf(call)] { return editFile(change, edit); });
}

} // namespace Meanwhile::Tools
