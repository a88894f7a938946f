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

} // namespace

ProviderAccess ProviderAccess::resolve(const CommandLine &line, const QProcessEnvironment &environment,
    const Settings &settings, const QString &storedKey)
{
    const auto variable = [&](const QString &provider, const QString &what) {
        return environment.value(provider.toUpper() + what);
    };
    const auto hasKey = [&](const QString &provider) {
        return !(variable(provider, u"_API_KEY"_s) + variable(provider, u"_AUTH_TOKEN"_s)).isEmpty();
    };
    ProviderAccess access;
    access.provider = firstOf({line.provider, settings.provider});
    if (access.provider.isEmpty())
        access.provider = hasKey(u"anthropic"_s) ? u"anthropic"_s
                          : hasKey(u"openai"_s)  ? u"openai"_s
                                                 : u"demo"_s;
    if (access.provider == u"demo"_s) {
        access.model = u"demo"_s;
        return access;
    }
    const bool isSettingsProvider = access.provider == settings.provider;
    access.key =
        firstOf({variable(access.provider, u"_API_KEY"_s), isSettingsProvider ? storedKey : QString()});
    if (access.provider == u"anthropic"_s)
        access.authToken = variable(access.provider, u"_AUTH_TOKEN"_s);
    access.baseUrl = firstOf({line.baseUrl, variable(access.provider, u"_BASE_URL"_s),
        isSettingsProvider ? settings.baseUrl : QString()});
    access.model = firstOf({line.model, variable(access.provider, u"_MODEL"_s),
        isSettingsProvider ? settings.model : QString()});
    return access;
}

std::unique_ptr<Llm::LlmClient> ProviderAccess::makeClient(
    Wire::HttpTransport &transport, std::chrono::milliseconds demoPerWord) const
{
    if (provider == u"demo"_s)
        return std::make_unique<Llm::DemoClient>(demoPerWord);
    const QUrl url = Llm::baseUrlFromText(baseUrl);
    if (provider == u"openai"_s)
        return std::make_unique<Llm::OpenAiClient>(transport, Llm::OpenAiAccess{url, key});
    return std::make_unique<Llm::AnthropicClient>(transport, Llm::AnthropicAccess{url, key, authToken});
}

} // namespace Meanwhile::App
