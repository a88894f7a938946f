// SPDX-License-Identifier: MIT
#include "requestcheck.h"

#include "support/strictjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QStringList>

#include <algorithm>

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;

namespace {

bool isNameChar(QChar c, bool withMarks)
{
    const char16_t u = c.unicode();
    return (u >= u'a' && u <= u'z') || (u >= u'A' && u <= u'Z') || (u >= u'0' && u <= u'9') ||
           (withMarks && (u == u'_' || u == u'-'));
}

bool isName(const QString &text)
{
    return !text.isEmpty() && text.size() <= 64 &&
           std::all_of(text.begin(), text.end(), [](QChar c) { return isNameChar(c, true); });
}

bool isCallId(const QString &id, int length)
{
    if (length == 0)
        return isName(id);
    return id.size() == length &&
           std::all_of(id.begin(), id.end(), [](QChar c) { return isNameChar(c, false); });
}

/// Checks images one by one and together.
class ImageCheck {
public:
    explicit ImageCheck(const RequestLimits &limits)
        : m_limits(limits)
    {
    }

    QString add(const QString &mediaType, const QString &base64)
    {
        const auto decoded = QByteArray::fromBase64Encoding(
            base64.toLatin1(), QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
        if (base64.isEmpty() || decoded.decodingStatus != QByteArray::Base64DecodingStatus::Ok)
            return u"an image that is no base64"_s;
        const QByteArray &file = decoded.decoded;
        // The tests' images are PNG files with nothing but a header.
        if (mediaType != u"image/png"_s || !file.startsWith("\x89PNG\r\n\x1a\n") || file.size() < 24)
            return u"an image that is no %1"_s.arg(mediaType);
        if (base64.size() > m_limits.imageBytes)
            return u"an image of %1 bytes"_s.arg(base64.size());
        const auto side = [&](int at) {
            int value = 0;
            for (int i = 0; i < 4; ++i)
                value = value * 256 + uchar(file.at(at + i));
            return value;
        };
        const int largest = std::max(side(16), side(20));
        if (std::min(side(16), side(20)) < 1 || largest > m_limits.imageSide)
            return u"an image with a side of %1"_s.arg(largest);
        m_largest = std::max(m_largest, largest);
        m_together += base64.size();
        ++m_count;
        return {};
    }

    QString end() const
    {
        if (m_count > m_limits.images || m_together > m_limits.imageBytesTogether)
            return u"%1 images of %2 bytes"_s.arg(m_count).arg(m_together);
        if (m_count > m_limits.manyImages && m_largest > m_limits.sideOfMany)
            return u"%1 images, one with a side of %2"_s.arg(m_count).arg(m_largest);
        return {};
    }

private:
    const RequestLimits &m_limits;
    qint64 m_together = 0;
    int m_count = 0;
    int m_largest = 0;
};

/// Calls wait for their results; ids are there once.
class CallCheck {
public:
    explicit CallCheck(int idLength)
        : m_idLength(idLength)
    {
    }

    QString call(const QString &id, const QString &name)
    {
        if (!isCallId(id, m_idLength))
            return u"call id \"%1\""_s.arg(id);
        if (m_ids.contains(id))
            return u"call id %1 twice"_s.arg(id);
        if (!isName(name))
            return u"tool name \"%1\""_s.arg(name);
        m_ids.insert(id);
        m_open += id;
        return {};
    }
    QString result(const QString &id)
    {
        return m_open.removeOne(id) ? QString() : u"a result for %1, which does not wait"_s.arg(id);
    }
    QString allAnswered() const
    {
        return m_open.isEmpty() ? QString() : u"no result for %1"_s.arg(m_open.join(u", "_s));
    }
    bool waits() const { return !m_open.isEmpty(); }

private:
    int m_idLength;
    QSet<QString> m_ids;
    QStringList m_open;
};

bool isBlankText(const QJsonValue &value)
{
    const QString text = value.toString();
    return text.trimmed().isEmpty() || !text.isValidUtf16();
}

// ---- Anthropic Messages

class AnthropicCheck {
public:
    explicit AnthropicCheck(const RequestLimits &limits)
        : m_limits(limits)
        , m_images(limits)
        , m_calls(limits.callIdLength)
    {
    }

    QString check(const QJsonObject &body)
    {
        const QJsonArray messages = body.value(u"messages"_s).toArray();
        if (body.value(u"model"_s).toString().isEmpty() || body.value(u"max_tokens"_s).toInt() < 1)
            return u"no model or max_tokens"_s;
        if (messages.isEmpty() || roleOf(messages.first()) != u"user"_s)
            return u"the first message is not the user's"_s;
        QString before;
        for (const QJsonValue &message : messages) {
            m_role = roleOf(message);
            const QJsonArray content = message.toObject().value(u"content"_s).toArray();
            if (m_role != u"user"_s && m_role != u"assistant"_s)
                return u"role \"%1\""_s.arg(m_role);
            // The API joins messages of one role; ours alternate, unless an answer goes on after a pause.
            if (m_role == before && m_role == u"user"_s)
                return u"two messages of the user in a row"_s;
            before = m_role;
            if (QString wrong = checkContent(content); !wrong.isEmpty())
                return wrong;
        }
        return checkEnd(messages);
    }

private:
    static QString roleOf(const QJsonValue &message)
    {
        return message.toObject().value(u"role"_s).toString();
    }

