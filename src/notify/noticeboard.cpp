// SPDX-License-Identifier: MIT
#include "notify/noticeboard.h"

#include <QRandomGenerator>

#include <algorithm>

namespace Meanwhile::Notify {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostEnds = 100;

// Any program of the person's can put words of its own under a notice of ours; a button that answers it can
// only come from here.
Notice::Keys newKeys()
{
    const auto number = [] { return QString::number(QRandomGenerator::system()->generate64(), 16); };
    return {u"run-"_s + number(), u"deny-"_s + number()};
}

bool isTurn(const End &end)
{
    return std::holds_alternative<TurnEnd>(end);
}

} // namespace

NoticeBoard::NoticeBoard(Notifier &notifier, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_notifier(notifier)
    , m_clock(clock)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatience);
    connect(&m_patience, &QTimer::timeout, this, &NoticeBoard::callForTheRest);
    connect(&notifier, &Notifier::acted, this, &NoticeBoard::act);
    connect(&notifier, &Notifier::closed, this, &NoticeBoard::noteClosed);
}

void NoticeBoard::setSwitches(const Switches &switches)
{
    if (m_switches == switches)
        return;
    m_switches = switches;
    const QStringList conversations = m_talks.keys();
    for (const QString &conversation : conversations) {
        m_talks[conversation].ended.removeIf(
            [&](const Ended &one) { return isTurn(one.end) ? !switches.turns : !switches.tasks; });
        refresh(conversation);
    }
}

void NoticeBoard::setInFront(bool isInFront)
{
    if (std::exchange(m_isInFront, isInFront) == isInFront)
        return;
    if (!isInFront)
        return m_patience.start();
    m_patience.stop();
    noteLookedAt();
}

void NoticeBoard::setShown(const QString &conversation)
{
    m_shown = conversation;
    noteLookedAt();
}

void NoticeBoard::setProject(const QString &conversation, const QString &name)
{
    m_talks[conversation].project = name;
}

void NoticeBoard::noteLookedAt()
{
    const auto talk = m_talks.find(m_shown);
    if (!m_isInFront || talk == m_talks.end())
        return;
    for (Asked &asked : talk->asked)
        asked.isCalled = false;
    talk->ended.clear();
    refresh(m_shown);
}

void NoticeBoard::ask(const QString &conversation, const Question &question)
{
    m_talks[conversation].asked.append({question, newKeys(), !m_isInFront && m_switches.approvals});
    if (!m_isInFront && m_switches.approvals)
        call(conversation);
}

void NoticeBoard::settle(const QString &conversation, const QString &callId)
{
    if (const auto talk = m_talks.find(conversation); talk != m_talks.end()) {
        talk->asked.removeIf([&](const Asked &asked) { return asked.question.callId == callId; });
        refresh(conversation);
    }
}

void NoticeBoard::startTurn(const QString &conversation)
{
    Talk &talk = m_talks[conversation];
    talk.turnStarted = m_clock.now();
    // That the last one has ended is no longer what there is to say.
    talk.ended.removeIf([](const Ended &one) { return isTurn(one.end); });
    refresh(conversation);
}

void NoticeBoard::endTurn(const QString &conversation, TurnEnd end)
{
    Talk &talk = m_talks[conversation];
    talk.asked.clear();
    const std::optional<std::chrono::milliseconds> started = std::exchange(talk.turnStarted, {});
    end.elapsed = started ? m_clock.now() - *started : std::chrono::milliseconds(0);
    if (m_switches.turns && end.how != TurnEnd::How::StoppedByPerson && end.elapsed > kLongTurn)
        addEnd(conversation, end);
    refresh(conversation);
}

void NoticeBoard::endTask(const QString &conversation, const TaskEnd &end)
{
    if (m_switches.tasks)
        addEnd(conversation, end);
}

void NoticeBoard::addEnd(const QString &conversation, const End &end)
{
    if (m_isInFront)
        return;
    QVector<Ended> &ended = m_talks[conversation].ended;
    ended.append({end});
    if (ended.size() > kMostEnds)
        ended.removeFirst();
    call(conversation);
}

void NoticeBoard::forget(const QString &conversation)
{
    if (m_talks.remove(conversation))
        m_notifier.withdraw(conversation);
}

void NoticeBoard::call(const QString &conversation)
{
    refresh(conversation);
    emit attentionWanted();
}

// The person saw these, or did not, and went on to something else.
void NoticeBoard::callForTheRest()
{
    if (!m_switches.approvals)
        return;
    const QStringList conversations = m_talks.keys();
    for (const QString &conversation : conversations) {
        bool isNew = false;
        for (Asked &asked : m_talks[conversation].asked)
            isNew |= !std::exchange(asked.isCalled, true);
        if (isNew)
            call(conversation);
    }
}

Notice NoticeBoard::noticeOf(const QString &conversation) const
{
    const Talk talk = m_talks.value(conversation);
    Notice notice;
    notice.conversation = conversation;
    notice.project = talk.project;
    if (m_switches.approvals) {
        for (const Asked &asked : talk.asked) {
            if (!asked.isCalled)
                continue;
            if (notice.question) {
                ++notice.moreQuestions;
            } else {
                notice.question = asked.question;
                notice.keys = asked.keys;
            }
        }
    }
    if (!notice.question) {
        for (const Ended &one : talk.ended)
            notice.ends.append(one.end);
    }
    return notice;
}

void NoticeBoard::refresh(const QString &conversation)
{
    Talk &talk = m_talks[conversation];
    // What was told before the question is not told once more behind it.
    if (talk.shown && talk.shown->question)
        talk.ended.removeIf([](const Ended &one) { return one.isTold; });
    const Notice notice = noticeOf(conversation);
    if (notice.isEmpty()) {
        if (std::exchange(talk.shown, {}))
            m_notifier.withdraw(conversation);
        return;
    }
    if (notice.question) {
        if (talk.shown == notice)
            return;
        for (Asked &asked : talk.asked)
            asked.since = m_clock.now();
    } else {
        if (std::all_of(talk.ended.begin(), talk.ended.end(), [](const Ended &one) { return one.isTold; }))
            return;
        for (Ended &one : talk.ended)
            one.isTold = true;
        const auto *task = std::get_if<TaskEnd>(&notice.ends.constLast());
        talk.lastTask = task ? task->taskId : QString();
    }
    talk.shown = notice;
    m_notifier.show(notice);
}

void NoticeBoard::act(const QString &conversation, const QString &key, const QString &token)
{
    const auto talk = m_talks.constFind(conversation);
    if (talk == m_talks.cend())
        return;
    const auto asked = std::find_if(talk->asked.begin(), talk->asked.end(),
        [&](const Asked &one) { return one.keys.run == key || one.keys.deny == key; });
    if (asked != talk->asked.end() && m_clock.now() - asked->since >= kArming) {
        const bool isAllowed = asked->keys.run == key;
        emit answered(conversation, QString(asked->question.callId), isAllowed);
    } else {
        emit openWanted(conversation, talk->asked.isEmpty() ? QString(talk->lastTask) : QString(), token);
    }
}

void NoticeBoard::noteClosed(const QString &conversation, bool byPerson)
{
    const auto talk = m_talks.find(conversation);
    if (talk == m_talks.end())
        return;
    talk->shown.reset();
    if (!byPerson)
        return;
    talk->ended.clear();
    for (Asked &asked : talk->asked)
        asked.isCalled = false;
}

} // namespace Meanwhile::Notify
