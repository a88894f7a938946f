// SPDX-License-Identifier: MIT
#include "notify/noticetext.h"

#include "base/hiddentext.h"
#include "base/overloaded.h"
#include "base/textlimits.h"

#include <QCoreApplication>
#include <QList>

#include <algorithm>

namespace Meanwhile::Notify {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostLegible = 100; // about three lines of a small notice
constexpr qsizetype kMostExcerpt = 100;
constexpr qsizetype kMostLabel = 60;
constexpr qsizetype kMostProjectName = 40;
constexpr qsizetype kMostEnds = 4;
constexpr QChar kIsolate(u'\u2068');
constexpr QChar kEndIsolate(u'\u2069');

QString tr(const char *text)
{
    return QCoreApplication::translate("Meanwhile::Notify", text);
}

bool isMarkup(char32_t c)
{
    return c == U'<' || c == U'>' || c == U'&';
}

// Takes as much room as two others, or may: so do Chinese and Korean, full-width letters and Roman numerals.
bool isWide(char32_t c)
{
    return c >= 0x500;
}

// Of scripts whose letters are as wide as one expects; elsewhere one sign may be as wide as a whole line.
bool hasKnownWidth(char32_t c)
{
    switch (QChar::script(c)) {
    case QChar::Script_Latin:
    case QChar::Script_Greek:
    case QChar::Script_Cyrillic:
    case QChar::Script_Han:
    case QChar::Script_Hangul:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
        return true;
    default:
        return c < 0x250;
    }
}

// A mark may lie upon what it belongs to, and blanks of other widths look like one or like none.
bool isPlain(char32_t c)
{
    return !isMarkup(c) && !mayBeUnseen(c) && !isFromRightToLeft(c) && hasKnownWidth(c) &&
           (QChar::isLetterOrNumber(c) || QChar::isPunct(c) || QChar::isSymbol(c));
}

// As it may stand among our own words, in one line; nothing where it cannot.
std::optional<QString> spelled(const QString &text, qsizetype maxChars, const Abilities &abilities)
{
    QString line;
    qsizetype count = 0;
    bool isIsolated = false;
    for (const char32_t c : text.trimmed().left(4 * maxChars).toUcs4()) {
        if (++count > maxChars) {
            line += u'…';
            break;
        }
        if (isMarkup(c) && !abilities.markup)
            return {};
        isIsolated |= isFromRightToLeft(c);
        if (c == U'\n')
            line += u" ↵ "_s;
        else if (QChar::isSpace(c))
            line += u' ';
        else if (mayBeUnseen(c))
            line += writtenOut(c);
        else if (isMarkup(c))
            line += QString(QChar(char16_t(c))).toHtmlEscaped();
        else
            line += QChar::fromUcs4(c);
    }
    return isIsolated ? kIsolate + line + kEndIsolate : line;
}

// Our own words, behind which the project's name may stand: no program reads it as anything but a name.
QString summaryOf(const QString &words, const QString &project)
{
    const QList<uint> name = project.toUcs4();
    const bool isSimple =
        !name.isEmpty() && name.size() <= kMostProjectName &&
        std::all_of(name.begin(), name.end(), [](uint c) {
            return (QChar::isLetterOrNumber(c) && isPlain(c)) || c == U'.' || c == U'-' || c == U'_';
        });
    return isSimple ? u"%1 · %2"_s.arg(words, project) : words;
}

QString waitingText(const Question &question, const Abilities &abilities)
{
    const std::optional<QString> subject = spelled(question.subject, kMostExcerpt, abilities);
    switch (question.kind) {
    case Question::Kind::Command:
        return subject ? *subject : tr("A command waits for your answer.");
    case Question::Kind::Read:
        return subject ? tr("To read %1").arg(*subject) : tr("A file is to be read.");
    case Question::Kind::Write:
        return subject ? tr("To write %1").arg(*subject) : tr("A file is to be written.");
    case Question::Kind::Stop:
        break;
    }
    return tr("A task is to be stopped.");
}

NoticeText questionText(const Notice &notice, const Abilities &abilities)
{
    NoticeText text;
    text.isUrgent = true;
    const Question &question = *notice.question;
    const bool isOnly = notice.moreQuestions == 0;
    text.summary = summaryOf(!isOnly              ? tr("%1 approvals needed").arg(notice.moreQuestions + 1)
                             : question.leavesBox ? tr("Run outside the box?")
                                                  : tr("Approval needed"),
        notice.project);
    text.body = isOnly ? waitingText(question, abilities) : tr("Open the session to answer them.");
    if (!abilities.actions)
        return text;
    text.actions = {QString::fromLatin1(kOpenKey), tr("Open")};
    if (isOnly && abilities.body && question.isOrdinary && question.kind == Question::Kind::Command &&
        isLegible(question.subject)) {
        text.body = question.subject;
        text.actions += {notice.keys.deny, tr("Deny"), notice.keys.run, tr("Run")};
    } else {
        text.actions += {QString::fromLatin1(kOpenButtonKey), tr("Open")};
    }
    return text;
}

// What a notice says of an end: above, and as a line below that.
struct EndWords {
    QString head;
    QString line;
};

EndWords wordsOf(const Tasks::Task &task, const Abilities &abilities)
{
    using Tasks::TaskState;
    const QString name = spelled(task.spec.command, kMostLabel, abilities).value_or(tr("A task"));
    const QString elapsed = formatElapsed(task.elapsed);
    switch (task.state) {
    case TaskState::Exited:
        if (task.exitCode == 0)
            return {tr("Task finished"), tr("%1 finished in %2").arg(name, elapsed)};
        return {
            tr("Task failed"), tr("%1: exit %2 after %3").arg(name, QString::number(task.exitCode), elapsed)};
    case TaskState::Signaled:
        return {
            tr("Task failed"), tr("%1: signal %2 after %3").arg(name, QString::number(task.signal), elapsed)};
    case TaskState::TimedOut:
        return {tr("Task failed"), tr("%1: timed out after %2").arg(name, elapsed)};
    case TaskState::Stopped:
        return {tr("Task ended"), tr("%1: stopped after %2").arg(name, elapsed)};
    case TaskState::FailedToStart:
        return {tr("Task failed"), tr("%1 could not be started").arg(name)};
    case TaskState::Queued:
    case TaskState::Starting:
    case TaskState::Running:
    case TaskState::Lost:
        break;
    }
    return {tr("Task ended"), tr("%1: lost, Meanwhile could not see how it ended").arg(name)};
}

EndWords wordsOf(const TurnEnd &end)
{
    const QString elapsed = formatElapsed(end.elapsed);
    if (end.how == TurnEnd::How::Failed)
        return {tr("Turn failed"), tr("The turn failed after %1").arg(elapsed)};
    const QString head = tr("Turn ended");
    if (end.waitingFor == 1)
        return {head, tr("The turn took %1; 1 task keeps running").arg(elapsed)};
    if (end.waitingFor > 1)
        return {head,
            tr("The turn took %1; %2 tasks keep running").arg(elapsed, QString::number(end.waitingFor))};
    return {head, tr("The turn took %1").arg(elapsed)};
}

EndWords wordsOf(const End &end, const Abilities &abilities)
{
    return std::visit(Overloaded{[&](const Tasks::Task &task) { return wordsOf(task, abilities); },
                          [](const TurnEnd &turn) { return wordsOf(turn); }},
        end);
}

NoticeText endsText(const Notice &notice, const Abilities &abilities)
{
    NoticeText text;
    const auto turn = std::find_if(notice.ends.begin(), notice.ends.end(),
        [](const End &end) { return std::holds_alternative<TurnEnd>(end); });
    const bool isOnly = notice.ends.size() == 1;
    const QString head = turn != notice.ends.end() ? wordsOf(std::get<TurnEnd>(*turn)).head
                         : isOnly                  ? wordsOf(notice.ends.first(), abilities).head
                                                   : tr("%1 tasks ended").arg(notice.ends.size());
    text.summary = summaryOf(head, notice.project);
    const qsizetype shown =
        notice.ends.size() > kMostEnds ? kMostEnds - 1 : notice.ends.size(); // one line says how many more
    QStringList lines;
    for (const End &end : notice.ends.last(shown))
        lines += wordsOf(end, abilities).line;
    if (const qsizetype more = notice.ends.size() - shown; more > 0)
        lines += tr("and %1 more").arg(more);
    // Some programs show all lines as one.
    text.body = lines.size() == 1 ? lines.first() : u"• "_s + lines.join(u"\n• "_s);
    if (abilities.actions)
        text.actions = {QString::fromLatin1(kOpenKey), tr("Open")};
    return text;
}

} // namespace

bool isLegible(const QString &command)
{
    if (command.isEmpty() || command.size() > kMostLegible)
        return false;
    qsizetype columns = 0;
    bool isBehindBlank = true;
    for (const char32_t c : command.toUcs4()) {
        if (c == U' ' ? isBehindBlank : !isPlain(c))
            return false;
        isBehindBlank = c == U' ';
        columns += isWide(c) ? 2 : 1;
    }
    return !isBehindBlank && columns <= kMostLegible;
}

NoticeText textOf(const Notice &notice, const Abilities &abilities)
{
    return notice.question ? questionText(notice, abilities) : endsText(notice, abilities);
}

} // namespace Meanwhile::Notify