    QString checkContent(const QJsonArray &content)
    {
        if (content.isEmpty())
            return u"a message without content"_s;
        if (m_role == u"assistant"_s) {
            if (QString wrong = m_calls.allAnswered(); !wrong.isEmpty())
                return wrong;
        }
        m_resultsMayCome = m_role == u"user"_s;
        for (const QJsonValue &block : content) {
            if (QString wrong = checkBlock(block.toObject()); !wrong.isEmpty())
                return wrong;
        }
        const QString last = content.last().toObject().value(u"type"_s).toString();
        if (last == u"thinking"_s || last == u"redacted_thinking"_s)
            return u"an answer that ends in its thinking"_s;
        return m_role == u"user"_s ? m_calls.allAnswered() : QString();
    }

    QString checkBlock(const QJsonObject &block)
    {
        const QString type = block.value(u"type"_s).toString();
        if (block.contains(u"cache_control"_s) && (++m_marks > 3 || type.endsWith(u"thinking"_s)))
            return u"a cache mark too many"_s; // the fourth stands after the system prompt
        if (type == u"tool_result"_s)
            return checkResult(block);
        if (type == u"text"_s || type == u"image"_s) {
            m_resultsMayCome = false;
            if (type == u"text"_s)
                return isBlankText(block.value(u"text"_s)) ? u"an empty text"_s : QString();
            return m_role == u"user"_s ? checkImage(block) : u"an image in an answer"_s;
        }
        if (m_role != u"assistant"_s)
            return u"%1 in a message of the user"_s.arg(type);
        if (type == u"tool_use"_s) {
            if (!block.value(u"input"_s).isObject())
                return u"a call without arguments"_s;
            return m_calls.call(block.value(u"id"_s).toString(), block.value(u"name"_s).toString());
        }
        if (type == u"thinking"_s || type == u"redacted_thinking"_s) {
            const QString proof = block.value(type == u"thinking"_s ? u"signature"_s : u"data"_s).toString();
            return m_limits.signature.isEmpty() || !proof.startsWith(m_limits.signature)
                       ? u"thinking of another model, or unsigned"_s
                       : QString();
        }
        return type == u"server_tool_use"_s ? QString() : u"a block of type \"%1\""_s.arg(type);
    }

    QString checkResult(const QJsonObject &block)
    {
        if (!m_resultsMayCome)
            return u"a result in the wrong place"_s;
        const QJsonArray parts = block.value(u"content"_s).toArray();
        for (const QJsonValue &value : parts) {
            const QJsonObject part = value.toObject();
            const QString type = part.value(u"type"_s).toString();
            QString wrong;
            if (type == u"image"_s)
                wrong = checkImage(part);
            else if (type != u"text"_s || isBlankText(part.value(u"text"_s)))
                wrong = u"an empty part of a result"_s;
            if (!wrong.isEmpty())
                return wrong;
        }
        return m_calls.result(block.value(u"tool_use_id"_s).toString());
    }

    QString checkImage(const QJsonObject &block)
    {
        const QJsonObject source = block.value(u"source"_s).toObject();
        return m_images.add(source.value(u"media_type"_s).toString(), source.value(u"data"_s).toString());
    }

    QString checkEnd(const QJsonArray &messages)
    {
        if (QString wrong = m_calls.allAnswered(); !wrong.isEmpty())
            return wrong;
        const QString text = messages.last()
                                 .toObject()
                                 .value(u"content"_s)
                                 .toArray()
                                 .last()
                                 .toObject()
                                 .value(u"text"_s)
                                 .toString();
        if (m_role == u"assistant"_s && !text.isEmpty() && text.back().isSpace())
            return u"the last answer ends in a space"_s;
        return m_images.end();
    }

    const RequestLimits &m_limits;
    ImageCheck m_images;
    CallCheck m_calls;
    QString m_role;
    bool m_resultsMayCome = false;
    int m_marks = 0;
};

// ---- OpenAI Chat Completions

class OpenAiCheck {
public:
    OpenAiCheck(const RequestLimits &limits, bool takesUserAfterTool)
        : m_images(limits)
        , m_calls(limits.callIdLength)
        , m_takesUserAfterTool(takesUserAfterTool)
    {
    }

