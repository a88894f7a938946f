// SPDX-License-Identifier: MIT
#include "llm/demo/democlient.h"

#include "llm/demo/demoscript.h"

#include <QRegularExpression>
#include <QTimer>

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;

namespace {

class DemoStream final : public LlmStream {
public:
    DemoStream(
        Conversation::Message message, qint64 bytes, std::chrono::milliseconds perWord, QObject *parent)
        : LlmStream(parent)
        , m_message(std::move(message))
        , m_bytes(bytes)
    {
        m_events.append(AnswerStarted{});
        for (const Conversation::ContentBlock &block : m_message.content) {
            if (const auto *text = std::get_if<Conversation::TextBlock>(&block))
                addWords(text->text);
            else if (const auto *call = std::get_if<Conversation::ToolCallBlock>(&block))
                m_events.append(ToolCallBeingWritten{call->id, call->name});
        }
        m_events.append(Completed{m_message});
        connect(&m_timer, &QTimer::timeout, this, &DemoStream::next);
        m_timer.start(perWord);
    }

    qint64 requestBytes() const override { return m_bytes; }

private:
    void addWords(const QString &text)
    {
        static const QRegularExpression kWord(u"\\S+\\s*|\\s+"_s);
        for (auto it = kWord.globalMatch(text); it.hasNext();)
            m_events.append(TextDelta{it.next().captured()});
    }

    void next()
    {
        const LlmEvent event = m_events.takeFirst();
        if (m_events.isEmpty())
            m_timer.stop();
        emit happened(event);
    }

    Conversation::Message m_message;
    qint64 m_bytes;
    QList<LlmEvent> m_events;
    QTimer m_timer;
};

Conversation::Message textAnswer(const QString &text)
{
    Conversation::Message message;
    message.role = Conversation::Role::Assistant;
    message.content.append(Conversation::TextBlock{text});
    message.stopReason = Conversation::StopReason::EndTurn;
    return message;
}

} // namespace

DemoClient::DemoClient(std::chrono::milliseconds perWord)
    : m_perWord(perWord)
{
}

QString DemoClient::provider() const
{
    return u"demo"_s;
}

LlmStream *DemoClient::send(const LlmRequest &request, QObject *parent)
{
    // Without tools it is not the person who asks: a summary is wanted, of words that name commands.
    Conversation::Message message = request.tools.isEmpty() ? textAnswer(u"The demo model keeps no notes."_s)
                                                            : demoAnswer(request.messages);
    qint64 characters = 0;
    for (const Conversation::Message &one : request.messages)
        characters += Conversation::plainText(one).size();
    // A real model counts tokens; the demo gives the usual estimate of four characters each.
    message.usage.inputTokens = characters / 4;
    message.usage.outputTokens = Conversation::plainText(message).size() / 4;
    return new DemoStream(std::move(message), characters, m_perWord, parent);
}

QFuture<Result<QVector<ModelInfo>>> DemoClient::listModels()
{
    return QtFuture::makeReadyFuture<Result<QVector<ModelInfo>>>(
        QVector<ModelInfo>{{u"demo"_s, u"Demo (offline)"_s}});
}

} // namespace Meanwhile::Llm
