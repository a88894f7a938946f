// SPDX-License-Identifier: MIT
#include "agent/requestmessages.h"

#include "agent/compaction.h"
#include "agent/historyrepair.h"
#include "base/jsontext.h"
#include "base/overloaded.h"
#include "base/textlimits.h"
#include "images/imageheader.h"

namespace Meanwhile::Agent {

using namespace Qt::StringLiterals;
using namespace Conversation;

namespace {

constexpr qsizetype kMaxShownArgumentChars = 300;
// A short answer of a tool costs no more than the sentence in its place.
constexpr qsizetype kShortOutputChars = 200;

QString refusedText(const QString &what, const OmissionBlock &refusal)
{
    return refusal.reason.isEmpty()
               ? u"(%1 was here. The provider refused it.)"_s.arg(what)
               : u"(%1 was here. The provider refused it: %2)"_s.arg(what, wellFormed(refusal.reason));
}

QString noAnswer()
{
    return u"(No answer came: it broke off or was stopped.)"_s;
}

QString continueSentence()
{
    return u"Go on."_s;
}

QString noResult()
{
    return u"(No result of this call was recorded. It may have had effects; check before repeating it.)"_s;
}

bool isPausedAnswer(const Message &message)
{
    return message.stopReason == StopReason::PauseTurn;
}

QString withoutEndSpace(const QString &text)
{
    qsizetype size = text.size();
    while (size > 0 && text.at(size - 1).isSpace())
        --size;
    return text.first(size);
}

// A wrong media type is refused, so it is taken from the bytes.
QString mediaTypeOf(const ImageBlock &image)
{
    const auto header = Images::readImageHeader(image.bytes);
    return header ? header->mediaType : image.mediaType;
}

// Replaces long texts only, so that the call can still be recognised.
QByteArray withoutLongTexts(const QByteArray &arguments)
{
    QJsonObject object = jsonObjectIn(arguments).value_or(QJsonObject());
    for (auto it = object.begin(); it != object.end(); ++it) {
        const qsizetype chars =
            it->isString() ? it->toString().size() : compactJson({{it.key(), *it}}).size();
        if (chars > kShortOutputChars)
            *it = u"(%1 characters, left out to make room)"_s.arg(chars);
    }
    return compactJson(object);
}

ToolResultBlock unrecorded(const QString &callId, const QString &note)
{
    return {callId, noResult() + note, true, {}};
}

} // namespace

// ---- drafts

void RequestMessages::Draft::add(ContentBlock block, qsizetype from)
{
    message.content.append(std::move(block));
    source.blocks.append(from);
}

void RequestMessages::Draft::say(const QString &text, qsizetype from)
{
    add(TextBlock{text}, from);
}

RequestMessages::Draft RequestMessages::draftFor(const Message &message) const
{
    Draft draft{message, {message.id, {}}};
    draft.message.content.clear();
    return draft;
}

RequestMessages::Draft RequestMessages::madeUp(Role role, const QString &id, const QString &text) const
{
    Draft draft;
    draft.message.id = id;
    draft.message.role = role;
    draft.say(text, -1);
    return draft;
}

RequestMessages::Draft RequestMessages::unanswered(const QString &id) const
{
    Draft draft;
    draft.message.id = id;
    for (const OpenCall &call : m_open)
        draft.add(unrecorded(call.sent, call.note), -1);
    return draft;
}

RequestMessages::RequestMessages(Llm::RequestRules rules, QString model, Amendments amendments)
    : m_rules(std::move(rules))
    , m_model(std::move(model))
    , m_amendments(std::move(amendments))
    , m_lead(m_amendments.lead)
    , m_images(m_rules)
{
}

void RequestMessages::restart()
{
    m_lead = m_amendments.lead;
    m_images.restart();
    m_ids = {};
    m_open.clear();
    m_messages.clear();
    m_sources.clear();
}

void RequestMessages::append(Draft draft)
{
    m_messages.append(std::move(draft.message));
    m_sources.append(std::move(draft.source));
}

bool RequestMessages::endsIn(Role role) const
{
    return !m_messages.isEmpty() && m_messages.last().role == role;
}

bool RequestMessages::isPaused() const
{
    return endsIn(Role::Assistant) && isPausedAnswer(m_messages.last());
}

const OmissionBlock *RequestMessages::refusal(const Message &message, qsizetype block) const
{
    const auto it = m_amendments.refused.constFind(message.id);
    if (it == m_amendments.refused.cend())
        return nullptr;
    for (const OmissionBlock &omission : *it) {
        if (omission.block < 0 || omission.block == block)
            return &omission;
    }
    return nullptr;
}

void RequestMessages::add(const Message &message, qsizetype index)
{
    m_index = index;
    if (message.role == Role::User)
        addUser(message, index);
    else if (message.role == Role::Assistant && message.completeness != Completeness::Broken)
        addAnswer(message);
}

QVector<Message> RequestMessages::tail() const
{
    if (!m_open.isEmpty())
        return {unanswered(u"tail"_s).message};
    if (!m_lead.isEmpty())
        return {madeUp(Role::User, u"tail"_s, m_lead).message};
    if (endsIn(Role::User) || (isPaused() && m_rules.mayEndWithAnswer))
        return {};
    return {madeUp(Role::User, u"tail"_s, continueSentence()).message};
}

// ---- answers

void RequestMessages::addAnswer(const Message &message)
{
    Draft draft = draftFor(message);
    QVector<OpenCall> open;
    open.swap(m_open); // of this answer from here on
    for (qsizetype i = 0; i < message.content.size(); ++i)
        addAnswerBlock(draft, message, i);
    open.swap(m_open);

    // Providers refuse reasoning that nothing follows.
    while (!draft.message.content.isEmpty() && isThinking(draft.message.content.last())) {
        draft.message.content.removeLast();
        draft.source.blocks.removeLast();
    }
    if (draft.message.content.isEmpty())
        return;
    // Where an answer stands last, it may not end in a space.
    if (auto *text = std::get_if<TextBlock>(&draft.message.content.last()); text && isPausedAnswer(message))
        text->text = withoutEndSpace(text->text);

    if (!m_open.isEmpty())
        append(unanswered(message.id + u"-before"_s));
    else if (!m_lead.isEmpty())
        append(madeUp(Role::User, message.id + u"-before"_s, std::exchange(m_lead, {})));
    else if (m_messages.isEmpty())
        append(madeUp(Role::User, message.id + u"-before"_s, u"(The conversation begins here.)"_s));
    else if (endsIn(Role::Assistant) && !isPaused())
        append(madeUp(Role::User, message.id + u"-before"_s, continueSentence()));
    m_open = std::move(open);
    const bool mustBeAsked = isPausedAnswer(message) && !m_rules.mayEndWithAnswer && m_open.isEmpty();
    append(std::move(draft));
    if (mustBeAsked)
        append(madeUp(Role::User, message.id + u"-after"_s, continueSentence()));
}

void RequestMessages::addAnswerBlock(Draft &draft, const Message &message, qsizetype block)
{
    const ContentBlock &content = message.content.at(block);
    const bool isStopped = message.completeness == Completeness::Stopped;
    const bool isForeign = message.provider != m_rules.provider;
    const bool takesThinking = m_rules.takesThinking && !isStopped && !isForeign && message.model == m_model;
    const OmissionBlock *refused = refusal(message, block);
    std::visit(Overloaded{
                   [&](const TextBlock &b) {
                       if (refused)
                           draft.say(refusedText(u"A text"_s, *refused), block);
                       else if (!isBlank(b.text))
                           draft.say(wellFormed(b.text), block);
                   },
                   [&](const ToolCallBlock &b) {
                       if (refused)
                           draft.say(refusedText(u"A call of a tool"_s, *refused), block);
                       else if (!isStopped)
                           addCall(draft, b, isForeign, block);
                   },
                   [&](const ThinkingBlock &b) {
                       if (takesThinking && !refused && (!m_rules.thinkingIsSigned || isSigned(b.raw)))
                           draft.add(b, block);
                   },
                   [&](const OpaqueBlock &b) {
                       const bool isKept = isThinking(content) ? takesThinking : !isStopped && !isForeign;
                       if (isKept && !refused && isSendable(b.raw))
                           draft.add(b, block);
                   },
                   // No answer holds these.
                   [](const OneOf<ToolResultBlock, ImageBlock, NewsBlock, CompactionBlock, OmissionBlock,
                       RestoreBlock, EndBlock, FailureBlock> auto &) {},
               },
        content);
}

void RequestMessages::addCall(Draft &draft, ToolCallBlock call, bool isForeign, qsizetype block)
{
    OpenCall open{call.id, m_ids.unique(call.id, m_rules.callIdLength), {}};
    call.id = open.sent;
    call.name = asName(call.name, u"unnamed"_s);
    // The provider's raw block holds the id and the name as well.
    call.raw = isForeign ? QByteArray() : rawCall(call.raw, call.id, call.name);
    if (std::optional<QByteArray> arguments = argumentsObject(call.input)) {
        const bool isShortened = m_index < m_amendments.longArgumentsBefore;
        call.input = isShortened ? withoutLongTexts(*arguments) : std::move(*arguments);
    } else {
        const QString why = jsonObjectIn(call.input) ? u"nested too deep"_s : u"not a JSON object"_s;
        open.note = u"\n(The arguments of this call were %1 and are not repeated. They were: %2)"_s.arg(
            why, wellFormed(clipMiddle(QString::fromUtf8(call.input), kMaxShownArgumentChars)));
        call.input = "{}";
    }
    draft.add(std::move(call), block);
    m_open.append(std::move(open));
}

// ---- the user's side

void RequestMessages::addUser(const Message &message, qsizetype index)
{
    if (endsIn(Role::User))
        append(madeUp(Role::Assistant, message.id + u"-before"_s, noAnswer()));
    Draft draft = draftFor(message);
    if (!m_lead.isEmpty())
        draft.say(std::exchange(m_lead, {}), -1);
    const QVector<bool> isTaken = addResults(draft, message, index);
    addWords(draft, message, index, isTaken);
    if (draft.message.content.isEmpty())
        draft.say(u"(An empty message.)"_s, -1);
    append(std::move(draft));
}

// In the order of the calls; a call without a result gets one that says so. Tells which blocks are in.
QVector<bool> RequestMessages::addResults(Draft &draft, const Message &message, qsizetype index)
{
    QVector<bool> isTaken(message.content.size(), false);
    const QVector<OpenCall> open = std::exchange(m_open, {});
    for (const OpenCall &call : open) {
        qsizetype found = -1;
        for (qsizetype i = 0; i < message.content.size() && found < 0; ++i) {
            const auto *result = std::get_if<ToolResultBlock>(&message.content.at(i));
            if (result && !isTaken.at(i) && result->callId == call.given)
                found = i;
        }
        if (found < 0) {
            draft.add(unrecorded(call.sent, call.note), -1);
            continue;
        }
        isTaken[found] = true;
        ToolResultBlock result =
            sendable(std::get<ToolResultBlock>(message.content.at(found)), refusal(message, found), index);
        result.callId = call.sent;
        result.text += call.note;
        draft.add(std::move(result), found);
    }
    return isTaken;
}

void RequestMessages::addOrphan(Draft &draft, const ToolResultBlock &result, qsizetype block)
{
    draft.say(
        u"(A result of an earlier call that is not in this conversation any more: %1)"_s.arg(result.text),
        block);
    for (const ImageBlock &image : result.images)
        draft.add(image, block);
}

ToolResultBlock RequestMessages::sendable(
    ToolResultBlock result, const OmissionBlock *refused, qsizetype index)
{
    if (refused) {
        result.text = refusedText(u"A result"_s, *refused);
        result.images.clear();
        return result;
    }
    if (index < m_amendments.outputsBefore &&
        (result.text.size() > kShortOutputChars || !result.images.isEmpty())) {
        result.text = u"(This output was left out to make room. Run the call again if it is needed.)"_s;
        result.images.clear();
        return result;
    }
    result.text = wellFormed(result.text);
    QVector<ImageBlock> images;
    for (ImageBlock &image : result.images) {
        const QString sentence = m_images.take(image);
        if (!sentence.isEmpty()) {
            result.text += (result.text.isEmpty() ? QString() : u"\n"_s) + sentence;
            continue;
        }
        image.mediaType = mediaTypeOf(image);
        images.append(std::move(image));
    }
    result.images = std::move(images);
    if (isBlank(result.text))
        result.text = u"(no output)"_s;
    return result;
}

void RequestMessages::addWords(
    Draft &draft, const Message &message, qsizetype index, const QVector<bool> &isTaken)
{
    for (qsizetype i = 0; i < message.content.size(); ++i) {
        const OmissionBlock *refused = refusal(message, i);
        std::visit(
            Overloaded{
                [&](const TextBlock &b) {
                    if (refused)
                        draft.say(refusedText(u"A part of this message"_s, *refused), i);
                    else if (index < m_amendments.longWordsBefore && b.text.size() > kLongTextChars)
                        draft.say(
                            u"(This message was too long. Of its %1 characters there are left:)\n"_s.arg(
                                b.text.size()) +
                                clipMiddle(wellFormed(b.text), kLongTextChars / 2),
                            i);
                    else if (!isBlank(b.text))
                        draft.say(wellFormed(b.text), i);
                },
                [&](const NewsBlock &b) {
                    NewsBlock news{b.news, wellFormed(b.text)};
                    if (refused)
                        news.text = refusedText(u"News of tasks"_s, *refused);
                    if (!isBlank(news.text))
                        draft.add(std::move(news), i);
                },
                [&](const ImageBlock &b) {
                    const QString sentence =
                        refused ? refusedText(u"An image"_s, *refused) : m_images.take(b);
                    if (sentence.isEmpty())
                        draft.add(ImageBlock{mediaTypeOf(b), b.bytes, b.name}, i);
                    else
                        draft.say(sentence, i);
                },
                [&](const ToolResultBlock &b) {
                    if (!isTaken.at(i))
                        addOrphan(draft, sendable(b, refused, index), i);
                },
                // No message of the person's holds these.
                [](const OneOf<ThinkingBlock, ToolCallBlock, OpaqueBlock, CompactionBlock, OmissionBlock,
                    RestoreBlock, EndBlock, FailureBlock> auto &) {},
            },
            message.content.at(i));
    }
}

} // namespace Meanwhile::Agent
