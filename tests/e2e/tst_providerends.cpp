// SPDX-License-Identifier: MIT
#include "e2e/printrun.h"
#include "support/strictjson.h"
#include "support/testregistry.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QtTest>

using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

QByteArray quoted(const QByteArray &text)
{
    const QByteArray list = QJsonDocument(QJsonArray{QString::fromUtf8(text)}).toJson(QJsonDocument::Compact);
    return list.sliced(1).chopped(1);
}

/// An answer of Chat Completions with these deltas; `reason` as JSON.
ScriptedAnswer openAiAnswer(const QByteArrayList &deltas, const QByteArray &reason)
{
    ScriptedAnswer answer;
    for (const QByteArray &delta : deltas)
        answer.pieces +=
            R"(data: {"choices":[{"index":0,"delta":)" + delta + ",\"finish_reason\":null}]}\n\n";
    answer.pieces +=
        R"(data: {"choices":[{"index":0,"delta":{},"finish_reason":)" + reason + "}]}\n\ndata: [DONE]\n\n";
    return answer;
}

QByteArray textDelta(const QByteArray &text)
{
    return R"({"content":)" + quoted(text) + '}';
}

QByteArray callDelta(const QByteArray &id, const QByteArray &name, const QByteArray &arguments)
{
    return R"({"tool_calls":[{"index":0,"id":)" + quoted(id) + R"(,"type":"function","function":{"name":)" +
           quoted(name) + R"(,"arguments":)" + quoted(arguments) + "}}]}";
}

ScriptedAnswer anthropicEnd(const QByteArray &text, const QByteArray &reason)
{
    ScriptedAnswer answer = anthropicAnswer(text);
    for (QByteArray &piece : answer.pieces)
        piece.replace(R"("stop_reason":"end_turn")", R"("stop_reason":)" + reason);
    return answer;
}

ScriptedAnswer error(int status, const QByteArray &body)
{
    ScriptedAnswer answer;
    answer.status = status;
    answer.contentType = "application/json";
    answer.pieces = {body};
    answer.chunked = false;
    return answer;
}

/// The text of the result that the last request carries.
QString lastResult(const LoopbackServer &server)
{
    const QJsonArray messages =
        QJsonDocument::fromJson(server.requests().last().body).object().value(u"messages"_s).toArray();
    const QJsonObject last = messages.last().toObject();
    const QJsonValue content = last.value(u"content"_s);
    if (content.isString())
        return content.toString();
    return content.toArray()
        .first()
        .toObject()
        .value(u"content"_s)
        .toArray()
        .first()
        .toObject()
        .value(u"text"_s)
        .toString();
}

} // namespace

/// How answers end, and what they hold, in a run without a window.
class ProviderEndsTest : public QObject {
    Q_OBJECT

private slots:
    void saysWhyTheTurnEnded_data();
    void saysWhyTheTurnEnded();
    void endsWellByItsOwnWord();
    void tellsTheModelOfACallWithoutAReason();
    void endsAfterTenAnswersThatGetNothingDone_data();
    void endsAfterTenAnswersThatGetNothingDone();
    void sendsNoHalfCharacters_data();
    void sendsNoHalfCharacters();
    void goesOnWithASessionThatHoldsHalfCharacters();
    void runsCallsAsTheyWereMeant_data();
    void runsCallsAsTheyWereMeant();
    void makesRoomWhenAServerSaysItIsTooLong_data();
    void makesRoomWhenAServerSaysItIsTooLong();
    void saysThatItDoesNotFit();
    void goesOnAfterALargeFirstCall();
    void doesNotTryAgainWithoutCredit();
    void saysThatTheWakesAreUsedUp();

private:
    static PrintRun keyed()
    {
        PrintRun run;
        run.setVariable(u"ANTHROPIC_API_KEY"_s, u"test-key"_s);
        run.setVariable(u"OPENAI_API_KEY"_s, u"test-key"_s);
        return run;
    }
    static QStringList openAi(const LoopbackServer &server)
    {
        return {u"--provider"_s, u"openai"_s, u"--base-url"_s, server.url(u"/v1"_s).toString()};
    }
};

