// SPDX-License-Identifier: MIT
#include "base/jsontext.h"
#include "llm/providererror.h"
#include "llm/refusal.h"
#include "support/testregistry.h"

#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace Meanwhile;
using namespace Meanwhile::Llm;
using namespace Qt::StringLiterals;

static QByteArray bodyWith(const QString &message, const QString &param = {})
{
    QJsonObject error{{u"type"_s, u"invalid_request_error"_s}, {u"message"_s, message}};
    if (!param.isEmpty())
        error.insert(u"param"_s, param);
    return compactJson({{u"error"_s, error}});
}

/// Bodies as the providers write them, through the error that a client makes of them.
class RefusalTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void findsThePartThatIsNamed_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("part");
        const auto anthropic = [](const QString &message) { return bodyWith(message); };
        const auto openAi = [](const QString &message, const QString &param) {
            return bodyWith(message, param);
        };
        QTest::newRow("anthropic, image")
            << anthropic(u"messages.3.content.0.image.source.base64: image exceeds 5 MB maximum"_s)
            << u"message 3 block 0"_s;
        QTest::newRow("anthropic, signature")
            << anthropic(u"messages.11.content.2: Invalid signature in thinking block"_s)
            << u"message 11 block 2"_s;
        QTest::newRow("anthropic, inside a result")
            << anthropic(u"messages.4.content.1.tool_result.content.0.image: unreadable"_s)
            << u"message 4 block 1"_s;
        QTest::newRow("anthropic, a message")
            << anthropic(u"messages.2: tool_use ids were found without results"_s) << u"message 2 block -1"_s;
        QTest::newRow("anthropic, none")
            << anthropic(u"messages: at least one message is required"_s) << QString();
        QTest::newRow("anthropic, a tool") << anthropic(u"tools.0.name: too long"_s) << QString();
        QTest::newRow("openai, a message")
            << openAi(u"Missing required parameter"_s, u"messages[3].content"_s) << u"message 3 block -1"_s;
        QTest::newRow("openai, a part")
            << openAi(u"Invalid image"_s, u"messages.[2].content.[1].image_url"_s) << u"message 2 block 1"_s;
        QTest::newRow("openai, a call")
            << openAi(u"Invalid 'messages[5].tool_calls[1].id': string too long"_s,
                   u"messages[5].tool_calls[1].id"_s)
            << u"message 5 call 1"_s;
        QTest::newRow("a path as a list")
            << QByteArray("{'detail':[{'loc':['body','messages',7,'user','content'],'msg':'no'}]}")
                   .replace('\'', '"')
            << u"message 7 block -1"_s;
        QTest::newRow("a web page") << QByteArray("<html>Bad request</html>") << QString();
        QTest::newRow("a number that is none")
            << anthropic(u"messages.99999999999.content.0: no"_s) << QString();
    }
    void findsThePartThatIsNamed()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, part);
        const auto found = refusedPart(errorForStatus(400, body, u"model"_s));
        QString text;
        if (found)
            text = u"message %1 %2 %3"_s.arg(found->message)
                       .arg(found->isCall ? u"call"_s : u"block"_s)
                       .arg(found->block);
        QCOMPARE(text, part);
        QVERIFY(!refusedPart(errorForStatus(500, body, u"model"_s)));
    }

    void repeatsTheProvidersWords()
    {
        const auto found = refusedPart(errorForStatus(
            400, bodyWith(u"messages.3.content.0.image.source: could not\nprocess image"_s), u"model"_s));
        QVERIFY(found);
        QCOMPARE(found->reason, u"messages.3.content.0.image.source: could not process image"_s);
    }

    void knowsWhatIsTooLong_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<bool>("isTooLong");
        const auto row = [](const char *name, const QByteArray &words, bool isTooLong = true,
                             int status = 400) { QTest::newRow(name) << status << words << isTooLong; };
        row("Anthropic", "prompt is too long: 205000 tokens > 200000 maximum");
        row("Anthropic with its answer",
            "input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000");
        row("Anthropic, 413", "Request exceeds the maximum size", true, 413);
        row("OpenAI, DeepSeek, vLLM",
            "This model's maximum context length is 8192 tokens. However, you requested 9000");
        row("OpenAI, newer", "Your input exceeds the context window of this model.");
        row("llama.cpp", "the request exceeds the available context size, try increasing it");
        row("Mistral", "Prompt contains 40000 tokens, too large for model with 32768 maximum context length");
        row("Groq", "Please reduce the length of the messages or completion.");
        row("Gemini",
            "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).");
        row("an output limit", "max_tokens is too large: 16000. This model supports at most 4096", false);
        row("an image", "messages.0.content.1.image.source.base64: image exceeds 5 MB maximum", false);
        row("a server's fault", "prompt is too long", true, 500);
    }
    void knowsWhatIsTooLong()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, words);
        QFETCH(bool, isTooLong);
        const QByteArray body = bodyWith(QString::fromUtf8(words));
        QCOMPARE(isPromptTooLong(errorForStatus(status, body, u"model"_s)), isTooLong);
    }
};

MEANWHILE_TEST(RefusalTest)
#include "tst_refusal.moc"
