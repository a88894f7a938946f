// SPDX-License-Identifier: MIT
#include "models/toolline.h"

#include "base/textlimits.h"
#include "models/difflines.h"
#include "models/visibletext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace Meanwhile::Models {

using namespace Qt::StringLiterals;
using CallState = TranscriptRow::CallState;

namespace {

constexpr qsizetype kMaxSubjectChars = 200;
constexpr qsizetype kMaxSummaryChars = 80;

QString tr(const char *text)
{
    return QCoreApplication::translate("Meanwhile::Models", text);
}

struct Verbs {
    QString tool;
    QString plain;   ///< being written, waiting for an answer, or it came to nothing
    QString running; ///< under way
    QString done;
};

Verbs verbsOf(const QString &tool)
{
    if (tool == u"bash"_s)
        return {tool, tr("Run"), tr("Running"), tr("Ran")};
    if (tool == u"read_file"_s)
        return {tool, tr("Read"), tr("Reading"), tr("Read")};
    if (tool == u"write_file"_s)
        return {tool, tr("Write"), tr("Writing"), tr("Wrote")};
    if (tool == u"edit_file"_s)
        return {tool, tr("Edit"), tr("Editing"), tr("Edited")};
    if (tool == u"search_files"_s)
        return {tool, tr("Search"), tr("Searching"), tr("Searched")};
    if (tool == u"list_files"_s)
        return {tool, tr("List"), tr("Listing"), tr("Listed")};
    if (tool == u"check_background"_s)
        return {tool, tr("Check"), tr("Checking"), tr("Checked")};
    if (tool == u"wait_background"_s)
        return {tool, tr("Wait for"), tr("Waiting for"), tr("Waited for")};
    if (tool == u"stop_background"_s)
        return {tool, tr("Stop"), tr("Stopping"), tr("Stopped")};
    return {tool, tr("Call"), tr("Calling"), tr("Called")};
}

QString valueText(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return value.toString();
    case QJsonValue::Array:
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    case QJsonValue::Object:
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    default:
        return value.toVariant().toString();
    }
}

/// "name: value" a line; values of several lines stand below their name.
QString argumentLines(const QJsonObject &arguments, const QStringList &without)
{
    QStringList lines;
    for (auto it = arguments.begin(); it != arguments.end(); ++it) {
        if (without.contains(it.key()))
            continue;
        const QString value = valueText(it.value());
        lines.append(it.key() + (value.contains(u'\n') ? u":\n"_s : u": "_s) + value);
    }
    return lines.join(u'\n');
}

QString prefixed(const QString &text, QChar sign)
{
    QString lines;
    QStringView rest(text);
    if (rest.endsWith(u'\n'))
        rest.chop(1);
    for (const QStringView line : rest.split(u'\n')) {
        lines += sign;
        lines += line;
        lines += u'\n';
    }
    return lines;
}

QString diffFromArguments(const QString &tool, const QJsonObject &arguments)
{
    const QString path = arguments.value("path"_L1).toString();
    if (tool == u"write_file"_s && !arguments.value("content"_L1).toString().isEmpty())
        return u"--- /dev/null\n+++ %1\n"_s.arg(path) +
               prefixed(arguments.value("content"_L1).toString(), u'+');
    if (tool != u"edit_file"_s)
        return {};
    const QString before = arguments.value("old_text"_L1).toString();
    const QString after = arguments.value("new_text"_L1).toString();
    QString diff = u"--- %1\n+++ %1\n"_s.arg(path);
    diff += before.isEmpty() ? QString() : prefixed(before, u'-');
    diff += after.isEmpty() ? QString() : prefixed(after, u'+');
    return before.isEmpty() && after.isEmpty() ? QString() : diff;
}

QStringList namedTasks(const QJsonObject &arguments)
{
    QStringList ids;
    if (const QString id = arguments.value("task_id"_L1).toString(); !id.isEmpty())
        ids.append(id);
    const QJsonValue many = arguments.value("task_ids"_L1);
    if (many.isString())
        ids.append(many.toString());
    for (const auto &id : many.toArray())
        ids.append(id.toString());
    return ids;
}

QString verbFor(const TranscriptRow &row, const Tasks::Task *task)
{
    const bool isBackground =
        row.tool == u"background_run"_s ||
        (task && !task->hasEnded() &&
            (!task->spec.foreground || row.callState == CallState::Interrupted)); // nothing waits for it
    if (isBackground)
        return row.taskId.isEmpty() ? tr("Task") : tr("Task %1").arg(shortTaskId(row.taskId));
    const Verbs verbs = verbsOf(row.tool);
    switch (row.callState) {
    case CallState::Running:
        return verbs.running;
    case CallState::Done:
        return row.tool == u"write_file"_s && isOfNewFile(row.diff) ? tr("Created") : verbs.done;
    case CallState::Failed:
    case CallState::Stopped:
        return row.tool == u"bash"_s && !row.taskId.isEmpty() ? verbs.done : verbs.plain;
    case CallState::Interrupted:
        return row.tool == u"bash"_s && task ? verbs.done : verbs.plain;
    default:
        return verbs.plain;
    }
}

