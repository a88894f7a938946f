// SPDX-License-Identifier: MIT
#include "llm/learnedmodels.h"
#include "llm/modellist.h"
#include "llm/modelquestion.h"
#include "support/loopbackserver.h"
#include "support/testregistry.h"
#include "wire/httpclient.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Llm;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

// JSON with single quotes, so that it can be read here.
QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}

QByteArray listOf(const QByteArray &entries)
{
    return json("{'data':[" + entries + "]}");
}

ModelFacts window(qint64 tokens, Known vision = Known::Unknown)
{
    ModelFacts facts;
    facts.contextWindow = tokens;
    facts.vision = vision;
    return facts;
}

QByteArray priced(const QByteArray &pricing)
{
    return listOf("{'id':'m','pricing':{'prompt':'0.000003','completion':'0.000015'" + pricing + "}}");
}

} // namespace

class ModelListTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsWhatEachProviderSays_data()
    {
        QTest::addColumn<QByteArray>("entry");
        QTest::addColumn<qint64>("tokens");
        QTest::addColumn<Known>("vision");
        QTest::addColumn<Known>("tools");
        using enum Known;
        QTest::newRow("nothing") << QByteArray("{'id':'m'}") << qint64(0) << Unknown << Unknown;
        QTest::newRow("OpenRouter") << QByteArray("{'id':'m','context_length':131072,'architecture':"
                                                  "{'input_modalities':['text','image']},"
                                                  "'supported_parameters':['tools','top_p']}")
                                    << qint64(131072) << Yes << Yes;
        QTest::newRow("OpenRouter, text only, no tools")
            << QByteArray("{'id':'m','context_length':4096,'architecture':{'input_modalities':['text']},"
                          "'supported_parameters':['top_p']}")
            << qint64(4096) << No << No;
        QTest::newRow("vLLM") << QByteArray("{'id':'m','owned_by':'vllm','max_model_len':32768}")
                              << qint64(32768) << Unknown << Unknown;
        QTest::newRow("Groq") << QByteArray("{'id':'m','context_window':131072}") << qint64(131072) << Unknown
                              << Unknown;
        QTest::newRow("Mistral") << QByteArray("{'id':'m','max_context_length':262144,'capabilities':"
                                               "{'completion_chat':true,'function_calling':true,"
                                               "'vision':false}}")
                                 << qint64(262144) << No << Yes;
        QTest::newRow("Anthropic") << QByteArray(
                                          "{'id':'m','max_input_tokens':200000,'capabilities':{'image_input':"
                                          "{'supported':true}}}")
                                   << qint64(200000) << Yes << Unknown;
        QTest::newRow("null and nonsense")
            << QByteArray("{'id':'m','context_length':null,'max_model_len':-1,'context_window':'big',"
                          "'architecture':7,'capabilities':[],'pricing':[]}")
            << qint64(0) << Unknown << Unknown;
    }

    void readsWhatEachProviderSays()
    {
        QFETCH(QByteArray, entry);
        QFETCH(qint64, tokens);
        QFETCH(Known, vision);
        QFETCH(Known, tools);
        const QVector<ModelInfo> models = modelsFrom(listOf(entry));
        QCOMPARE(models.size(), 1);
        QCOMPARE(models.first().facts, window(tokens, vision));
        QCOMPARE(models.first().tools, tools);
    }

    void leavesOutWhatCannotChat()
    {
        const QByteArray list =
            listOf("{'id':'text-embedding-3'},{'id':'tts-1'},{'id':'whisper-1'},{'id':'davinci-002'},"
                   "{'id':'a','capabilities':{'completion_chat':false}},"
                   "{'id':'b','capabilities':{'chat_completion':false}},"
                   "{'id':'c','architecture':{'output_modalities':['image']}},"
                   "{'id':'good','architecture':{'output_modalities':['text']}}");
        const QVector<ModelInfo> models = modelsFrom(list);
        QCOMPARE(models.size(), 1);
        QCOMPARE(models.first().id, u"good"_s);
    }

    void readsAPriceOnlyWhereItIsAllThatIsBilled_data()
    {
        QTest::addColumn<QByteArray>("pricing");
        QTest::addColumn<bool>("isKnown");
        QTest::newRow("by token") << QByteArray(",'input_cache_read':'0.0000003','request':'0'") << true;
        QTest::newRow("by request too") << QByteArray(",'request':'0.01'") << false;
        QTest::newRow("thoughts cost more") << QByteArray(",'internal_reasoning':'0.00006'") << false;
        QTest::newRow("long prompts cost more")
            << QByteArray(",'overrides':[{'min_prompt_tokens':200001,'prompt':'0.000006'}]") << true;
        QTest::newRow("in many bands")
            << QByteArray(",'overrides':[{'min_prompt_tokens':9,'prompt':'0.000006'},"
                          "{'min_prompt_tokens':99,'prompt':'0.00001'}]")
            << false;
        QTest::newRow("it depends") << QByteArray(",'overrides':[{'from':'08:00','prompt':'0.000006'}]")
                                    << false;
        QTest::newRow("as is decided later") << QByteArray(",'prompt':'-1'") << false;
        QTest::newRow("numbers, of whatever unit") << QByteArray(",'prompt':3") << false;
    }

    void readsAPriceOnlyWhereItIsAllThatIsBilled()
    {
        QFETCH(QByteArray, pricing);
        QFETCH(bool, isKnown);
        const Price price = modelsFrom(priced(pricing)).first().facts.price;
        QCOMPARE(price.kind, isKnown ? Price::Kind::Known : Price::Kind::Unknown);
        if (!isKnown)
            return;
        QCOMPARE(price.rates.input, 3'000'000);
        QCOMPARE(price.rates.output, 15'000'000);
        if (pricing.contains("cache"))
            QCOMPARE(price.rates.cacheRead, 300'000);
        if (pricing.contains("overrides")) {
            QCOMPARE(price.longPromptOver, 200'000);
            QCOMPARE(price.longPrompt, (Rates{6'000'000, 15'000'000, {}, {}}));
        }
    }

    void asksAServerForItsWindows_data()
    {
        QTest::addColumn<QByteArray>("owner");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<ModelFacts>("facts");
        QTest::newRow("llama.cpp") << QByteArray("llamacpp") << QByteArray("/props")
                                   << QByteArray("{'default_generation_settings':{'n_ctx':65536},"
                                                 "'modalities':{'vision':true}}")
                                   << window(65536, Known::Yes);
        QTest::newRow("LM Studio, loaded")
            << QByteArray("organization_owner") << QByteArray("/api/v0/models")
            << QByteArray("{'data':[{'id':'other','max_context_length':1},{'id':'m','type':'llm',"
                          "'max_context_length':131072,'loaded_context_length':8192}]}")
            << window(8192, Known::No);
        QTest::newRow("LM Studio, not loaded")
            << QByteArray("organization_owner") << QByteArray("/api/v0/models")
            << QByteArray("{'data':[{'id':'m','type':'vlm','max_context_length':131072}]}")
            << window(131072, Known::Yes);
        QTest::newRow("Ollama, loaded")
            << QByteArray("library") << QByteArray("/api/ps")
            << QByteArray("{'models':[{'name':'m','context_length':4096}]}") << window(4096);
        QTest::newRow("Ollama, not loaded")
            << QByteArray("library") << QByteArray("/api/ps") << QByteArray("{'models':[]}") << ModelFacts();
        QTest::newRow("no answer to that")
            << QByteArray("library") << QByteArray("/api/ps") << QByteArray() << ModelFacts();
    }

    void asksAServerForItsWindows()
    {
        QFETCH(QByteArray, owner);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, answer);
        QFETCH(ModelFacts, facts);
        LoopbackServer server;
        server.enqueue(
            {.contentType = "application/json", .pieces = {listOf("{'id':'m','owned_by':'" + owner + "'}")}});
        server.enqueue({.status = answer.isEmpty() ? 404 : 200, .pieces = {json(answer)}});
        Wire::HttpClient transport;
        QObject connections;
        Wire::HttpRequest request;
        request.url = server.url(u"/v1/models?limit=9"_s);
        request.headers = {{"authorization", "Bearer k"}};
        const auto models = requestModels(transport, request, &connections);
        QTRY_VERIFY(models.isFinished());
        QCOMPARE(models.result()->first().facts, facts);
        QCOMPARE(server.requests().last().path, path);
        QVERIFY(server.requests().last().head.toLower().contains("authorization"));
        QTRY_VERIFY(connections.children().isEmpty());
    }

    void mayLoseWhatItBelongsToInTheMomentItAnswers()
    {
        LoopbackServer server;
        server.enqueue({.contentType = "application/json", .pieces = {listOf("{'id':'m'}")}});
        Wire::HttpClient transport;
        auto *connections = new QObject;
        Wire::HttpRequest request;
        request.url = server.url(u"/v1/models"_s);
        bool isTold = false;
        const auto told = requestModels(transport, request, connections)
                              .then([&](const Result<QVector<ModelInfo>> &models) {
                                  isTold = models.has_value();
                                  delete connections;
                              });
        QTRY_VERIFY(isTold);
    }

    void isRememberedByAddress()
    {
        const QUrl here(u"https://user:secret@gateway.example/v1/?key=secret"_s);
        LearnedModels learned;
        const QByteArray list = listOf("{'id':'a','context_length':1000,'pricing':{'prompt':'0.000001',"
                                       "'completion':'0.0000021','overrides':[{'min_prompt_tokens':11,"
                                       "'prompt':'0.000002'}]}},{'id':'b','capabilities':{'vision':false}},"
                                       "{'id':'c'}");
        QVERIFY(learned.learn(here, modelsFrom(list)));
        QVERIFY(!learned.learn(here, modelsFrom(list)));
        QCOMPARE(learned.factsFor(QUrl(u"https://gateway.example/v1"_s), u"a"_s).contextWindow, 1000);
        QCOMPARE(learned.factsFor(QUrl(u"https://other.example/v1"_s), u"a"_s), ModelFacts());
        QCOMPARE(learned.factsFor(here, u"c"_s), ModelFacts());

        const QTemporaryDir state;
        learned.save(state.path());
        QCOMPARE(LearnedModels::load(state.path()), learned);
        QFile file(state.filePath(u"models.json"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("secret"));

        // A model that is not loaded now still has the window it ran with; one that is gone has none.
        QVERIFY(learned.learn(here, modelsFrom(listOf("{'id':'a'}"))));
        QCOMPARE(learned.factsFor(here, u"a"_s).contextWindow, 1000);
        QCOMPARE(learned.factsFor(here, u"b"_s), ModelFacts());
    }

    void isForgottenWhereTheFileIsDamaged()
    {
        const QTemporaryDir state;
        QCOMPARE(LearnedModels::load(state.path()), LearnedModels());
        QFile file(state.filePath(u"models.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"x\":[1,{\"m\":");
        file.close();
        QCOMPARE(LearnedModels::load(state.path()), LearnedModels());
    }
};

MEANWHILE_TEST(ModelListTest)
#include "tst_modellist.moc"
