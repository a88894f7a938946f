// SPDX-License-Identifier: MIT
#include "llm/answerparser.h"

#include "llm/providererror.h"

#include <QJsonDocument>

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;

namespace {

bool isSet(const QJsonValue &value)
{
    return value.isObject() || value.isArray() || value.toDouble() != 0 || value.toBool() ||
           !value.toString().isEmpty();
}

// A pair of surrogates may be cut between two deltas; half a character cannot be shown or printed.
QString wholeCharacters(QString &half, const QString &text)
{
    if (half.isEmpty() && !(text.size() > 0 && text.back().isHighSurrogate()))
        return text;
    QString whole = std::exchange(half, {}) + text;
    if (whole.back().isHighSurrogate()) {
        half = whole.back();
        whole.chop(1);
    }
    return whole;
}

} // namespace

void AnswerParser::take(const Wire::SseEvent &event, QVector<LlmEvent> &out)
{
    if (m_ended || event.data.isEmpty() || event.name == "ping")
        return;
    if (event.data.startsWith("[DONE]"))
        return readDone(out);
    QJsonParseError parseError;
    QJsonDocument document = QJsonDocument::fromJson(event.data, &parseError);
    if (parseError.error == QJsonParseError::IllegalUTF8String)
        document = QJsonDocument::fromJson(QString::fromUtf8(event.data).toUtf8(), &parseError);
    const QJsonObject object = document.object();
    const QJsonValue error = object.value("error"_L1);
    if (isSet(error))
        fail(errorInStream(error), out);
    else if (event.name == "error")
        fail(errorInStream(object.isEmpty() ? QJsonValue(QString::fromUtf8(event.data)) : object), out);
    else if (parseError.error != QJsonParseError::NoError)
        fail(unreadableAnswer(parseError.errorString(), event.data), out);
    else if (!object.isEmpty())
        read(object, out);
}

void AnswerParser::finish(QVector<LlmEvent> &out)
{
    if (!m_ended)
        readEnd(out);
}

void AnswerParser::readDone(QVector<LlmEvent> &) {}

void AnswerParser::readEnd(QVector<LlmEvent> &) {}

void AnswerParser::start(QVector<LlmEvent> &out)
{
    if (!std::exchange(m_started, true))
        out.append(AnswerStarted{});
}

void AnswerParser::complete(Conversation::Message message, QVector<LlmEvent> &out)
{
    m_ended = true;
    message.role = Conversation::Role::Assistant;
    out.append(Completed{std::move(message)});
}

void AnswerParser::fail(Error error, QVector<LlmEvent> &out)
{
    m_ended = true;
    out.append(AnswerFailed{std::move(error)});
}

void AnswerParser::say(const QString &text, QVector<LlmEvent> &out)
{
    const QString whole = wholeCharacters(m_halfText, text);
    if (!whole.isEmpty())
        out.append(TextDelta{whole});
}

void AnswerParser::think(const QString &text, QVector<LlmEvent> &out)
{
    const QString whole = wholeCharacters(m_halfThought, text);
    if (!whole.isEmpty())
        out.append(ThinkingDelta{whole});
}

void updateCount(qint64 &count, const QJsonValue &value)
{
    if (value.isDouble())
        count = qint64(qBound(0.0, value.toDouble(), 1e15));
}

} // namespace Meanwhile::Llm