void ProviderEndsTest::saysWhyTheTurnEnded_data()
{
    QTest::addColumn<ScriptedAnswer>("answer");
    QTest::addColumn<bool>("isOpenAi");
    QTest::addColumn<QByteArray>("words");
    const auto anthropic = [](const char *name, const QByteArray &text, const QByteArray &reason,
                               const QByteArray &words) {
        QTest::newRow(name) << anthropicEnd(text, reason) << false << words;
    };
    const auto openAi = [](const char *name, const QByteArray &text, const QByteArray &reason,
                            const QByteArray &words) {
        QTest::newRow(name) << openAiAnswer({textDelta(text)}, reason) << true << words;
    };
    anthropic("empty", "", R"("end_turn")", "The answer was empty");
    anthropic("cut off", "cut here", R"("max_tokens")", "length limit");
    anthropic("full", "cut here", R"("model_context_window_exceeded")", "length limit");
    anthropic("refused", "", R"("refusal")", "declined");
    anthropic("no reason", "so", "null", "without saying why");
    anthropic("a reason of tomorrow", "so", R"("compute_budget")", "(compute_budget)");
    anthropic("stop sequence", "so", R"("stop_sequence")", "stop sequence");
    anthropic("calls that are none", "so", R"("tool_use")", "holds no call");
    openAi("openai, empty", "", R"("stop")", "The answer was empty");
    openAi("openai, cut off", "cut here", R"("length")", "length limit");
    openAi("openai, filtered", "so", R"("content_filter")", "filter ended the answer");
    openAi("openai, no reason", "so", "null", "without saying why");
    openAi(
        "openai, another reason", "so", R"("insufficient_system_resource")", "insufficient_system_resource");
    openAi("openai, a call as text", "<tool_call>{\"name\":\"bash\",\"arguments\":{}}</tool_call>",
        R"("stop")", "tool parser is off");
}

void ProviderEndsTest::saysWhyTheTurnEnded()
{
    QFETCH(ScriptedAnswer, answer);
    QFETCH(bool, isOpenAi);
    QFETCH(QByteArray, words);
    for (const auto &format : {u"text"_s, u"stream-json"_s}) {
        LoopbackServer server;
        server.setFallback([&](const ReceivedRequest &) { return answer; });
        const PrintResult result = keyed().ask(
            server, QStringList{u"--output-format"_s, format} + (isOpenAi ? openAi(server) : QStringList()));
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.errors.contains(words), result.everything());
        QCOMPARE(server.requests().size(), 1);
    }
}

void ProviderEndsTest::endsWellByItsOwnWord()
{
    LoopbackServer server;
    server.enqueue(openAiAnswer({textDelta("Done.")}, R"("stop")"));
    const PrintResult result =
        keyed().ask(server, openAi(server) + QStringList{u"--output-format"_s, u"text"_s});
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(result.output, QByteArray("Done.\n"));
    QCOMPARE(result.errors, QByteArray());
}

void ProviderEndsTest::tellsTheModelOfACallWithoutAReason()
{
    LoopbackServer server;
    server.enqueue(openAiAnswer({callDelta("c1", "bash", R"({"command":"touch ran"})")}, "null"));
    server.enqueue(openAiAnswer({textDelta("I see.")}, R"("stop")"));
    const PrintRun run = keyed();
    const PrintResult result = run.ask(server, openAi(server));
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(server.requests().size(), 2);
    QVERIFY2(lastResult(server).contains(u"Make it again"_s), server.requests().last().body);
    QVERIFY(!QFile::exists(run.path(u"ran"_s)));
}

void ProviderEndsTest::endsAfterTenAnswersThatGetNothingDone_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("cut off") << QByteArray("bash") << QByteArray(R"({"command":"true"})")
                             << QByteArray("max_tokens");
    QTest::newRow("an unknown tool") << QByteArray("fly") << QByteArray("{}") << QByteArray("tool_use");
    QTest::newRow("wrong arguments") << QByteArray("bash") << QByteArray(R"({"cmd":1})")
                                     << QByteArray("tool_use");
    QTest::newRow("no JSON") << QByteArray("bash") << QByteArray(R"({"command":)") << QByteArray("tool_use");
    QTest::newRow("refused") << QByteArray("write_file") << QByteArray(R"({"path":"/etc/x","content":""})")
                             << QByteArray("tool_use");
}

void ProviderEndsTest::endsAfterTenAnswersThatGetNothingDone()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, reason);
    LoopbackServer server;
    server.setFallback([&](const ReceivedRequest &) {
        ScriptedAnswer answer = anthropicAnswer({}, {{"t1", name, input}});
        for (QByteArray &piece : answer.pieces)
            piece.replace(R"("stop_reason":"tool_use")", R"("stop_reason":")" + reason + '"');
        return answer;
    });
    const PrintResult result = keyed().ask(server, {u"--permission-mode"_s, u"edits"_s});
    QCOMPARE(result.exitCode, 1);
    QCOMPARE(server.requests().size(), 10);
    QVERIFY2(result.errors.contains("10 answers in a row"), result.everything());
}

void ProviderEndsTest::sendsNoHalfCharacters_data()
{
    QTest::addColumn<bool>("isOpenAi");
    QTest::newRow("anthropic") << false;
    QTest::newRow("openai") << true;
}

