// SPDX-License-Identifier: MIT
#include "historyrules.h"

#include "support/newskey.h"

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;
using namespace Conversation;

namespace {

bool insertNew(QSet<QString> &set, const QString &value)
{
    const qsizetype before = set.size();
    set.insert(value);
    return set.size() > before;
}

} // namespace

QString HistoryRules::add(const Message &message)
{
    if (message.id.isEmpty() || !insertNew(m_ids, message.id))
        return u"message id %1 is not new"_s.arg(message.id);
    const bool mayBeEmpty = m_subject == Subject::History && message.role == Role::Assistant;
    if (message.content.isEmpty() && !mayBeEmpty)
        return u"%1 is empty"_s.arg(message.id);
    if (message.role == Role::Record)
        return m_subject == Subject::Request ? u"a record in a request"_s : QString();
    if (message.role == Role::Assistant)
        return addAnswer(message);
    m_newsSeen = false;
    m_toldHere.clear();
    for (const ContentBlock &block : message.content) {
        for (const NewsId &id : newsToldBy(block)) {
            if (std::holds_alternative<ToolResultBlock>(block))
                m_toldHere.insert(keyOf(id));
        }
    }
    for (const ContentBlock &block : message.content) {
        if (const QString wrong = addUserBlock(block); !wrong.isEmpty())
            return message.id + u": "_s + wrong;
    }
    if (!m_open.isEmpty())
        return u"%1 leaves %2 without a result"_s.arg(message.id, m_open.join(u", "_s));
    return {};
}

QString HistoryRules::addAnswer(const Message &message)
{
    if (!m_open.isEmpty())
        return u"%1 follows calls without results"_s.arg(message.id);
    for (const ContentBlock &block : message.content) {
        const auto *text = std::get_if<TextBlock>(&block);
        if (text && m_subject == Subject::Request && text->text.trimmed().isEmpty())
            return u"%1 holds an empty text"_s.arg(message.id);
        const auto *call = std::get_if<ToolCallBlock>(&block);
        if (!call)
            continue;
        if (call->id.isEmpty() || !insertNew(m_callIds, call->id))
            return u"call id %1 is not new"_s.arg(call->id);
        m_open.append(call->id);
    }
    if (!m_open.isEmpty() && message.completeness != Completeness::Complete)
        return u"%1 is not whole and holds calls"_s.arg(message.id);
    if (m_subject == Subject::Request && std::holds_alternative<ThinkingBlock>(message.content.last()))
        return u"%1 ends in its thinking"_s.arg(message.id);
    return {};
}

QString HistoryRules::addUserBlock(const ContentBlock &block)
{
    if (m_newsSeen)
        return u"something stands after the results of tasks"_s;
    if (const auto *result = std::get_if<ToolResultBlock>(&block))
        return addResult(*result);
    if (!m_open.isEmpty())
        return u"something stands before the result of %1"_s.arg(m_open.first());
    if (const auto *text = std::get_if<TextBlock>(&block)) {
        const bool isMadeUp = m_subject == Subject::Request && text->text == u"Go on."_s;
        if (!isMadeUp && !insertNew(m_said, text->text))
            return u"\"%1\" was said before"_s.arg(text->text);
        return {};
    }
    const auto *news = std::get_if<NewsBlock>(&block);
    if (!news)
        return u"a block that no user message holds"_s;
    m_newsSeen = true;
    if (news->news.isEmpty() || news->text.isEmpty())
        return u"empty news"_s;
    for (const NewsId &id : news->news) {
        if (!insertNew(m_told, keyOf(id)))
            return u"%1 was told before"_s.arg(keyOf(id));
        const QString words = id.isEnd() ? u"[bg:%1]"_s.arg(id.taskId) : u"[%1]"_s.arg(keyOf(id));
        if (!news->text.contains(words))
            return u"%1 is claimed, not told"_s.arg(keyOf(id));
    }
    return {};
}

QString HistoryRules::addResult(const ToolResultBlock &result)
{
    if (m_open.isEmpty() || m_open.takeFirst() != result.callId)
        return u"a result for %1, which does not come next"_s.arg(result.callId);
    QStringList shown;
    if (result.text.startsWith(u"told:"_s))
        shown = result.text.sliced(5).split(u' ');
    for (const QString &id : keysOf(result.toldNews)) {
        if (!shown.contains(id))
            return u"%1 claims to tell of %2"_s.arg(result.callId, id);
        if (!insertNew(m_told, id))
            return u"%1 claims to be the first to tell of %2"_s.arg(result.callId, id);
    }
    for (const QString &id : std::as_const(shown)) {
        if (!m_told.contains(id) && !m_toldHere.contains(id) && !m_leftOut.contains(id))
            return u"%1 tells of %2, and nobody keeps that"_s.arg(result.callId, id);
    }
    return {};
}

} // namespace Meanwhile::Testing
