// SPDX-License-Identifier: MIT
#include "conversation/messagejson.h"

#include "base/overloaded.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace Meanwhile::Conversation {

using namespace Qt::StringLiterals;

namespace {

QString nameOf(OmissionBlock::What what)
{
    return what == OmissionBlock::What::Block       ? u"block"_s
           : what == OmissionBlock::What::LongTexts ? u"long_texts"_s
                                                    : u"outputs_before"_s;
}

OmissionBlock::What whatFrom(const QString &word)
{
    using What = OmissionBlock::What;
    return word == nameOf(What::Block)       ? What::Block
           : word == nameOf(What::LongTexts) ? What::LongTexts
                                             : What::OutputsBefore;
}

QString nameOf(EndBlock::Why why)
{
    return why == EndBlock::Why::RequestLimit ? u"request_limit"_s
           : why == EndBlock::Why::Stopped    ? u"stopped"_s
                                              : u"no_progress"_s;
}

EndBlock::Why whyFrom(const QString &word)
{
    using Why = EndBlock::Why;
    return word == nameOf(Why::RequestLimit) ? Why::RequestLimit
           : word == nameOf(Why::Stopped)    ? Why::Stopped
                                             : Why::NoProgress;
}

constexpr std::array kCallEnds{CallEnd::Answered, CallEnd::Failed, CallEnd::Refused, CallEnd::Denied,
    CallEnd::Stopped, CallEnd::Interrupted, CallEnd::NotBegun};

QString nameOf(CallEnd end)
{
    switch (end) {
    case CallEnd::Answered:
        break;
    case CallEnd::Failed:
        return u"failed"_s;
    case CallEnd::Refused:
        return u"refused"_s;
    case CallEnd::Denied:
        return u"denied"_s;
    case CallEnd::Stopped:
        return u"stopped"_s;
    case CallEnd::Interrupted:
        return u"interrupted"_s;
    case CallEnd::NotBegun:
        return u"not_begun"_s;
    }
    return u"answered"_s;
}

/// For results stored by versions that did not store how a call ended: derived from the program's own words.
CallEnd endFromWords(const QString &text)
{
    static const std::array kBeginnings{std::pair{u"The person pressed Stop"_s, CallEnd::Stopped},
        std::pair{u"The person denied this call"_s, CallEnd::Denied},
        std::pair{u"Interrupted: the program ended"_s, CallEnd::Interrupted},
        std::pair{u"Not run: the program ended"_s, CallEnd::NotBegun},
        std::pair{u"Not run: "_s, CallEnd::Refused}, std::pair{u"Refused: "_s, CallEnd::Refused}};
    for (const auto &[words, end] : kBeginnings) {
        if (text.startsWith(words))
            return end;
    }
    return CallEnd::Failed;
}

ErrorKind errorKindFrom(const QString &word)
{
    for (int kind = 0; kind < int(ErrorKind::Internal); ++kind) {
        if (Meanwhile::nameOf(ErrorKind(kind)) == word)
            return ErrorKind(kind);
    }
    return ErrorKind::Internal;
}

QJsonObject imageJson(const ImageBlock &image)
{
    QJsonObject object{{u"type"_s, u"image"_s}, {u"media_type"_s, image.mediaType},
        {u"data"_s, QString::fromLatin1(image.bytes.toBase64())}};
    if (!image.name.isEmpty())
        object.insert(u"name"_s, image.name);
    return object;
}

ImageBlock imageFromJson(const QJsonObject &object)
{
    return {object.value(u"media_type"_s).toString(),
        QByteArray::fromBase64(object.value(u"data"_s).toString().toLatin1()),
        object.value(u"name"_s).toString()};
}

// Ends of tasks alone, as nearly always, are a list of the tasks' ids.
void insertNews(QJsonObject &object, const QVector<NewsId> &news)
{
    if (std::all_of(news.cbegin(), news.cend(), [](const NewsId &id) { return id.isEnd(); })) {
        object.insert(u"task_ids"_s, QJsonArray::fromStringList(tasksOf(news)));
        return;
    }
    QJsonArray ids;
    for (const NewsId &id : news)
        ids.append(QJsonObject{{u"task"_s, id.taskId}, {u"kind"_s, id.kind}, {u"n"_s, id.number}});
    object.insert(u"news"_s, ids);
}

QVector<NewsId> newsOf(const QJsonObject &object)
{
    QVector<NewsId> news = endsOf(object.value(u"task_ids"_s).toVariant().toStringList());
    const QJsonArray ids = object.value(u"news"_s).toArray();
    for (const QJsonValue &id : ids)
        news += NewsId{id[u"task"].toString(), id[u"kind"].toString(), id[u"n"].toInteger()};
    return news;
}

QJsonObject resultJson(const ToolResultBlock &result)
{
    QJsonArray images;
    for (const ImageBlock &image : result.images)
        images.append(imageJson(image));
    QJsonObject object{{u"type"_s, u"tool_result"_s}, {u"call_id"_s, result.callId}, {u"text"_s, result.text},
        {u"is_error"_s, result.isError}, {u"images"_s, images}};
    if (!result.toldNews.isEmpty())
        insertNews(object, result.toldNews);
    if (result.isError)
        object.insert(u"end"_s, nameOf(endOf(result)));
    if (result.continues)
        object.insert(u"continues"_s, true);
    for (const auto &[key, text] : {std::pair{u"task"_s, result.taskId},
             std::pair{u"summary"_s, result.summary}, std::pair{u"diff"_s, result.diff}}) {
        if (!text.isEmpty())
            object.insert(key, text);
    }
    return object;
}

ToolResultBlock resultFromJson(const QJsonObject &object)
{
    const auto text = [&](const QString &key) { return object.value(key).toString(); };
    ToolResultBlock result{text(u"call_id"_s), text(u"text"_s), object.value(u"is_error"_s).toBool(), {}};
    const QJsonArray images = object.value(u"images"_s).toArray();
    for (const QJsonValue &image : images)
        result.images.append(imageFromJson(image.toObject()));
    result.toldNews = newsOf(object);
    const QJsonValue end = object.value(u"end"_s);
    if (result.isError && end.isUndefined())
        result.end = endFromWords(result.text);
    for (const CallEnd one : kCallEnds) {
        if (result.isError && nameOf(one) == end.toString())
            result.end = one;
    }
    result.taskId = text(u"task"_s);
    result.continues = object.value(u"continues"_s).toBool();
    result.summary = text(u"summary"_s);
    result.diff = text(u"diff"_s);
    return result;
}

QJsonObject costJson(const Cost &cost)
{
    QJsonObject object{{u"pico_usd"_s, cost.picoDollars}};
    for (const auto &[key, holds] :
        {std::pair{u"priced"_s, cost.isPriced}, {u"local"_s, cost.isLocal}, {u"unknown"_s, cost.isUnknown}}) {
        if (holds)
            object.insert(key, true);
    }
    return object;
}

Cost costFromJson(const QJsonObject &object)
{
    return {object.value(u"pico_usd"_s).toInteger(), object.value(u"priced"_s).toBool(),
        object.value(u"local"_s).toBool(), object.value(u"unknown"_s).toBool()};
}

QJsonObject usageJson(const Usage &usage)
{
    return {{u"input"_s, usage.inputTokens}, {u"output"_s, usage.outputTokens},
        {u"cache_read"_s, usage.cacheReadTokens}, {u"cache_write"_s, usage.cacheWriteTokens},
        {u"cost"_s, costJson(usage.cost)}};
}

Usage usageFromJson(const QJsonObject &object)
{
    Usage usage{object.value(u"input"_s).toInteger(), object.value(u"output"_s).toInteger(),
        object.value(u"cache_read"_s).toInteger(), object.value(u"cache_write"_s).toInteger(),
        costFromJson(object.value(u"cost"_s).toObject())};
    // Stored by a version without costs: the price of these tokens is not known.
    if (!object.contains(u"cost"_s) && usage != Usage())
        usage.cost = Cost::unknown();
    return usage;
}

QJsonObject blockJson(const ContentBlock &block)
{
    return std::visit(
        Overloaded{
            [](const TextBlock &b) {
                return QJsonObject{{u"type"_s, u"text"_s}, {u"text"_s, b.text}};
            },
            [](const ThinkingBlock &b) {
                return QJsonObject{
                    {u"type"_s, u"thinking"_s}, {u"text"_s, b.text}, {u"raw"_s, QString::fromUtf8(b.raw)}};
            },
            [](const ToolCallBlock &b) {
                return QJsonObject{{u"type"_s, u"tool_call"_s}, {u"id"_s, b.id}, {u"name"_s, b.name},
                    {u"input"_s, QString::fromUtf8(b.input)}, {u"raw"_s, QString::fromUtf8(b.raw)}};
            },
            [](const ToolResultBlock &b) { return resultJson(b); },
            [](const ImageBlock &b) { return imageJson(b); },
            [](const NewsBlock &b) {
                QJsonObject object{{u"type"_s, u"notification"_s}, {u"text"_s, b.text}};
                insertNews(object, b.news);
                return object;
            },
            [](const OpaqueBlock &b) {
                return QJsonObject{{u"type"_s, u"opaque"_s}, {u"block_type"_s, b.type},
                    {u"raw"_s, QString::fromUtf8(b.raw)}};
            },
            [](const CompactionBlock &b) {
                return QJsonObject{{u"type"_s, u"compaction"_s}, {u"summary"_s, b.summary},
                    {u"roster"_s, b.roster}, {u"keep_from"_s, b.keepFrom},
                    {u"max_word_chars"_s, b.maxWordChars}, {u"usage"_s, usageJson(b.usage)}};
            },
            [](const OmissionBlock &b) {
                return QJsonObject{{u"type"_s, u"omission"_s}, {u"what"_s, nameOf(b.what)},
                    {u"message"_s, b.messageId}, {u"block"_s, b.block}, {u"reason"_s, b.reason}};
            },
            [](const RestoreBlock &b) {
                return QJsonObject{{u"type"_s, u"restore"_s}, {u"before"_s, b.before}, {u"files"_s, b.files},
                    {u"left_alone"_s, b.leftAlone}, {u"undo"_s, b.undo}};
            },
            [](const EndBlock &b) {
                return QJsonObject{{u"type"_s, u"end"_s}, {u"why"_s, nameOf(b.why)}, {u"count"_s, b.count}};
            },
            [](const FailureBlock &b) {
                return QJsonObject{
                    {u"type"_s, u"failure"_s}, {u"kind"_s, Meanwhile::nameOf(b.kind)}, {u"words"_s, b.words}};
            },
        },
        block);
}

Result<ContentBlock> blockFromJson(const QJsonObject &object)
{
    const auto text = [&](const QString &key) { return object.value(key).toString(); };
    const QString type = text(u"type"_s);
    if (type == u"text"_s)
        return TextBlock{text(u"text"_s)};
    if (type == u"thinking"_s)
        return ThinkingBlock{text(u"text"_s), text(u"raw"_s).toUtf8()};
    if (type == u"tool_call"_s)
        return ToolCallBlock{
            text(u"id"_s), text(u"name"_s), text(u"input"_s).toUtf8(), text(u"raw"_s).toUtf8()};
    if (type == u"tool_result"_s)
        return resultFromJson(object);
    if (type == u"image"_s)
        return imageFromJson(object);
    if (type == u"notification"_s) {
        return NewsBlock{newsOf(object), text(u"text"_s)};
    }
    if (type == u"opaque"_s)
        return OpaqueBlock{text(u"block_type"_s), text(u"raw"_s).toUtf8()};
    if (type == u"compaction"_s) {
        return CompactionBlock{text(u"summary"_s), text(u"roster"_s), text(u"keep_from"_s),
            object.value(u"max_word_chars"_s).toInteger(),
            usageFromJson(object.value(u"usage"_s).toObject())};
    }
    if (type == u"omission"_s) {
        return OmissionBlock{whatFrom(text(u"what"_s)), text(u"message"_s),
            object.value(u"block"_s).toInteger(), text(u"reason"_s)};
    }
    if (type == u"restore"_s) {
        return RestoreBlock{text(u"before"_s), object.value(u"files"_s).toInteger(),
            object.value(u"left_alone"_s).toInteger(), text(u"undo"_s)};
    }
    if (type == u"end"_s)
        return EndBlock{whyFrom(text(u"why"_s)), object.value(u"count"_s).toInteger()};
    if (type == u"failure"_s)
        return FailureBlock{errorKindFrom(text(u"kind"_s)), text(u"words"_s)};
    return failure(ErrorKind::Protocol, u"A stored message holds an unknown kind of block: %1."_s.arg(type));
}

StopReason stopReasonFrom(const QString &word)
{
    for (const StopReason reason : {StopReason::EndTurn, StopReason::ToolUse, StopReason::MaxTokens,
             StopReason::StopSequence, StopReason::Refusal, StopReason::PauseTurn}) {
        if (nameOf(reason) == word)
            return reason;
    }
    return StopReason::Other;
}

} // namespace