void ProviderEndsTest::sendsNoHalfCharacters()
{
    QFETCH(bool, isOpenAi);
    LoopbackServer server;
    const QByteArray input = R"({"command":"echo \"현\ud99c\"","description":"\ude00","\udbff":["\ud800"]})";
    if (isOpenAi) {
        server.enqueue(openAiAnswer({callDelta("c1", "bash", input)}, R"("tool_calls")"));
        server.enqueue(openAiAnswer({textDelta("Done.")}, R"("stop")"));
    } else {
        server.enqueue(anthropicAnswer({}, {{"t1", "bash", input}}));
        server.enqueue(anthropicAnswer("Done."));
    }
    const PrintResult result = keyed().ask(server, isOpenAi ? openAi(server) : QStringList());
    QCOMPARE(result.exitCode, 0);
    QCOMPARE(server.requests().size(), 2);
    const QByteArray body = server.requests().last().body;
    QCOMPARE(wrongInJson(body), QString());
    const QJsonObject call =
        QJsonDocument::fromJson(body).object().value(u"messages"_s).toArray().at(isOpenAi ? 2 : 1).toObject();
    if (isOpenAi) {
        const QByteArray arguments = call.value(u"tool_calls"_s)
                                         .toArray()
                                         .first()
                                         .toObject()
                                         .value(u"function"_s)
                                         .toObject()
                                         .value(u"arguments"_s)
                                         .toString()
                                         .toUtf8();
        QVERIFY2(arguments.contains("현?"), arguments);
        QCOMPARE(wrongInJson(arguments), QString());
    }
    for (const QByteArray &line : result.output.trimmed().split('\n'))
        QCOMPARE(wrongInJson(line), QString());
}

void ProviderEndsTest::goesOnWithASessionThatHoldsHalfCharacters()
{
    LoopbackServer server;
    server.enqueue(anthropicAnswer({}, {{"t1", "bash", R"({"command":"echo \ud99c"})"}}));
    server.setFallback([](const ReceivedRequest &) { return anthropicAnswer("Done."); });
    const PrintRun run = keyed();
    QCOMPARE(run.ask(server).exitCode, 0);
    // With the same provider, and with another.
    QCOMPARE(run.ask(server, {u"--continue"_s}).exitCode, 0);
    QCOMPARE(wrongInJson(server.requests().last().body), QString());
    LoopbackServer other;
    other.enqueue(openAiAnswer({textDelta("Done.")}, R"("stop")"));
    QCOMPARE(run.ask(other, openAi(other) + QStringList{u"--continue"_s}).exitCode, 0);
    QCOMPARE(wrongInJson(other.requests().last().body), QString());
    QVERIFY(!other.requests().last().body.contains("\\ud"));
}

void ProviderEndsTest::runsCallsAsTheyWereMeant_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("arguments");
    const QByteArray plain = R"({"command":"touch ran"})";
    QTest::newRow("in a string") << QByteArray("bash") << quoted(plain);
    QTest::newRow("in two strings") << QByteArray("bash") << quoted(quoted(plain));
    QTest::newRow("another case") << QByteArray("Bash") << plain;
    QTest::newRow("a namespace") << QByteArray("functions.bash") << plain;
    QTest::newRow("a space") << QByteArray("bash ") << plain;
    QTest::newRow("the model's marks") << QByteArray("bash<|channel|>commentary") << plain;
    QTest::newRow("a number as a string")
        << QByteArray("bash") << QByteArray(R"({"command":"touch ran","timeout_s":"9"})");
}

void ProviderEndsTest::runsCallsAsTheyWereMeant()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, arguments);
    for (const bool isOpenAi : {false, true}) {
        LoopbackServer server;
        if (isOpenAi) {
            server.enqueue(openAiAnswer({callDelta("c1", name, arguments)}, R"("stop")"));
            server.enqueue(openAiAnswer({textDelta("Done.")}, R"("stop")"));
        } else {
            server.enqueue(anthropicAnswer({}, {{"t1", name, arguments}}));
            server.enqueue(anthropicAnswer("Done."));
        }
        const PrintRun run = keyed();
        const PrintResult result = run.ask(server, isOpenAi ? openAi(server) : QStringList());
        QCOMPARE(result.exitCode, 0);
        QVERIFY2(QFile::exists(run.path(u"ran"_s)), result.everything());
        const QJsonObject call = result.lines(u"tool_call"_s).first();
        QCOMPARE(call.value(u"name"_s).toString(), u"bash"_s);
        QCOMPARE(call.value(u"input"_s).toObject().value(u"command"_s).toString(), u"touch ran"_s);
        QVERIFY2(server.requests().last().body.contains(R"("name":"bash")"), server.requests().last().body);
    }
}

