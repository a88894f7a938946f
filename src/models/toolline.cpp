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

/// Of a tool that says nothing of itself: it is called by its name.
Tools::ToolPresentation calledByName()
{
    Tools::ToolPresentation words;
    words.plain = tr("Call");
    words.running = tr("Calling");
    words.done = tr("Called");
    return words;
}

Tools::ToolPresentation presentationOf(const Tools::ToolPresentations &tools, const QString &tool)
{
    const auto known = tools.constFind(tool);
    return known == tools.cend() ? calledByName() : *known;
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

/// Empty where the tool has no such argument.
QString textOf(const QJsonObject &arguments, const QString &name)
{
    return name.isEmpty() ? QString() : arguments.value(name).toString();
}

// What is put in the place of nothing is a whole file.
QString diffFromArguments(
    const Tools::ToolPresentation &tool, const QString &path, const QJsonObject &arguments)
{
    const QString before = textOf(arguments, tool.oldText);
    const QString after = textOf(arguments, tool.newText);
    if (before.isEmpty() && after.isEmpty())
        return {};
    QString diff = u"--- %1\n+++ %2\n"_s.arg(tool.oldText.isEmpty() ? u"/dev/null"_s : path, path);
    diff += before.isEmpty() ? QString() : prefixed(before, u'-');
    diff += after.isEmpty() ? QString() : prefixed(after, u'+');
    return diff;
}

QStringList namedTasks(const Tools::ToolPresentation &tool, const QJsonObject &arguments)
{
    QStringList ids;
    for (const QString &name : tool.tasks) {
        const QJsonValue named = arguments.value(name);
        if (const QString id = named.toString(); !id.isEmpty())
            ids.append(id);
        for (const auto &id : named.toArray())
            ids.append(id.toString());
    }
    return ids;
}

QString subjectOf(const Tools::ToolPresentation &tool, const QJsonObject &arguments)
{
    QStringList parts;
    for (const QString &name : tool.subject)
        parts.append(arguments.value(name).toString());
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

QString verbFor(const TranscriptRow &row, const Tools::ToolPresentation &tool, const Tasks::Task *task)
{
    const bool isBackground =
        tool.isTask ||
        (task && !task->hasEnded() &&
            (!task->spec.foreground || row.callState == CallState::Interrupted)); // nothing waits for it
    if (isBackground)
        return row.taskId.isEmpty() ? tr("Task") : tr("Task %1").arg(shortTaskId(row.taskId));
    const bool isCommand = !tool.command.isEmpty();
    switch (row.callState) {
    case CallState::Running:
        return tool.running;
    case CallState::Done:
        return !tool.created.isEmpty() && isOfNewFile(row.diff) ? tool.created : tool.done;
    case CallState::Failed:
    case CallState::Stopped:
        return isCommand && !row.taskId.isEmpty() ? tool.done : tool.plain;
    case CallState::Interrupted:
        return isCommand && task ? tool.done : tool.plain;
    default:
        return tool.plain;
    }
}

void setState(TranscriptRow &row, const QString &shape, Tone tone, const QString &summary)
{
    row.shape = shape;
    row.tone = tone;
    row.summary = summary;
    row.elapsed.clear();
    row.outside.clear();
    row.outsideTip.clear();
}

void setTaskState(TranscriptRow &row, const Tasks::Task &task, std::chrono::milliseconds elapsed)
{
    const TaskStatus status = statusOf(task);
    const bool hasRun = task.hasEnded() && task.state != Tasks::TaskState::FailedToStart;
    setState(row, status.shape, status.tone, status.word);
    row.outside = outsideText(task);
    row.outsideTip = explainOutside(task);
    if (task.state == Tasks::TaskState::Running || hasRun)
        row.elapsed = formatElapsed(elapsed);
}

} // namespace

CallDescription describeCall(
    const Tools::ToolPresentations &tools, const QString &tool, const QByteArray &input)
{
    CallDescription call;
    const QJsonDocument document = QJsonDocument::fromJson(input);
    if (!document.isObject()) {
        call.input = cleanText(input);
        call.subject = visibleCommand(call.input, kMaxSubjectChars);
        return call;
    }
    const Tools::ToolPresentation known = presentationOf(tools, tool);
    const QJsonObject arguments = document.object();
    call.command = textOf(arguments, known.command);
    call.taskIds = namedTasks(known, arguments);
    QString subject = call.command;
    if (!known.tasks.isEmpty())
        subject = call.taskIds.isEmpty() ? tr("all tasks") : call.taskIds.join(u", "_s);
    else if (!known.subject.isEmpty())
        subject = subjectOf(known, arguments);
    else if (known.command.isEmpty())
        subject = tool;
    call.diff = diffFromArguments(known, subject, arguments);
    call.subject = visibleCommand(subject, kMaxSubjectChars);
    QStringList shown{known.command, known.oldText, known.newText};
    shown.removeAll(QString());
    const QString others = argumentLines(arguments, shown);
    call.input = call.command + (call.command.isEmpty() || others.isEmpty() ? QString() : u"\n"_s) + others;
    return call;
}

void refreshLine(TranscriptRow &row, const Tools::ToolPresentations &tools, const QString &answer,
    const Tasks::Task *task, std::chrono::milliseconds elapsed)
{
    row.verb = verbFor(row, presentationOf(tools, row.tool), task);
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