void setState(TranscriptRow &row, const QString &shape, Tone tone, const QString &summary)
{
    row.shape = shape;
    row.tone = tone;
    row.summary = summary;
    row.elapsed.clear();
}

void setTaskState(TranscriptRow &row, const Tasks::Task &task, std::chrono::milliseconds elapsed)
{
    const TaskStatus status = statusOf(task);
    const bool hasRun = task.hasEnded() && task.state != Tasks::TaskState::FailedToStart;
    setState(row, status.shape, status.tone, status.word);
    if (task.state == Tasks::TaskState::Running || hasRun)
        row.elapsed = formatElapsed(elapsed);
}

} // namespace

CallDescription describeCall(const QString &tool, const QByteArray &input)
{
    CallDescription call;
    const QJsonDocument document = QJsonDocument::fromJson(input);
    if (!document.isObject()) {
        call.input = cleanText(input);
        call.subject = visibleCommand(call.input, kMaxSubjectChars);
        return call;
    }
    const QJsonObject arguments = document.object();
    const auto text = [&](QLatin1StringView name) { return arguments.value(name).toString(); };
    call.taskIds = namedTasks(arguments);
    call.diff = diffFromArguments(tool, arguments);
    QString subject;
    QStringList without;
    if (tool == u"bash"_s || tool == u"background_run"_s) {
        call.command = text("command"_L1);
        subject = call.command;
        without = {u"command"_s};
    } else if (tool == u"read_file"_s || tool == u"write_file"_s || tool == u"edit_file"_s) {
        subject = text("path"_L1);
        without = {u"content"_s, u"old_text"_s, u"new_text"_s};
    } else if (tool == u"list_files"_s || tool == u"search_files"_s) {
        for (const auto name : {"pattern"_L1, "glob"_L1, "regex"_L1, "query"_L1, "path"_L1}) {
            if (const QString part = text(name); !part.isEmpty())
                subject += (subject.isEmpty() ? QString() : u" · "_s) + part;
        }
    } else if (tool.endsWith(u"_background"_s)) {
        subject = call.taskIds.isEmpty() ? tr("all tasks") : call.taskIds.join(u", "_s);
    } else {
        subject = tool;
    }
    call.subject = visibleCommand(subject, kMaxSubjectChars);
    const QString others = argumentLines(arguments, without);
    call.input = call.command + (call.command.isEmpty() || others.isEmpty() ? QString() : u"\n"_s) + others;
    return call;
}

void refreshLine(
    TranscriptRow &row, const QString &answer, const Tasks::Task *task, std::chrono::milliseconds elapsed)
{
    row.verb = verbFor(row, task);
    row.waitsForTask =
        task && task->spec.foreground && !task->hasEnded() && row.callState == CallState::Running;
    const bool begun = row.callState != CallState::Writing && row.callState != CallState::Asking;
    if (task && begun && row.callState != CallState::Denied) {
        setTaskState(row, *task, elapsed);
        return;
    }
    const bool saysWhy = row.callState == CallState::Failed || row.callState == CallState::Refused;
    QString said = answer.isEmpty() && saysWhy ? row.output.section(u'\n', 0, 0) : answer;
    if (const QString stat = toString(countChanges(row.diff));
        !stat.isEmpty() && row.callState == CallState::Done)
        said = stat;
    said = visibleLine(said, kMaxSummaryChars);
    switch (row.callState) {
    case CallState::Writing:
        setState(row, u"◌"_s, Tone::Waiting, {});
        break;
    case CallState::Asking:
        setState(row, u"◆"_s, Tone::Waiting, tr("waiting for approval"));
        break;
    case CallState::Running:
        setState(row, u"◐"_s, Tone::Active, {});
        break;
    case CallState::Done:
        setState(row, u"✓"_s, Tone::Done, said);
        break;
    case CallState::Failed:
        setState(row, u"✕"_s, Tone::Failed, said.isEmpty() ? tr("failed") : said);
        break;
    case CallState::Refused:
        setState(row, u"✕"_s, Tone::Failed, said.isEmpty() ? tr("not run") : said);
        break;
    case CallState::Denied:
        setState(row, u"■"_s, Tone::Ended, tr("denied"));
        break;
    case CallState::Stopped:
        setState(row, u"■"_s, Tone::Ended, tr("stopped"));
        break;
    case CallState::Interrupted:
        setState(row, u"■"_s, Tone::Ended, tr("interrupted"));
        break;
    case CallState::NotBegun:
        setState(row, u"■"_s, Tone::Ended, tr("not run"));
        break;
    }
}

void sayTaskIsElsewhere(TranscriptRow &row)
{
    setState(row, u"?"_s, Tone::Ended, tr("not a task of this session"));
}

QString shortTaskId(const QString &taskId)
{
    return taskId.left(4);
}

} // namespace Meanwhile::Models