void ProviderEndsTest::makesRoomWhenAServerSaysItIsTooLong_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("LM Studio")
        << 400
        << QByteArray(
               R"({"error":"Trying to keep the first 15857 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough."})");
    QTest::newRow("LM Studio, 500") << 500 << QByteArray(R"({"error":"Context size has been exceeded."})");
    QTest::newRow("TGI")
        << 422
        << QByteArray(
               R"({"error":"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096","error_type":"validation"})");
    QTest::newRow("nginx") << 413 << QByteArray("<html><title>413 Request Entity Too Large</title></html>");
    QTest::newRow("in mid-answer")
        << 200
        << QByteArray("data: {\"error\":{\"message\":\"the input length exceeds the context length\"}}\n\n");
}

void ProviderEndsTest::makesRoomWhenAServerSaysItIsTooLong()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    LoopbackServer server;
    // Too long for as long as the old output is in it.
    server.setFallback([&](const ReceivedRequest &request) {
        if (request.body.contains("<conversation>"))
            return openAiAnswer({textDelta("Notes.")}, R"("stop")");
        if (request.body.count("xyzzy") > 100) {
            ScriptedAnswer refused = error(status, body);
            refused.contentType = status == 200 ? "text/event-stream" : "application/json";
            return refused;
        }
        return server.requests().size() == 1
                   ? openAiAnswer({callDelta("c1", "bash",
                                      R"({"command":"for i in $(seq 300); do echo xyzzy; done"})")},
                         R"("tool_calls")")
                   : openAiAnswer({textDelta("Done.")}, R"("stop")");
    });
    const PrintResult result = keyed().ask(server, openAi(server));
    QVERIFY2(result.exitCode == 0, result.everything());
    QVERIFY2(result.text().endsWith(u"Done."_s), result.everything());
    QVERIFY(result.lines(u"retry"_s).isEmpty());
}

void ProviderEndsTest::saysThatItDoesNotFit()
{
    LoopbackServer server;
    server.setFallback([](const ReceivedRequest &) {
        return error(400,
            R"({"error":"The number of tokens to keep from the initial prompt is greater than the context length."})");
    });
    const PrintResult result = keyed().ask(server, openAi(server));
    QCOMPARE(result.exitCode, 1);
    QVERIFY2(
        result.lines(u"error"_s).last().value(u"message"_s).toString().contains(u"does not fit this model"_s),
        result.everything());
}

void ProviderEndsTest::goesOnAfterALargeFirstCall()
{
    LoopbackServer server;
    const QByteArray content(600'000, 'w');
    server.setFallback([&](const ReceivedRequest &request) {
        if (request.body.size() > 300'000)
            return error(413, "<html>413 Request Entity Too Large</html>");
        return server.requests().size() == 1
                   ? anthropicAnswer(
                         {}, {{"t1", "write_file", R"({"path":"a","content":")" + content + "\"}"}})
                   : anthropicAnswer("Done.");
    });
    const PrintRun run = keyed();
    const PrintResult result = run.ask(server);
    QVERIFY2(result.exitCode == 0, result.everything().first(2'000));
    QCOMPARE(QFileInfo(run.path(u"a"_s)).size(), content.size());
    QVERIFY(server.requests().last().body.contains("left out to make room"));
}

void ProviderEndsTest::doesNotTryAgainWithoutCredit()
{
    LoopbackServer server;
    server.setFallback([](const ReceivedRequest &) {
        return error(429,
            R"({"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota","code":"insufficient_quota"}})");
    });
    const PrintResult result = keyed().ask(server, openAi(server));
    QCOMPARE(result.exitCode, 1);
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(result.lines(u"error"_s).last().value(u"kind"_s).toString(), u"permission_denied"_s);
}

void ProviderEndsTest::saysThatTheWakesAreUsedUp()
{
    LoopbackServer server;
    server.setFallback([&](const ReceivedRequest &request) {
        // A task for each wake: the model is told of it, starts another, and ends its turn.
        const bool hasStarted = request.body.count("tool_result") > 0 &&
                                request.body.lastIndexOf("tool_result") > request.body.lastIndexOf("[bg:");
        if (hasStarted)
            return anthropicAnswer("It runs.");
        return anthropicAnswer({}, {{"t" + QByteArray::number(server.requests().size()), "background_run",
                                       R"({"command":"sleep 0.05"})"}});
    });
    PrintRun run = keyed();
    run.setLimit(150);
    const PrintResult result = run.ask(server);
    QCOMPARE(result.exitCode, 1);
    QVERIFY2(result.errors.contains("hourly limit of wake-ups"), result.errors);
}

MEANWHILE_TEST(ProviderEndsTest)
#include "tst_providerends.moc"
