// SPDX-License-Identifier: MIT
#include "agent/requestbuilder.h"

#include "agent/compaction.h"
#include "tools/toolregistry.h"

#include <algorithm>
#include <atomic>

namespace Meanwhile::Agent {

using namespace Conversation;

namespace {

bool isRecord(const Message &message)
{
    return message.role == Role::Record;
}

/// Whether this record changes how earlier messages are sent.
bool changesRequests(const Message &message)
{
    return isRecord(message) &&
           std::any_of(message.content.begin(), message.content.end(), [](const ContentBlock &block) {
               return std::holds_alternative<CompactionBlock>(block) ||
                      std::holds_alternative<OmissionBlock>(block);
           });
}

/// The index of the message with this id before `end`; `end` when there is none.
qsizetype indexOf(const QVector<Message> &messages, const QString &id, qsizetype end)
{
    for (qsizetype i = 0; i < end; ++i) {
        if (!id.isEmpty() && messages.at(i).id == id)
            return i;
    }
    return end;
}

struct Plan {
    qsizetype begin = 0;
    Amendments amendments;
};

Plan planFor(const History &history)
{
    const QVector<Message> &messages = history.messages();
    Plan plan;
    for (qsizetype i = 0; i < messages.size(); ++i) {
        if (!isRecord(messages.at(i)))
            continue;
        for (const ContentBlock &block : messages.at(i).content) {
            if (const auto *compaction = std::get_if<CompactionBlock>(&block)) {
                plan.begin = indexOf(messages, compaction->keepFrom, i);
                plan.amendments.lead = compactedText(history, plan.begin, *compaction);
            } else if (const auto *omission = std::get_if<OmissionBlock>(&block)) {
                if (omission->what == OmissionBlock::What::Block) {
                    plan.amendments.refused[omission->messageId].append(*omission);
                } else if (omission->what == OmissionBlock::What::LongTexts) {
                    plan.amendments.longArgumentsBefore = i;
                    plan.amendments.longWordsBefore =
                        std::max(plan.amendments.longWordsBefore, lastWordsBefore(messages, i));
                } else {
                    plan.amendments.outputsBefore =
                        std::max(plan.amendments.outputsBefore, indexOf(messages, omission->messageId, i));
                }
            }
        }
    }
    return plan;
}

/// Where a flat protocol puts the blocks of our messages: the results, each a message of its own, then the
/// rest in one. Numbers are the provider's.
class FlatRequest {
public:
    FlatRequest(const QVector<Message> &sent, const Llm::RequestRules &rules)
    {
        m_messages.append(Flat{}); // the system prompt
        for (qsizetype m = 0; m < sent.size(); ++m) {
            Flat rest{m, {}};
            for (qsizetype b = 0; b < sent.at(m).content.size(); ++b)
                add(m, b, sent.at(m).content.at(b), rest);
            const bool hasResults = m_messages.last().message == m;
            if (hasResults && !rest.parts.isEmpty() && !rules.wordsMayFollowResults)
                m_messages.append(Flat{}); // an answer in between
            if (!rest.parts.isEmpty())
                m_messages.append(rest);
        }
    }

    struct Place {
        qsizetype message = -1;
        qsizetype block = -1; ///< -1: all of them
    };
    Place find(const QVector<Message> &sent, const Llm::RefusedPart &part) const
    {
        if (part.message >= m_messages.size())
            return {};
        const Flat &flat = m_messages.at(part.message);
        if (flat.message < 0 || flat.parts.size() == 1)
            return {flat.message, flat.parts.value(0, -1)};
        if (part.block < 0) {
            // What is refused without saying which is an image more often than words.
            for (const qsizetype block : flat.parts) {
                if (std::holds_alternative<ImageBlock>(sent.at(flat.message).content.at(block)))
                    return {flat.message, block};
            }
            return {flat.message, -1};
        }
        int left = part.block;
        for (const qsizetype block : flat.parts) {
            const bool isCall =
                std::holds_alternative<ToolCallBlock>(sent.at(flat.message).content.at(block));
            if (isCall == part.isCall && left-- == 0)
                return {flat.message, block};
        }
        return {};
    }

private:
    struct Flat {
        qsizetype message = -1;
        QVector<qsizetype> parts; ///< for each part its block
    };

