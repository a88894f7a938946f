// SPDX-License-Identifier: MIT
#include "base/textlimits.h"
#include "tasks/newsqueue.h"

#include <QRegularExpression>

// What the model reads. It is not translated, and nothing in it that a command printed or was called may look
// like a part of its frame.

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxCommandChars = 300;

/// Characters that are not seen but move, hide or split what is.
bool isInvisible(QChar c)
{
    const char16_t u = c.unicode();
    return u == 0x00ad || u == 0x061c || u == 0x200b || u == 0x200e || u == 0x200f ||
           (u >= 0x202a && u <= 0x202e) || (u >= 0x2060 && u <= 0x2069) || u == 0xfeff;
}

QString withoutElements(QString text)
{
    static const QRegularExpression element(
        u"<(?=[\\s/]*background-results)"_s, QRegularExpression::CaseInsensitiveOption);
    return text.replace(element, u"&lt;"_s);
}

QString escaped(QString text)
{
    static const QRegularExpression entry(
        u"(\\[\\s*bg\\s*)(?=:)"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression pointer(
        u"(full\\s+output\\s*)(?=:)"_s, QRegularExpression::CaseInsensitiveOption);
    text.removeIf(isInvisible);
    for (const QChar separator : {QChar(u'\r'), QChar(0x0085), QChar(0x2028), QChar(0x2029)})
        text.replace(separator, u' ');
    text = withoutElements(text);
    text.replace(entry, u"\\1\\"_s);
    text.replace(pointer, u"\\1\\"_s);
    return text;
}

QString oneLine(const QString &command)
{
    QString line = cleanText(command.toUtf8()).trimmed();
    line.replace(u"\r\n"_s, u"\n"_s).replace(u'\r', u'\n').replace(u"\n"_s, u" ⏎ "_s);
    return clipMiddle(line, kMaxCommandChars).replace(u'\n', u' ');
}

QString headLine(const Task &task)
{
    const QString duration =
        task.startedAt.isValid() ? u" after "_s + formatDuration(task.elapsed.count()) : QString();
    return u"[bg:%1] %2%3: "_s.arg(task.id, describeState(task), duration) +
           escaped(oneLine(task.spec.command));
}

void addIndented(QStringList &lines, const QString &text)
{
    for (const QString &line : escaped(text).split(u'\n'))
        lines.append(u"  "_s + line);
}

} // namespace

News endNews(const Task &task)
{
    QStringList lines{headLine(task)};
    if (const QString changes = describeChanges(task); !changes.isEmpty())
        lines.append(u"  "_s + escaped(changes));
    if (!task.failure.isEmpty())
        addIndented(lines, cleanText(task.failure.toUtf8()));
    if (const QString advice = adviceAfter(task); !advice.isEmpty())
        lines.append(u"  "_s + advice);
    if (task.state == TaskState::TimedOut)
        lines.append(u"  Its time limit was %1."_s.arg(formatDuration(task.spec.timeLimit.count())));
    if (!task.digest.isEmpty())
        addIndented(lines, task.digest);
    else if (task.failure.isEmpty())
        lines.append(task.outputBytes > 0 ? u"  (nothing readable in its output)"_s : u"  (no output)"_s);
    if (task.survivors > 0)
        lines.append(u"  Still running in the background: %1 of its processes."_s.arg(task.survivors));
    if (task.outputBytes > 0) {
        lines.append(u"  full output: "_s + describeOutput(task));
    }
    // What quitting stopped is reported when the person continues, not before.
    const bool mayWake = task.state != TaskState::Stopped || task.stoppedBy != StoppedBy::Quit;
    // As a whole: an element may begin in one part and end in the next.
    return {NewsId::endOf(task.id), withoutElements(lines.join(u'\n')),
        mayWake ? task.spec.wake : WakePolicy::NextTurn, !task.isSuccess()};
}

QString renderNews(const QVector<News> &news)
{
    QString text = u"<background-results>\n"_s;
    for (const News &one : news)
        text += one.text + u'\n';
    return text + u"</background-results>"_s;
}

} // namespace Meanwhile::Tasks
