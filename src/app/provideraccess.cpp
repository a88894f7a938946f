// SPDX-License-Identifier: MIT
#include "app/provideraccess.h"

#include "llm/anthropic/anthropicclient.h"
#include "llm/baseurl.h"
#include "llm/demo/democlient.h"
#include "llm/openai/openaiclient.h"

namespace Meanwhile::App {

using namespace Qt::StringLiterals;

namespace {

QString firstOf(std::initializer_list<QString> candidates)
{
    for (const QString &candidate : candidates) {
        if (!candidate.isEmpty())
            return candidate;
    }
    return {};
}

QString variable(const StartEnvironment &environment, const QString &provider, const QString &what)
{
    return environment.value(provider.toUpper() + what);
}

Secret keyIn(const StartEnvironment &environment, const QString &provider, const QString &what)
{
    return environment.key(provider.toUpper() + what);
}

} // namespace

bool hasKeyInEnvironment(const StartEnvironment &environment, const QString &provider)
{
    return !keyIn(environment, provider, u"_API_KEY"_s).isEmpty() ||
           !keyIn(environment, provider, u"_AUTH_TOKEN"_s).isEmpty();
}

QString ProviderAccess::providerFor(
    const CommandLine &line, const StartEnvironment &environment, const Settings &settings)
{
    const QString chosen = firstOf({line.provider, settings.provider});
    if (!chosen.isEmpty())
        return chosen;
    for (const QString &provider : {u"anthropic"_s, u"openai"_s}) {
        if (hasKeyInEnvironment(environment, provider))
            return provider;
    }
    return u"demo"_s;
}

ProviderAccess ProviderAccess::resolve(const CommandLine &line, const StartEnvironment &environment,
    const Settings &settings, const Secret &storedKey)
{
    ProviderAccess access = of(providerFor(line, environment, settings), environment, settings, storedKey);
    if (access.protocol == u"demo"_s)
        return access;
    access.baseUrl = firstOf({line.baseUrl, access.baseUrl});
    access.model = firstOf({line.model, access.model});
    return access;
}

ProviderAccess ProviderAccess::of(const QString &provider, const StartEnvironment &environment,
    const Settings &settings, const Secret &storedKey)
{
    const Settings::LastChoice last = settings.lastChoice(provider);
    if (const CustomProvider *own = settings.customProvider(provider)) {
        ProviderAccess access = of(*own, storedKey);
        access.model = last.model;
        return access;
    }
    ProviderAccess access;
    access.provider = provider;
    access.protocol = provider;
    if (provider == u"demo"_s) {
        access.model = u"demo"_s;
        return access;
    }
    const Secret key = keyIn(environment, provider, u"_API_KEY"_s);
    access.key = key.isEmpty() ? storedKey : key;
    access.authToken = keyIn(environment, provider, u"_AUTH_TOKEN"_s);
    access.baseUrl = firstOf({variable(environment, provider, u"_BASE_URL"_s), last.baseUrl});
    access.model = firstOf({variable(environment, provider, u"_MODEL"_s), last.model});
    return access;
}

Settings::LastChoice ProviderAccess::givenAtStart(
    const QString &provider, const CommandLine &line, const StartEnvironment &environment)
{
    if (provider == u"demo"_s)
        return {};
    return {firstOf({line.baseUrl, variable(environment, provider, u"_BASE_URL"_s)}),
        firstOf({line.model, variable(environment, provider, u"_MODEL"_s)})};
}

ProviderAccess ProviderAccess::of(const CustomProvider &provider, const Secret &key)
{
    ProviderAccess access;
    access.provider = provider.id;
    access.protocol = provider.protocol == u"anthropic"_s ? u"anthropic"_s : u"openai"_s;
    access.baseUrl = provider.baseUrl;
    access.headers = provider.headersWith(key.toString());
    if (!provider.hasKeyInHeaders())
        access.key = key;
    return access;
}

std::unique_ptr<Llm::LlmClient> ProviderAccess::makeClient(
    Wire::HttpTransport &transport, std::chrono::milliseconds demoPerWord) const
{
    if (protocol == u"demo"_s)
        return std::make_unique<Llm::DemoClient>(demoPerWord);
    const QUrl url = Llm::baseUrlFromText(baseUrl);
    if (protocol == u"openai"_s)
        return std::make_unique<Llm::OpenAiClient>(transport, Llm::OpenAiAccess{url, key, headers});
    return std::make_unique<Llm::AnthropicClient>(
        transport, Llm::AnthropicAccess{url, key, authToken, headers});
}

QUrl ProviderAccess::address() const
{
    if (!baseUrl.isEmpty() || protocol == u"demo"_s)
        return Llm::baseUrlFromText(baseUrl);
    return QUrl(protocol == u"openai"_s ? u"https://api.openai.com"_s : u"https://api.anthropic.com"_s);
}

Llm::ModelFacts ProviderAccess::facts(
    const Llm::ModelCatalog &catalog, const Llm::LearnedModels &learned) const
{
    Llm::ModelFacts facts;
    if (protocol == u"demo"_s) {
        facts.price.kind = Llm::Price::Kind::Local;
        return facts;
    }
    facts = catalog.factsFor(address(), model);
    const Llm::ModelFacts told = learned.factsFor(address(), model);
    const bool isSeller = !catalog.pricesAsOf(address()).isEmpty();
    if (told.contextWindow > 0 && (!isSeller || facts.contextWindow == 0))
        facts.contextWindow = told.contextWindow;
    if (told.vision != Llm::Known::Unknown && (!isSeller || facts.vision == Llm::Known::Unknown))
        facts.vision = told.vision;
    if (facts.price.kind == Llm::Price::Kind::Unknown)
        facts.price = told.price;
    if ((protocol == u"openai"_s) != (facts.thinking == Llm::ThinkingForm::Effort))
        facts.thinking = Llm::ThinkingForm::None;
    return facts;
}

} // namespace Meanwhile::App
