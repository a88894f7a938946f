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
    connect(&m_patience, &QTimer::timeout, this, &NoticeBoard::notifyOfTheRest);
    connect(&notifier, &Notifier::shown, this, &NoticeBoard::noteShown);
    connect(&notifier, &Notifier::acted, this, &NoticeBoard::act);
    connect(&notifier, &Notifier::closed, this, &NoticeBoard::noteClosed);
}

void NoticeBoard::setSwitches(const Switches &switches)
{
    if (m_switches == switches)
        return;
    m_switches = switches;
    const QStringList sessionIds = m_sessions.keys();
    for (const QString &sessionId : sessionIds) {
        m_sessions[sessionId].ended.removeIf(
            [&](const Ended &one) { return isTurn(one.end) ? !switches.turns : !switches.tasks; });
        refresh(sessionId);
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

void NoticeBoard::setShown(const QString &sessionId)
{
    m_shown = sessionId;
    noteLookedAt();
}

void NoticeBoard::setProject(const QString &sessionId, const QString &name)
{
    m_sessions[sessionId].project = name;
}

void NoticeBoard::noteLookedAt()
{
    const auto session = m_sessions.find(m_shown);
    if (!m_isInFront || session == m_sessions.end())
        return;
    for (Asked &asked : session->asked)
        asked.isInNotice = false;
    session->ended.clear();
    refresh(m_shown);
}

void NoticeBoard::ask(const QString &sessionId, const Question &question)
{
    m_sessions[sessionId].asked.append({question, newKeys(), !m_isInFront && m_switches.approvals});
    if (!m_isInFront && m_switches.approvals)
        notify(sessionId);
}

void NoticeBoard::settle(const QString &sessionId, const QString &callId)
{
    if (const auto session = m_sessions.find(sessionId); session != m_sessions.end()) {
        session->asked.removeIf([&](const Asked &asked) { return asked.question.callId == callId; });
        refresh(sessionId);
    }
}

void NoticeBoard::startTurn(const QString &sessionId)
{
    SessionNotices &session = m_sessions[sessionId];
    session.turnStarted = m_clock.now();
    // That the last one has ended is no longer what there is to say.
    session.ended.removeIf([](const Ended &one) { return isTurn(one.end); });
    refresh(sessionId);
}

void NoticeBoard::endTurn(const QString &sessionId, TurnEnd end)
{
    SessionNotices &session = m_sessions[sessionId];
    session.asked.clear();
    const std::optional<std::chrono::milliseconds> started = std::exchange(session.turnStarted, {});
    end.elapsed = started ? m_clock.now() - *started : std::chrono::milliseconds(0);
    if (m_switches.turns && end.how != TurnEnd::How::StoppedByPerson && end.elapsed > kLongTurn)
        addEnd(sessionId, end);
    refresh(sessionId);
}

void NoticeBoard::endTask(const QString &sessionId, const Tasks::Task &task)
{
    if (m_switches.tasks)
        addEnd(sessionId, task);
}

void NoticeBoard::addEnd(const QString &sessionId, const End &end)
{
    if (m_isInFront)
        return;
    QVector<Ended> &ended = m_sessions[sessionId].ended;
    ended.append({end});
    if (ended.size() > kMostEnds)
        ended.removeFirst();
    notify(sessionId);
}

void NoticeBoard::forget(const QString &sessionId)
{
    if (m_sessions.remove(sessionId))
        m_notifier.withdraw(sessionId);
}

void NoticeBoard::notify(const QString &sessionId)
{
    refresh(sessionId);
    emit attentionWanted();
}

// The person saw these, or did not, and went on to something else.
void NoticeBoard::notifyOfTheRest()
{
    if (!m_switches.approvals)
        return;
    const QStringList sessionIds = m_sessions.keys();
    for (const QString &sessionId : sessionIds) {
        bool isNew = false;
        for (Asked &asked : m_sessions[sessionId].asked)
            isNew |= !std::exchange(asked.isInNotice, true);
        if (isNew)
            notify(sessionId);
    }
}

Notice NoticeBoard::noticeOf(const QString &sessionId) const
{
    const SessionNotices session = m_sessions.value(sessionId);
    Notice notice;
    notice.sessionId = sessionId;
    notice.project = session.project;
    if (m_switches.approvals) {
        for (const Asked &asked : session.asked) {
            if (!asked.isInNotice)
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
        for (const Ended &one : session.ended)
            notice.ends.append(one.end);
    }
    return notice;
}

void NoticeBoard::refresh(const QString &sessionId)
{
    SessionNotices &session = m_sessions[sessionId];
    // What was told before the question is not told once more behind it.
    if (session.shown && session.shown->question)
        session.ended.removeIf([](const Ended &one) { return one.isTold; });
    const Notice notice = noticeOf(sessionId);
    if (notice.isEmpty()) {
        if (std::exchange(session.shown, {}))
            m_notifier.withdraw(sessionId);
        return;
    }
    if (notice.question) {
        if (session.shown == notice)
            return;
        for (Asked &asked : session.asked)
            asked.since.reset();
        session.place = {notice.question->callId, {}};
    } else {
        // All of it was told: only what is still shown is put right.
        if (std::all_of(
                session.ended.begin(), session.ended.end(), [](const Ended &one) { return one.isTold; }) &&
            (!session.shown || session.shown == notice))
            return;
        for (Ended &one : session.ended)
            one.isTold = true;
        const auto *task = std::get_if<Tasks::Task>(&notice.ends.constLast());
        session.place = task ? Place{task->spec.callId, task->id} : Place{};
    }
    session.shown = notice;
    m_notifier.show(notice);
}

// Much may come between show() and this: the daemon is looked for, is slow, or shows another one first.
void NoticeBoard::noteShown(const QString &sessionId)
{
    const auto session = m_sessions.find(sessionId);
    if (session == m_sessions.end() || !session->shown || !session->shown->question ||
        session->shown->moreQuestions > 0) // then no button answers
        return;
    for (Asked &asked : session->asked) {
        if (asked.question == session->shown->question)
            asked.since = m_clock.now();
    }
}

void NoticeBoard::act(const QString &sessionId, const QString &key, const QString &token)
{
    const auto session = m_sessions.find(sessionId);
    if (session == m_sessions.end())
        return;
    const auto asked = std::find_if(session->asked.begin(), session->asked.end(),
        [&](const Asked &one) { return one.keys.run == key || one.keys.deny == key; });
    if (asked != session->asked.end() && asked->since && m_clock.now() - *asked->since >= kArming) {
        const bool isAllowed = asked->keys.run == key;
        emit answered(sessionId, QString(asked->question.callId), isAllowed);
    } else {
        session->wasPressedEarly = asked != session->asked.end();
        emit openWanted(sessionId, Place(session->place), token);
    }
}

void NoticeBoard::noteClosed(const QString &sessionId, bool byPerson)
{
    const auto session = m_sessions.find(sessionId);
    if (session == m_sessions.end())
        return;
    session->shown.reset();
    // Daemons close a notice whose button was pressed. The question still waits, so it is shown again.
    if (std::exchange(session->wasPressedEarly, false) && noticeOf(sessionId).question)
        return notify(sessionId);
    if (!byPerson)
        return;
    session->ended.clear();
    for (Asked &asked : session->asked)
        asked.isInNotice = false;
}

} // namespace Meanwhile::Notify
