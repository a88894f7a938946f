// SPDX-License-Identifier: MIT
#include "tools/writefiletool.h"

#include "base/textlimits.h"
#include "tools/filechange.h"
#include "tools/personwording.h"
#include "tools/textencoding.h"

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

qsizetype lineCount(const QString &text)
{
    return text.count(u'\n') + (text.isEmpty() || text.endsWith(u'\n') ? 0 : 1);
}

QString linesInWords(qsizetype lines)
{
    return lines == 1 ? u"1 line"_s : u"%1 lines"_s.arg(lines);
}

// Empty where the file is what such files are.
QString formInWords(const TextInForm &made)
{
    QStringList words;
    switch (made.encoding) {
    case TextEncoding::Utf8:
        break;
    case TextEncoding::Utf8WithBom:
        words += u"UTF-8 with a byte order mark"_s;
        break;
    case TextEncoding::Utf16Le:
    case TextEncoding::Utf16Be:
        words += u"UTF-16"_s;
        break;
    case TextEncoding::Latin1:
        words += u"Latin-1"_s;
        break;
    }
    if (made.isCrLf)
        words += u"CR LF"_s;
    return words.isEmpty() ? QString() : u", in %1 as it was"_s.arg(words.join(u" and "_s));
}

ToolOutcome write(const FileChange &change, const QString &text)
{
    const Result<CurrentFile> before = change.current();
    if (!before)
        return outcomeOf(before.error());
    if (const Result<void> checked = change.checkSeen(*before); !checked)
        return outcomeOf(checked.error());
    const TextInForm made = inFormOf(before->bytes, text);
    const QByteArray &content = made.bytes;
    ToolOutcome outcome;
    outcome.summary = linesForPerson(lineCount(text));
    const QString size =
        u"%1, %2%3"_s.arg(linesInWords(lineCount(text)), formatBytes(content.size()), formInWords(made));
    if (before->stamp && !before->isTooLarge && before->bytes == content) {
        outcome.text = u"%1 already holds exactly this (%2); it was left as it is."_s.arg(change.path, size);
        return outcome;
    }
    if (const Result<void> written = change.write(*before, content); !written)
        return outcomeOf(written.error());
    outcome.text = before->stamp ? u"Replaced %1: now %2."_s.arg(change.path, size)
                                 : u"Created %1: %2."_s.arg(change.path, size);
    outcome.diff = before->isTooLarge ? QString() : change.diff(before->bytes, content);
    return outcome;
}

ToolSpec writeFileSpec()
{
    return {u"write_file"_s,
        u"Create a file or replace all of it; missing folders are made. To change a part, use edit_file."_s,
        {{u"path"_s, ParameterType::String, true, {}, {}},
            {u"content"_s, ParameterType::String, true, {}, {}}}};
}

QString contentOf(const ToolCall &call)
{
    return call.arguments.value(u"content"_s).toString();
}

} // namespace

WriteFileTool::WriteFileTool(FileToolParts parts)
    : FileTool(writeFileSpec(), std::move(parts))
{
}

QFuture<Intent> WriteFileTool::intent(const ToolCall &call)
{
    const FileChange change(parts(), call.arguments.value(u"path"_s).toString(), Reach::InsideProject);
    return onPool([change, content = contentOf(call)] {
        return writeIntent(
            change, false, [&](const CurrentFile &before) { return inFormOf(before.bytes, content).bytes; });
    });
}

QFuture<ToolOutcome> WriteFileTool::run(const ToolCall &call)
{
    const FileChange change(parts(), call.arguments.value(u"path"_s).toString(), reachOf(call));
    return onPool([change, content = contentOf(call)] { return write(change, content); });
}

} // namespace Meanwhile::Tools