    void add(qsizetype message, qsizetype block, const ContentBlock &content, Flat &rest)
    {
        const auto *result = std::get_if<ToolResultBlock>(&content);
        if (!result) {
            if (!std::holds_alternative<ThinkingBlock>(content))
                rest.parts.append(block);
            return;
        }
        m_messages.append(Flat{message, {block}});
        // Images stand after the results, with a line that says whose they are.
        if (!result->images.isEmpty())
            rest.parts.insert(rest.parts.size(), 1 + result->images.size(), block);
    }

    QVector<Flat> m_messages;
};

} // namespace

quint64 nextGeneration()
{
    static std::atomic<quint64> last{0};
    return ++last;
}

QVector<Llm::ToolDefinition> definitionsOf(const Tools::ToolRegistry &registry)
{
    QVector<Llm::ToolDefinition> all;
    for (const Tools::ToolSpec *spec : registry.specs())
        all.append({spec->name, spec->description, Tools::inputSchema(*spec)});
    return all;
}

RequestBuilder::RequestBuilder(QString system, QVector<Llm::ToolDefinition> tools)
    : m_system(std::move(system))
    , m_tools(std::move(tools))
    , m_messages({}, {}, {})
    , m_generation(nextGeneration())
{
}

Llm::LlmRequest RequestBuilder::build(
    const History &history, qint64 number, const QString &model, const Llm::RequestRules &rules)
{
    const QVector<Message> &messages = history.messages();
    const bool isSame = m_seen <= messages.size() && model == m_model && rules == m_rules &&
                        (m_seen == 0 || messages.at(m_seen - 1).id == m_lastSeenId);
    m_model = model;
    m_rules = rules;
    if (!isSame || std::any_of(messages.begin() + m_seen, messages.end(), changesRequests)) {
        beginAgain(history);
    } else if (messages.size() > m_seen) {
        if (m_hadTail)
            m_generation = nextGeneration();
        add(history);
    }

    Llm::LlmRequest request;
    request.number = number;
    request.model = model;
    request.system = m_system;
    request.tools = m_tools;
    request.messages = m_messages.messages();
    const QVector<Message> tail = m_messages.tail();
    m_hadTail = !tail.isEmpty();
    if (m_hadTail)
        request.messages += tail;
    request.generation = m_generation;
    return request;
}

void RequestBuilder::beginAgain(const History &history)
{
    Plan plan = planFor(history);
    m_begin = plan.begin;
    m_messages = RequestMessages(m_rules, m_model, std::move(plan.amendments));
    m_seen = 0;
    m_generation = nextGeneration();
    add(history);
}

void RequestBuilder::add(const History &history)
{
    const QVector<Message> &messages = history.messages();
    for (qsizetype i = std::max(m_begin, m_seen); i < messages.size(); ++i) {
        m_messages.add(messages.at(i), i);
        if (!m_messages.mustRestart())
            continue;
        m_messages.restart();
        m_generation = nextGeneration();
        i = m_begin - 1;
    }
    m_seen = messages.size();
    m_lastSeenId = messages.isEmpty() ? QString() : messages.last().id;
}

std::optional<OmissionBlock> RequestBuilder::omissionFor(const Llm::RefusedPart &part) const
{
    const QVector<Message> &sent = m_messages.messages();
    qsizetype message = part.message;
    qsizetype block = part.block;
    if (m_rules.isFlat) {
        const auto place = FlatRequest(sent, m_rules).find(sent, part);
        message = place.message;
        block = place.block;
    }
    if (message < 0 || message >= sent.size())
        return std::nullopt;
    const RequestMessages::Source &source = m_messages.source(message);
    if (source.messageId.isEmpty() || block >= source.blocks.size() ||
        (block >= 0 && source.blocks.at(block) < 0))
        return std::nullopt;
    return OmissionBlock{
        OmissionBlock::What::Block, source.messageId, block < 0 ? -1 : source.blocks.at(block), part.reason};
}

} // namespace Meanwhile::Agent