QJsonObject toJson(const Message &message)
{
    QJsonArray content;
    for (const ContentBlock &block : message.content)
        content.append(blockJson(block));
    QJsonObject object{{u"id"_s, message.id}, {u"role"_s, nameOf(message.role)}, {u"content"_s, content},
        {u"time"_s, message.time.toUTC().toString(Qt::ISODateWithMs)}};
    if (message.role == Role::Assistant) {
        object.insert(u"stop_reason"_s, nameOf(message.stopReason));
        if (!message.stopWord.isEmpty())
            object.insert(u"stop_word"_s, message.stopWord);
        object.insert(u"completeness"_s, int(message.completeness));
        object.insert(u"provider"_s, message.provider);
        object.insert(u"model"_s, message.model);
        object.insert(u"usage"_s, usageJson(message.usage));
    }
    return object;
}

Result<Message> messageFromJson(const QJsonObject &object)
{
    Message message;
    message.id = object.value(u"id"_s).toString();
    const QString role = object.value(u"role"_s).toString();
    message.role = role == nameOf(Role::Assistant) ? Role::Assistant
                   : role == nameOf(Role::Record)  ? Role::Record
                                                   : Role::User;
    message.time = QDateTime::fromString(object.value(u"time"_s).toString(), Qt::ISODateWithMs);
    const QJsonArray content = object.value(u"content"_s).toArray();
    for (const QJsonValue &value : content) {
        Result<ContentBlock> block = blockFromJson(value.toObject());
        if (!block)
            return failure(std::move(block.error()));
        message.content.append(std::move(*block));
    }
    if (message.role == Role::Assistant) {
        message.stopReason = stopReasonFrom(object.value(u"stop_reason"_s).toString());
        message.stopWord = object.value(u"stop_word"_s).toString();
        message.completeness = Completeness(qBound(0, object.value(u"completeness"_s).toInt(), 2));
        message.provider = object.value(u"provider"_s).toString();
        message.model = object.value(u"model"_s).toString();
        message.usage = usageFromJson(object.value(u"usage"_s).toObject());
    }
    return message;
}

} // namespace Meanwhile::Conversation
