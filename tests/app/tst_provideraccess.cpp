// SPDX-License-Identifier: MIT
#include "app/provideraccess.h"
#include "support/loopbackserver.h"
#include "support/testregistry.h"
#include "wire/httpclient.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::App;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

class ProviderAccessTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void isTheDemoWithoutAnyKey() { QCOMPARE(ProviderAccess::resolve({}, {}, {}, {}).provider, u"demo"_s); }

    void takesWhatHasAKey_data()
    {
        QTest::addColumn<QString>("variable");
        QTest::addColumn<QString>("provider");
        QTest::newRow("key") << u"ANTHROPIC_API_KEY"_s << u"anthropic"_s;
        QTest::newRow("token") << u"ANTHROPIC_AUTH_TOKEN"_s << u"anthropic"_s;
        QTest::newRow("key of OpenAI") << u"OPENAI_API_KEY"_s << u"openai"_s;
    }

    void takesWhatHasAKey()
    {
        QFETCH(QString, variable);
        QFETCH(QString, provider);
        QProcessEnvironment environment;
        environment.insert(variable, u"secret"_s);
        const ProviderAccess access = ProviderAccess::resolve({}, environment, {}, {});
        QCOMPARE(access.provider, provider);
        QCOMPARE(access.key.toString() + access.authToken.toString(), u"secret"_s);
    }

    void prefersTheCommandLineThenTheEnvironmentThenTheSettings()
    {
        Settings settings;
        settings.provider = u"anthropic"_s;
        settings.model = u"from-settings"_s;
        settings.baseUrl = u"http://settings"_s;
        QProcessEnvironment environment;
        ProviderAccess access = ProviderAccess::resolve({}, environment, settings, u"stored"_s);
        QCOMPARE(access, (ProviderAccess{u"anthropic"_s, u"anthropic"_s, u"http://settings"_s, u"stored"_s,
                             {}, u"from-settings"_s}));
        environment.insert(u"ANTHROPIC_MODEL"_s, u"from-environment"_s);
        environment.insert(u"ANTHROPIC_API_KEY"_s, u"fresh"_s);
        access = ProviderAccess::resolve({}, environment, settings, u"stored"_s);
        QCOMPARE(access.model, u"from-environment"_s);
        QCOMPARE(access.key.toString(), u"fresh"_s);
        CommandLine line;
        line.model = u"from-line"_s;
        line.baseUrl = u"http://line"_s;
        access = ProviderAccess::resolve(line, environment, settings, u"stored"_s);
        QCOMPARE(access.model, u"from-line"_s);
        QCOMPARE(access.baseUrl, u"http://line"_s);
    }

    void keepsTheProvidersApart()
    {
        QProcessEnvironment environment;
        environment.insert(u"ANTHROPIC_AUTH_TOKEN"_s, u"other"_s);
        environment.insert(u"ANTHROPIC_BASE_URL"_s, u"http://other"_s);
        environment.insert(u"OPENAI_API_KEY"_s, u"secret"_s);
        environment.insert(u"OPENAI_BASE_URL"_s, u"localhost:11434"_s);
        environment.insert(u"OPENAI_MODEL"_s, u"m"_s);
        CommandLine line;
        line.provider = u"openai"_s;
        const ProviderAccess access = ProviderAccess::resolve(line, environment, {}, {});
        QCOMPARE(access,
            (ProviderAccess{u"openai"_s, u"openai"_s, u"localhost:11434"_s, u"secret"_s, {}, u"m"_s}));
        Wire::HttpClient transport;
        QCOMPARE(access.makeClient(transport, std::chrono::milliseconds(0))->provider(), u"openai"_s);
    }

    void takesWhatTheCommandLineNamesBeforeTheSettingsChoice()
    {
        Settings settings;
        settings.provider = u"openai"_s;
        settings.baseUrl = u"http://elsewhere"_s;
        const QString own = settings.addCustomProvider(u"Gateway"_s, u"https://gateway.example/v1"_s);
        settings.otherProviders.insert(own, {{}, u"big"_s});
        CommandLine line;
        line.provider = u"anthropic"_s;
        QCOMPARE(ProviderAccess::providerFor(line, {}, settings), u"anthropic"_s);
        QVERIFY(ProviderAccess::resolve(line, {}, settings, {}).baseUrl.isEmpty());
        line.provider = own;
        QCOMPARE(ProviderAccess::resolve(line, {}, settings, u"stored"_s),
            (ProviderAccess{own, u"openai"_s, u"https://gateway.example/v1"_s, u"stored"_s, {}, u"big"_s}));
    }

    void keepsTheKeyOutOfTheDemo()
    {
        CommandLine line;
        line.provider = u"demo"_s;
        QProcessEnvironment environment;
        environment.insert(u"ANTHROPIC_AUTH_TOKEN"_s, u"secret"_s);
        QCOMPARE(ProviderAccess::resolve(line, environment, {}, {}),
            (ProviderAccess{u"demo"_s, u"demo"_s, {}, {}, {}, u"demo"_s}));
    }

    void reachesOneOfThePersonsOwnAsItIsDescribed()
    {
        Settings settings;
        settings.provider = settings.addCustomProvider(u"Gateway"_s, u"https://gateway.example/v1"_s);
        settings.model = u"big"_s;
        QProcessEnvironment environment;
        environment.insert(u"OPENAI_API_KEY"_s, u"not for others"_s);
        ProviderAccess access = ProviderAccess::resolve({}, environment, settings, u"stored"_s);
        QCOMPARE(access, (ProviderAccess{u"custom-gateway"_s, u"openai"_s, u"https://gateway.example/v1"_s,
                             u"stored"_s, {}, u"big"_s}));
        settings.customProviders[0].protocol = u"anthropic"_s;
        settings.customProviders[0].headers = QStringList{u"api-key: {key}"_s, u"X-Team: shop"_s};
        access = ProviderAccess::resolve({}, environment, settings, u"stored"_s);
        QCOMPARE(access.protocol, u"anthropic"_s);
        QVERIFY(access.key.isEmpty());
        QCOMPARE(access.headers, (Wire::Headers{{"api-key", "stored"}, {"X-Team", "shop"}}));
    }

    void sendsTheHeadersOfBothProtocols_data()
    {
        QTest::addColumn<QString>("protocol");
        QTest::newRow("openai") << u"openai"_s;
        QTest::newRow("anthropic") << u"anthropic"_s;
    }

    void sendsTheHeadersOfBothProtocols()
    {
        QFETCH(QString, protocol);
        LoopbackServer server;
        CustomProvider provider;
        provider.id = u"custom-x"_s;
        provider.protocol = protocol;
        provider.baseUrl = server.url(u"/v1"_s).toString();
        provider.headers = QStringList{u"authorization: Token {key}"_s, u"Anthropic-Version: 2099-01-01"_s};
        Wire::HttpClient transport;
        const auto client =
            ProviderAccess::of(provider, u"sk-1"_s).makeClient(transport, std::chrono::milliseconds(0));
        client->listModels();
        QTRY_COMPARE(server.requests().size(), 1);
        const QByteArray head = server.requests().first().head.toLower();
        QCOMPARE(head.count("authorization: token sk-1"), 1);
        QCOMPARE(head.count("anthropic-version"), 1);
        QVERIFY(head.contains("anthropic-version: 2099-01-01"));
        QVERIFY(!head.contains("x-api-key"));
    }

    void knowsWhatIsKnownOfTheModelThere()
    {
        const Llm::ModelCatalog catalog = Llm::ModelCatalog::builtIn();
        ProviderAccess access;
        access.protocol = u"anthropic"_s;
        access.model = u"claude-sonnet-4-5"_s;
        QCOMPARE(access.facts(catalog).price.kind, Llm::Price::Kind::Known);
        QCOMPARE(access.facts(catalog).thinking, Llm::ThinkingForm::Budget);
        access.baseUrl = u"https://gateway.example"_s;
        QCOMPARE(access.facts(catalog).price.kind, Llm::Price::Kind::Unknown);
        QCOMPARE(access.facts(catalog).contextWindow, 200'000);
        access.protocol = u"openai"_s; // has no words for a budget
        QCOMPARE(access.facts(catalog).thinking, Llm::ThinkingForm::None);
        access.model = u"gpt-5"_s;
        access.baseUrl.clear();
        QCOMPARE(access.facts(catalog).thinking, Llm::ThinkingForm::Effort);
        access.baseUrl = u"localhost:11434"_s;
        access.model = u"qwen3:8b"_s;
        QCOMPARE(access.facts(catalog).price.kind, Llm::Price::Kind::Local);
        access.protocol = u"demo"_s;
        QCOMPARE(access.facts(catalog).price.kind, Llm::Price::Kind::Local);
    }

    void knowsWhatTheProviderSaysOfItsModels()
    {
        const Llm::ModelCatalog catalog = Llm::ModelCatalog::builtIn();
        Llm::ModelInfo told;
        told.facts.contextWindow = 5'000;
        told.facts.vision = Llm::Known::No;
        told.facts.price.kind = Llm::Price::Kind::Known;
        told.facts.price.rates = {1, 2, {}, {}};
        Llm::LearnedModels learned;
        ProviderAccess access;
        access.protocol = u"openai"_s;
        const auto factsAt = [&](const QString &address, const QString &model) {
            access.baseUrl = address;
            access.model = model;
            told.id = model;
            learned.learn(access.address(), {told});
            return access.facts(catalog, learned);
        };
        Llm::ModelFacts facts = factsAt(u"https://gateway.example/v1"_s, u"maker/unheard-of"_s);
        QCOMPARE(facts, told.facts);
        QCOMPARE(access.facts(catalog).contextWindow, 0); // nobody said anything
        facts = factsAt(u"https://gateway.example/v1"_s, u"openai/gpt-5"_s);
        QCOMPARE(facts.contextWindow, 5'000); // as it is served there
        QCOMPARE(facts.thinking, Llm::ThinkingForm::Effort);
        facts = factsAt(u"localhost:8000"_s, u"unheard-of"_s);
        QCOMPARE(facts.price.kind, Llm::Price::Kind::Local);
        facts = factsAt({}, u"gpt-5"_s); // the seller's own figures
        QCOMPARE(facts, access.facts(catalog));
        QVERIFY(facts.contextWindow > 5'000);
    }
};

MEANWHILE_TEST(ProviderAccessTest)
#include "tst_provideraccess.moc"
