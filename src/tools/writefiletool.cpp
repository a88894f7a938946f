// SPDX-License-Identifier: MIT
#include "tools/writefiletool.h"

#include "base/hiddentext.h"
#include "base/textlimits.h"
#include "project/textencoding.h"
#include "tools/filechange.h"
#include "tools/personwording.h"

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

QString changeInWords(const Project::TextInForm &made)
{
    const QString old = Project::nameOf(made.before);
    if (!made.lacking.isEmpty())
        return u", UTF-8 (was %1, which has no %2)"_s.arg(old, made.lacking);
    if (made.before.kind == Project::TextEncoding::Kind::Unknown)
        return u", UTF-8 (was in no known encoding)"_s;
    return made.before.isCertain ? u", UTF-8 (was %1)"_s.arg(old)
                                 : u", UTF-8 (was another encoding, perhaps %1)"_s.arg(old);
}

// Empty where the file is what such files are.
QString formInWords(const Project::TextInForm &made)
{
    const bool isPlain = made.encoding == Project::TextEncoding{};
    const QString changed = made.before == made.encoding ? QString() : changeInWords(made);
    QStringList words;
    if (!isPlain)
        words += Project::nameOf(made.encoding);
    if (made.isCrLf)
        words += u"CR LF"_s;
    return changed + (words.isEmpty() ? QString() : u", in %1 as it was"_s.arg(words.join(u" and "_s)));
}

// What cannot be seen was shown written out; a whole text that repeats it means what was in the file.
QString asInFile(const CurrentFile &before, const QString &text)
{
    if (before.bytes.isEmpty() || unescapeHidden(text) == text || Project::looksBinary(before.bytes))
        return text;
    const QString old = Project::decode(before.bytes, Project::detectEncoding(before.bytes));
    return unescapeHidden(old) == old && escapeHidden(old) != old ? unescapeHidden(text) : text;
}

ToolOutcome write(const FileChange &change, const QString &text)
{
    const Result<CurrentFile> before = change.current();
    if (!before)
        return outcomeOf(before.error());
    if (const Result<void> checked = change.checkSeen(*before); !checked)
        return outcomeOf(checked.error());
    const Project::TextInForm made = Project::inFormOf(before->bytes, asInFile(*before, text));
    const QByteArray &content = made.bytes;
    ToolOutcome outcome;
    outcome.summary = linesForPerson(lineCount(text));
    const QString size =
        u"%1, %2%3"_s.arg(linesInWords(lineCount(text)), formatBytes(content.size()), formInWords(made));
    if (before->stamp && !before->isTooLarge && before->bytes == content) {
        outcome.text = u"%1 already holds exactly this (%2); it was left as it is."_s.arg(change.path, size);
        outcome.summary = noChangeForPerson();
        outcome.diff = u"--- %1\n+++ %1\n"_s.arg(change.path);
        return outcome;
    }
    const Result<QString> written = change.write(*before, content);
    if (!written)
        return outcomeOf(written.error());
    outcome.text = before->stamp ? u"Replaced %1: now %2."_s.arg(change.path, size)
                                 : u"Created %1: %2."_s.arg(change.path, size);
    outcome.text += *written;
    outcome.diff = before->isTooLarge ? QString() : change.diff(before->bytes, content);
    return outcome;
}

ToolSpec writeFileSpec()
{
    return {.name = u"write_file"_s,
        .description =
            u"Create a file or replace all of it; missing folders are made. To change a part, use edit_file."_s,
        .schema = R"({"type":"object","properties":{"path":{"type":"string"},"content":{"type":"string"}},)"
                  R"("required":["path","content"]})"_ba,
        .effect = Effect::Write,
        .presentation = {.plain = tr("Write"),
            .running = tr("Writing"),
            .done = tr("Wrote"),
            .created = tr("Created"),
            .subject = {u"path"_s},
            .newText = u"content"_s},
        .paths = {u"path"_s},
        .fileTexts = {u"content"_s}};
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
    const FileChange change(
        parts(), call.arguments.value(u"path"_s).toString(), Project::Reach::InsideProject);
    return onPool([change, content = contentOf(call)] {
        return writeIntent(change, false, [&](const CurrentFile &before) {
            return Project::inFormOf(before.bytes, asInFile(before, content)).bytes;
        });
    });
}

QFuture<ToolOutcome> WriteFileTool::run(const ToolCall &call)
{
    const FileChange change(parts(), call.arguments.value(u"path"_s).toString(), reachOf(call));
    return onPool([change, content = contentOf(call)] { return write(change, content); });
}

} // namespace Meanwhile::Tools
