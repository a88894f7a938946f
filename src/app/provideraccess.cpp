// SPDX-License-Identifier: MIT
#include "app/provideraccess.h"

#include "llm/anthropic/anthropicclient.h"
#include "llm/demo/democlient.h"

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
    ProviderAccess access;
    const QString environmentKey = environment.value(u"ANTHROPIC_API_KEY"_s);
    access.authToken = environment.value(u"ANTHROPIC_AUTH_TOKEN"_s);
    access.provider = firstOf({line.provider, settings.provider});
    if (access.provider.isEmpty())
        access.provider = environmentKey.isEmpty() && access.authToken.isEmpty() ? u"demo"_s : u"anthropic"_s;
    if (access.provider == u"demo"_s) {
        access.authToken.clear();
        access.model = u"demo"_s;
        return access;
    }
    const bool isSettingsProvider = access.provider == settings.provider;
    access.key = firstOf({environmentKey, isSettingsProvider ? storedKey : QString()});
    access.baseUrl = firstOf({line.baseUrl, environment.value(u"ANTHROPIC_BASE_URL"_s),
        isSettingsProvider ? settings.baseUrl : QString()});
    access.model = firstOf({line.model, environment.value(u"ANTHROPIC_MODEL"_s),
        isSettingsProvider ? settings.model : QString()});
    return access;
}

std::unique_ptr<Llm::LlmClient> ProviderAccess::makeClient(
    Wire::HttpTransport &transport, std::chrono::milliseconds demoPerWord) const
{
    if (provider == u"demo"_s)
        return std::make_unique<Llm::DemoClient>(demoPerWord);
    return std::make_unique<Llm::AnthropicClient>(
        transport, Llm::AnthropicAccess{QUrl(baseUrl), key, authToken});
}

} // namespace Meanwhile::App