    QString check(const QJsonObject &body)
    {
        const QJsonArray messages = body.value(u"messages"_s).toArray();
        if (body.value(u"model"_s).toString().isEmpty() || messages.size() < 2)
            return u"no model or no messages"_s;
        if (messages.first().toObject().value(u"role"_s).toString() != u"system"_s)
            return u"no system prompt"_s;
        m_before = u"system"_s;
        for (qsizetype i = 1; i < messages.size(); ++i) {
            const QJsonObject message = messages.at(i).toObject();
            const QString role = message.value(u"role"_s).toString();
            QString wrong = checkRole(role);
            if (wrong.isEmpty()) {
                wrong = role == u"tool"_s   ? checkResult(message)
                        : role == u"user"_s ? checkUser(message)
                                            : checkAnswer(message);
            }
            if (!wrong.isEmpty())
                return wrong;
            m_before = role;
        }
        if (m_before == u"assistant"_s)
            return u"ends in an answer"_s;
        const QString wrong = m_calls.allAnswered();
        return wrong.isEmpty() ? m_images.end() : wrong;
    }

private:
    QString checkRole(const QString &role)
    {
        if (role != u"tool"_s) {
            if (QString wrong = m_calls.allAnswered(); !wrong.isEmpty())
                return wrong;
        }
        const bool fits = role == u"tool"_s ? m_before == u"assistant"_s || m_before == u"tool"_s
                          : role == u"user"_s
                              ? m_before != u"user"_s && (m_takesUserAfterTool || m_before != u"tool"_s)
                          : role == u"assistant"_s ? m_before == u"user"_s || m_before == u"tool"_s
                                                   : false;
        return fits ? QString() : u"%1 after %2"_s.arg(role, m_before);
    }

    QString checkResult(const QJsonObject &message)
    {
        if (isBlankText(message.value(u"content"_s)))
            return u"an empty result"_s;
        return m_calls.result(message.value(u"tool_call_id"_s).toString());
    }

    QString checkUser(const QJsonObject &message)
    {
        const QJsonValue content = message.value(u"content"_s);
        if (content.isString())
            return isBlankText(content) ? u"an empty message"_s : QString();
        const QJsonArray parts = content.toArray();
        if (parts.isEmpty())
            return u"a message without content"_s;
        for (const QJsonValue &value : parts) {
            if (QString wrong = checkPart(value.toObject()); !wrong.isEmpty())
                return wrong;
        }
        return {};
    }

    QString checkPart(const QJsonObject &part)
    {
        const QString type = part.value(u"type"_s).toString();
        if (type == u"text"_s)
            return isBlankText(part.value(u"text"_s)) ? u"an empty text"_s : QString();
        if (type != u"image_url"_s)
            return u"a part of type \"%1\""_s.arg(type);
        const QString url = part.value(u"image_url"_s).toObject().value(u"url"_s).toString();
        if (!url.startsWith(u"data:"_s) || !url.contains(u";base64,"_s))
            return u"an image without data"_s;
        return m_images.add(url.section(u';', 0, 0).sliced(5), url.section(u',', 1));
    }

    QString checkAnswer(const QJsonObject &message)
    {
        const QJsonArray calls = message.value(u"tool_calls"_s).toArray();
        if (message.contains(u"tool_calls"_s) && calls.isEmpty())
            return u"an empty list of calls"_s;
        const QJsonValue content = message.value(u"content"_s);
        const bool isEmpty = content.isArray() ? content.toArray().isEmpty() : isBlankText(content);
        if (calls.isEmpty() && isEmpty)
            return u"an empty answer"_s;
        for (const QJsonValue &value : calls) {
            const QJsonObject call = value.toObject();
            const QJsonObject function = call.value(u"function"_s).toObject();
            const QByteArray arguments = function.value(u"arguments"_s).toString().toUtf8();
            if (call.value(u"type"_s).toString() != u"function"_s ||
                !QJsonDocument::fromJson(arguments).isObject())
                return u"a call without arguments"_s;
            if (QString wrong = wrongInJson(arguments); !wrong.isEmpty())
                return u"the arguments of a call: "_s + wrong;
            const QString id = call.value(u"id"_s).toString();
            if (QString wrong = m_calls.call(id, function.value(u"name"_s).toString()); !wrong.isEmpty())
                return wrong;
        }
        return {};
    }

    ImageCheck m_images;
    CallCheck m_calls;
    bool m_takesUserAfterTool;
    QString m_before;
};

} // namespace

QString wrongForAnthropic(const QByteArray &body, const RequestLimits &limits)
{
    const QString wrong = wrongInJson(body);
    return wrong.isEmpty() ? AnthropicCheck(limits).check(QJsonDocument::fromJson(body).object()) : wrong;
}

QString wrongForOpenAi(const QByteArray &body, const RequestLimits &limits, bool takesUserAfterTool)
{
    const QString wrong = wrongInJson(body);
    return wrong.isEmpty()
               ? OpenAiCheck(limits, takesUserAfterTool).check(QJsonDocument::fromJson(body).object())
               : wrong;
}

} // namespace Meanwhile::Testing
