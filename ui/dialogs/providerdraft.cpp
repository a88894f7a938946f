// SPDX-License-Identifier: MIT
#include "ui/dialogs/providerdraft.h"

#include "llm/baseurl.h"

#include <QUrl>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static bool isGiven(const QString &shown, const QString &given)
{
    return !given.isEmpty() && shown == given;
}

ProviderDraft ProviderDraft::of(const Settings::LastChoice &stored, const Settings::LastChoice &given)
{
    ProviderDraft draft;
    draft.stored = stored;
    draft.given = {addressFromText(given.baseUrl), given.model};
    draft.baseUrl = given.baseUrl.isEmpty() ? stored.baseUrl : draft.given.baseUrl;
    draft.model = given.model.isEmpty() ? stored.model : given.model;
    return draft;
}

Settings::LastChoice ProviderDraft::toKeep() const
{
    return {isGiven(baseUrl, given.baseUrl) ? stored.baseUrl : baseUrl,
        isGiven(model, given.model) ? stored.model : model};
}

bool ProviderDraft::showsGiven() const
{
    return isGiven(baseUrl, given.baseUrl) || isGiven(model, given.model);
}

QVector<BuiltInProvider> builtInProviders()
{
    return {{u"anthropic"_s, u"Anthropic"_s, u"https://api.anthropic.com"_s},
        {u"openai"_s, u"OpenAI"_s, u"https://api.openai.com/v1"_s}};
}

QString builtInAddress(const QString &provider)
{
    for (const BuiltInProvider &one : builtInProviders()) {
        if (one.id == provider)
            return one.address;
    }
    return {};
}

QMap<QString, ProviderDraft> draftsOf(
    const Settings &settings, const QString &providerInUse, const Settings::LastChoice &given)
{
    const auto givenFor = [&](const QString &provider) {
        return provider == providerInUse ? given : Settings::LastChoice();
    };
    QMap<QString, ProviderDraft> drafts;
    for (const BuiltInProvider &one : builtInProviders())
        drafts.insert(one.id, ProviderDraft::of(settings.lastChoice(one.id), givenFor(one.id)));
    drafts.insert(u"demo"_s, {});
    for (const CustomProvider &own : settings.customProviders) {
        ProviderDraft draft =
            ProviderDraft::of({own.baseUrl, settings.lastChoice(own.id).model}, givenFor(own.id));
        draft.own = own;
        drafts.insert(own.id, draft);
    }
    return drafts;
}

QString addressFromText(const QString &text)
{
    const QString address = text.trimmed();
    if (address.contains(u"://"_s))
        return address;
    const QUrl url = Llm::baseUrlFromText(address);
    return url.isValid() && !url.host().isEmpty() ? url.toString() : address;
}

} // namespace Meanwhile::Ui
