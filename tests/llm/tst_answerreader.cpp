// SPDX-License-Identifier: MIT
#include "streamplay.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kEvents = "text/event-stream";
const QByteArray kStarted = "data: {\"type\":\"message_start\",\"message\":{}}\n\n";
const QByteArray kChunk = "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n";
const QByteArray kFinish = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

} // namespace

class AnswerReaderTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void saysWhyThereIsNoAnswer_data()
    {
        QTest::addColumn<Protocol>("protocol");
        QTest::addColumn<QByteArray>("contentType");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("words");
        const auto both = [](const QByteArray &name, const QByteArray &contentType, const QByteArray &body,
                              ErrorKind kind, const QString &words) {
            QTest::newRow(name + ", anthropic")
                << Protocol::Anthropic << contentType << body << kind << words;
            QTest::newRow(name + ", openai") << Protocol::OpenAi << contentType << body << kind << words;
        };
        const QByteArray page = "<!DOCTYPE html><html>Sign in</html>";
        both("web page", "text/html", page, ErrorKind::Protocol, u"Check the address"_s);
        both("web page that claims to be a stream", kEvents, "\n " + page, ErrorKind::Protocol,
            u"Check the address"_s);
        both("plain words", "text/plain", "idle", ErrorKind::Protocol, u"Check the address"_s);
        both("JSON of something else", "application/json", R"({"version":"1.0"})", ErrorKind::Protocol,
            u"Check the address"_s);
        both("empty", kEvents, "", ErrorKind::Network, u"without an answer"_s);
        both("nothing but comments", kEvents, ": wait\n\n: wait\n\n", ErrorKind::Network,
            u"without an answer"_s);
        both("no JSON", kEvents, "data: oops\n\n", ErrorKind::Protocol, u"cannot be read"_s);
        both("error as JSON", "application/json", R"({"error":{"message":"Slow down","code":429}})",
            ErrorKind::RateLimited, u"Slow down"_s);
        both("error as data", kEvents, "data: {\"error\":{\"message\":\"Out of order\",\"code\":502}}\n\n",
            ErrorKind::Overloaded, u"Out of order"_s);
        both("error is a word", kEvents, "data: {\"error\":\"no model loaded\"}\n\n", ErrorKind::Protocol,
            u"no model loaded"_s);
        both("error event without JSON", kEvents, "event: error\ndata: upstream gone\n\n",
            ErrorKind::Protocol, u"upstream gone"_s);
        both("error event, flat", kEvents,
            "event: error\ndata: {\"message\":\"Key\",\"status_code\":401}\n\n", ErrorKind::Authentication,
            u"Key"_s);
        const auto one = [](const char *name, Protocol protocol, const QByteArray &body, ErrorKind kind,
                             const QString &words) {
            QTest::newRow(name) << protocol << kEvents << body << kind << words;
        };
        one("anthropic: overloaded in mid-stream", Protocol::Anthropic,
            kStarted +
                "event: error\ndata: "
                "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Busy\"}}\n\n",
            ErrorKind::Overloaded, u"Busy"_s);
        one("anthropic: breaks off", Protocol::Anthropic, kStarted, ErrorKind::Network, u"broke off"_s);
        one("anthropic: starts twice", Protocol::Anthropic,
            kStarted + kStarted + "data: {\"type\":\"message_stop\"}\n\n", ErrorKind::Network,
            u"broke off"_s);
        one("anthropic: ends without a start", Protocol::Anthropic, "data: {\"type\":\"message_stop\"}\n\n",
            ErrorKind::Network, u"without an answer"_s);
        one("openai: breaks off", Protocol::OpenAi, kChunk, ErrorKind::Network, u"broke off"_s);
        one("openai: breaks off in an event after its finish", Protocol::OpenAi,
            kChunk + kFinish + "data: {\"usa", ErrorKind::Network, u"broke off"_s);
        one("openai: [DONE] alone", Protocol::OpenAi, "data: [DONE]\n\n", ErrorKind::Network,
            u"without an answer"_s);
        one("openai: error beside choices", Protocol::OpenAi,
            kChunk + "data: {\"error\":{\"code\":400,\"message\":\"Too "
                     "long\"},\"choices\":[{\"delta\":{}}]}\n\ndata: [DONE]\n\n",
            ErrorKind::BadRequest, u"Too long"_s);
        one("openai: error in the choice", Protocol::OpenAi,
            "data: "
            "{\"choices\":[{\"delta\":{},\"finish_reason\":\"error\",\"error\":{\"code\":\"rate_limit_"
            "exceeded\"}}]}\n\n",
            ErrorKind::RateLimited, u"limit"_s);
        one("openai: error object of vLLM", Protocol::OpenAi,
            "data: {\"object\":\"error\",\"message\":\"Bad\",\"type\":\"BadRequestError\",\"code\":400}\n\n",
            ErrorKind::BadRequest, u"Bad"_s);
        one("openai: words instead of choices", Protocol::OpenAi, "data: {\"detail\":\"Not ready\"}\n\n",
            ErrorKind::Protocol, u"Not ready"_s);
    }

    void saysWhyThereIsNoAnswer()
    {
        QFETCH(Protocol, protocol);
        QFETCH(QByteArray, contentType);
        QFETCH(QByteArray, body);
        QFETCH(ErrorKind, kind);
        QFETCH(QString, words);
        for (qsizetype cut = 0; cut <= body.size(); ++cut) {
            const Played played = play(
                protocol, Reply{.contentType = contentType, .pieces = {body.first(cut), body.sliced(cut)}});
            QCOMPARE(played.ends, 1);
            QVERIFY(played.error);
            QCOMPARE(nameOf(played.error->kind), nameOf(kind));
            QVERIFY2(played.error->message.contains(words), qPrintable(played.error->message));
        }
    }

    void readsAStreamWhateverItsContentType_data()
    {
        QTest::addColumn<QByteArray>("contentType");
        QTest::newRow("none") << QByteArray();
        QTest::newRow("plain text") << QByteArray("text/plain");
        QTest::newRow("JSON") << QByteArray("application/json");
    }

    void readsAStreamWhateverItsContentType()
    {
        QFETCH(QByteArray, contentType);
        for (const QByteArray &beginning :
            {QByteArray(), QByteArray("\xef\xbb\xbf"), QByteArray("\r\n\r\n"), QByteArray(": hi\n\n"),
                QByteArray("id: 1\n"), QByteArray("event: x\n"), QByteArray("retry: 3\n\n")}) {
            const QByteArray body = beginning + kChunk + kFinish;
            QByteArrayList bytes;
            for (const char c : body)
                bytes += QByteArray(1, c);
            const Played played = play(Protocol::OpenAi, Reply{.contentType = contentType, .pieces = bytes});
            QVERIFY(played.message);
            QCOMPARE(played.text, u"Hi"_s);
        }
    }

    void takesAWholeAnswerWithoutAStream()
    {
        const Played openAi = play(Protocol::OpenAi,
            Reply{.contentType = "application/json",
                .pieces = {"{\"choices\":[{\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}],",
                    "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}"}});
        QVERIFY(openAi.message);
        QCOMPARE(openAi.text, u"Hi"_s);
        QCOMPARE(openAi.message->usage, (Conversation::Usage{3, 1, 0, 0}));
        const Played anthropic = play(Protocol::Anthropic,
            Reply{.contentType = "application/json",
                .pieces = {"{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}],",
                    "\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}"}});
        QVERIFY(anthropic.message);
        QCOMPARE(anthropic.text, u"Hi"_s);
        QCOMPARE(anthropic.message->stopReason, Conversation::StopReason::EndTurn);
    }

    void keepsThePartialTextOfABrokenAnswer()
    {
        const Error reset{ErrorKind::Network, u"reset"_s, {}};
        const Played played = play(Protocol::OpenAi, Reply{.pieces = {kChunk + kFinish}, .cause = reset});
        QCOMPARE(played.text, u"Hi"_s);
        QCOMPARE(played.error, reset);
    }

    void countsAsWholeOnceTheEndEventCame()
    {
        const Error reset{ErrorKind::Network, u"reset"_s, {}};
        for (const QByteArray &end : {QByteArray("data: [DONE]"), QByteArray("data: [DONE]\n\n")}) {
            const Played played =
                play(Protocol::OpenAi, Reply{.pieces = {kChunk + kFinish + end}, .cause = reset});
            QVERIFY(played.message);
        }
        QVERIFY(play(Protocol::OpenAi, kChunk + kFinish).message);
    }

    void replacesInvalidUtf8()
    {
        const Played played = play(Protocol::OpenAi,
            "data: {\"choices\":[{\"delta\":{\"content\":\"a\xff\"},\"finish_reason\":\"stop\"}]}\n\n");
        QVERIFY(played.message);
        QCOMPARE(played.text, u"a\ufffd"_s);
    }

    void saysNothingAfterTheEnd()
    {
        const Played played =
            play(Protocol::OpenAi, kChunk + "data: [DONE]\n\n" + kChunk + "data: [DONE]\n\n");
        QCOMPARE(played.text, u"Hi"_s);
        QCOMPARE(played.ends, 1);
    }
};

MEANWHILE_TEST(AnswerReaderTest)
#include "tst_answerreader.moc"
