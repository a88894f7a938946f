// SPDX-License-Identifier: MIT
#include "agent/historyrepair.h"

#include "base/jsontext.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace Meanwhile::Agent {

using namespace Qt::StringLiterals;
using namespace Conversation;

namespace {

constexpr qsizetype kMaxNameChars = 64;

bool isAsciiAlnum(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9');
}

bool isNameChar(QChar c)
{
    return isAsciiAlnum(c) || c == u'_' || c == u'-';
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

bool isWrongAt(const QString &text, qsizetype i)
{
    const QChar c = text.at(i);
    if (c.isNull())
        return true;
    if (c.isHighSurrogate())
        return i + 1 == text.size() || !text.at(i + 1).isLowSurrogate();
    return c.isLowSurrogate() && (i == 0 || !text.at(i - 1).isHighSurrogate());
}

} // namespace

QString wellFormed(const QString &text)
{
    QString good = text;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (isWrongAt(text, i))
            good[i] = u'?';
    }
    return good;
}

bool isBlank(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.isSpace(); });
}

std::optional<QByteArray> argumentsObject(const QByteArray &input)
{
    if (input.trimmed().isEmpty())
        return QByteArray("{}");
    const QJsonDocument document = QJsonDocument::fromJson(input);
    if (!document.isObject())
        return std::nullopt;
    return document.toJson(QJsonDocument::Compact);
}

QString callName(const QString &name)
{
    return asName(name, u"unnamed"_s);
}

QByteArray rawCall(const QByteArray &raw, const QString &id, const QString &name)
{
    QJsonObject block = QJsonDocument::fromJson(raw).object();
    if (block.isEmpty())
        return {};
    if (block.contains("id"_L1))
        block.insert("id"_L1, id);
    if (block.contains("name"_L1))
        block.insert("name"_L1, name);
    return compactJson(block);
}

bool isSendable(const QByteArray &raw)
{
    return QJsonDocument::fromJson(raw).object().value(u"type"_s).isString();
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

QString CallIds::unique(const QString &given, int length)
{
    QString id;
    if (length == 0) {
        const QString base = asName(given, u"call"_s);
        id = base;
        for (int n = 2; m_used.contains(id); ++n) {
            const QString suffix = u"_%1"_s.arg(n);
            id = base.first(std::min(base.size(), kMaxNameChars - suffix.size())) + suffix;
        }
    } else {
        id = given;
        const auto fits = [length](const QString &text) {
            return text.size() == length && std::all_of(text.begin(), text.end(), isAsciiAlnum);
        };
        QByteArray digest = given.toUtf8();
        while (!fits(id) || m_used.contains(id)) {
            digest = QCryptographicHash::hash(digest, QCryptographicHash::Sha1).toHex();
            id = QString::fromLatin1(digest.first(std::min<qsizetype>(length, digest.size())));
        }
    }
    m_used.insert(id);
    return id;
}

} // namespace Meanwhile::Agent
