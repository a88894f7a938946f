// SPDX-License-Identifier: MIT
#include "agent/historyrepair.h"

#include "base/jsontext.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace Meanwhile::Agent {

using namespace Qt::StringLiterals;
using namespace Conversation;

namespace {

bool isNameChar(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_' ||
           c == u'-';
}

// Some parsers stop at 128 levels, and the request itself has a few.
constexpr int kMostNested = 100;

} // namespace

QString wellFormed(const QString &text)
{
    return withoutLoneSurrogates(text).replace(QChar(0), u'?');
}

bool isBlank(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.isSpace(); });
}

std::optional<QByteArray> argumentsObject(const QByteArray &input)
{
    if (input.trimmed().isEmpty())
        return QByteArray("{}");
    const std::optional<QJsonObject> object = jsonObjectIn(input);
    if (!object)
        return std::nullopt;
    QByteArray json = compactJson(*object);
    if (isNestedDeeper(json, kMostNested))
        return std::nullopt;
    return json;
}

QString asName(const QString &text, const QString &otherwise)
{
    QString name = text.first(std::min(text.size(), kMaxNameChars));
    for (QChar &c : name) {
        if (!isNameChar(c))
            c = u'_';
    }
    return name.isEmpty() ? otherwise : name;
}

QByteArray rawCall(const QByteArray &raw, const QString &id, const QString &name)
{
    QJsonObject block = QJsonDocument::fromJson(raw).object();
    if (block.isEmpty() || isNestedDeeper(raw, kMostNested))
        return {};
    if (block.contains("id"_L1))
        block.insert("id"_L1, id);
    if (block.contains("name"_L1))
        block.insert("name"_L1, name);
    return compactJson(block);
}

bool isSendable(const QByteArray &raw)
{
    return QJsonDocument::fromJson(raw).object().value(u"type"_s).isString() &&
           !isNestedDeeper(raw, kMostNested);
}

bool isSigned(const QByteArray &rawThinking)
{
    const QJsonObject block = QJsonDocument::fromJson(rawThinking).object();
    return !block.value(u"signature"_s).toString().isEmpty();
}

bool isThinking(const ContentBlock &block)
{
    const auto *opaque = std::get_if<OpaqueBlock>(&block);
    return std::holds_alternative<ThinkingBlock>(block) || (opaque && opaque->type == u"redacted_thinking"_s);
}

} // namespace Meanwhile::Agent
