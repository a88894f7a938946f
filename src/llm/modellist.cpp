// SPDX-License-Identifier: MIT
#include "llm/modellist.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;

namespace {

// A list may hold hundreds of names, of models for other purposes too.
bool isNameOfAnother(const QString &id)
{
    for (const auto part : {"embed"_L1, "whisper"_L1, "tts-"_L1, "-tts"_L1, "dall-e"_L1, "moderation"_L1,
             "transcribe"_L1, "-image"_L1, "-audio"_L1, "realtime"_L1, "sora-"_L1, "rerank"_L1, "-ocr"_L1,
             "babbage"_L1, "davinci"_L1, "turbo-instruct"_L1, "-guard"_L1}) {
        if (id.contains(part, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

Known known(const QJsonValue &value)
{
    return !value.isBool() ? Known::Unknown : value.toBool() ? Known::Yes : Known::No;
}

// A list of words that says what it names and denies what it does not.
Known listed(const QJsonValue &value, QLatin1StringView word)
{
    if (!value.isArray())
        return Known::Unknown;
    return value.toArray().contains(QString(word)) ? Known::Yes : Known::No;
}

Known firstKnown(std::initializer_list<Known> candidates)
{
    for (const Known candidate : candidates) {
        if (candidate != Known::Unknown)
            return candidate;
    }
    return Known::Unknown;
}

// The window that it runs with counts, not the largest it could have.
qint64 windowIn(const QJsonObject &object)
{
    for (const auto key : {"loaded_context_length"_L1, "max_model_len"_L1, "context_length"_L1,
             "context_window"_L1, "max_context_length"_L1, "max_input_tokens"_L1}) {
        if (const qint64 tokens = object.value(key).toInteger(); tokens > 0)
            return tokens;
    }
    return 0;
}

// Dollars per token, as text: "0.00000125"; -1 where it depends on what is asked.
std::optional<qint64> rateIn(const QJsonObject &pricing, QLatin1StringView key)
{
    bool isNumber = false;
    const double dollars = pricing.value(key).toString().toDouble(&isNumber);
    // A dollar for a token is no price but a mistake.
    if (!isNumber || !(dollars >= 0 && dollars < 1))
        return std::nullopt;
    return std::llround(dollars * 1e12);
}

Rates ratesIn(const QJsonObject &pricing)
{
    return {rateIn(pricing, "prompt"_L1), rateIn(pricing, "completion"_L1),
        rateIn(pricing, "input_cache_read"_L1), rateIn(pricing, "input_cache_write"_L1)};
}

// Unknown as a whole where something is billed that we do not count.
Price priceIn(const QJsonObject &pricing)
{
    Price price;
    price.rates = ratesIn(pricing);
    const QJsonArray overrides = pricing.value("overrides"_L1).toArray();
    bool isClear = price.rates.input && price.rates.output && overrides.size() <= 1 &&
                   rateIn(pricing, "request"_L1).value_or(0) == 0 &&
                   rateIn(pricing, "internal_reasoning"_L1).value_or(0) <= price.rates.output;
    if (isClear && !overrides.isEmpty()) {
        // Applies from so many tokens on; prices that are not given here stay the same.
        const QJsonObject over = overrides.first().toObject();
        price.longPromptOver = over.value("min_prompt_tokens"_L1).toInteger() - 1;
        const Rates rates = ratesIn(over);
        price.longPrompt = {rates.input ? rates.input : price.rates.input,
            rates.output ? rates.output : price.rates.output,
            rates.cacheRead ? rates.cacheRead : price.rates.cacheRead,
            rates.cacheWrite ? rates.cacheWrite : price.rates.cacheWrite};
        isClear = price.longPromptOver > 0;
    }
    if (!isClear)
        return {};
    price.kind = Price::Kind::Known;
    return price;
}

bool isForChat(const QJsonObject &object)
{
    const QJsonObject capabilities = object.value("capabilities"_L1).toObject();
    for (const auto key : {"completion_chat"_L1, "chat_completion"_L1}) { // Mistral, Azure
        if (capabilities.contains(key))
            return capabilities.value(key).toBool();
    }
    const QJsonValue writes = object.value("architecture"_L1).toObject().value("output_modalities"_L1);
    return listed(writes, "text"_L1) != Known::No;
}

ModelInfo modelFrom(const QJsonObject &object)
{
    ModelInfo model;
    model.id = object.value("id"_L1).toString();
    model.name = object.value("display_name"_L1).toString(object.value("name"_L1).toString(model.id));
    model.created = object.value("created"_L1).toInteger();
    const QJsonObject capabilities = object.value("capabilities"_L1).toObject();
    const QJsonObject architecture = object.value("architecture"_L1).toObject();
    model.facts.contextWindow = windowIn(object);
    model.facts.price = priceIn(object.value("pricing"_L1).toObject());
    model.facts.vision = firstKnown({listed(architecture.value("input_modalities"_L1), "image"_L1),
        known(capabilities.value("vision"_L1)),
        known(capabilities.value("image_input"_L1).toObject().value("supported"_L1))});
    model.tools = firstKnown({listed(object.value("supported_parameters"_L1), "tools"_L1),
        known(capabilities.value("function_calling"_L1))});
    return model;
}

QJsonArray entriesIn(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    return document.isArray() ? document.array() : document.object().value("data"_L1).toArray();
}

} // namespace

QVector<ModelInfo> modelsFrom(const QByteArray &body)
{
    QVector<ModelInfo> models;
    const QJsonArray entries = entriesIn(body);
    for (const QJsonValue &value : entries) {
        const ModelInfo model = modelFrom(value.toObject());
        if (!model.id.isEmpty() && isForChat(value.toObject()) && !isNameOfAnother(model.id))
            models.append(model);
    }
    return models;
}

QString pathOfWindows(const QByteArray &list)
{
    const QJsonObject first = entriesIn(list).first().toObject();
    if (windowIn(first) > 0)
        return {};
    const QString owner = first.value("owned_by"_L1).toString();
    return owner == "llamacpp"_L1             ? u"/props"_s
           : owner == "organization_owner"_L1 ? u"/api/v0/models"_s // LM Studio
           : owner == "library"_L1            ? u"/api/ps"_s        // Ollama
                                              : QString();
}

void addWindows(QVector<ModelInfo> &models, const QByteArray &body)
{
    const QJsonObject answer = QJsonDocument::fromJson(body).object();
    if (const QJsonObject settings = answer.value("default_generation_settings"_L1).toObject();
        !settings.isEmpty() && models.size() == 1) {
        models.first().facts.contextWindow = std::max<qint64>(0, settings.value("n_ctx"_L1).toInteger());
        models.first().facts.vision = known(answer.value("modalities"_L1).toObject().value("vision"_L1));
        return;
    }
    QJsonArray entries = answer.value("data"_L1).toArray();
    if (entries.isEmpty())
        entries = answer.value("models"_L1).toArray();
    for (const QJsonValue &value : std::as_const(entries)) {
        const QJsonObject entry = value.toObject();
        const QString id = entry.value("id"_L1).toString(entry.value("name"_L1).toString());
        const QString type = entry.value("type"_L1).toString();
        for (ModelInfo &model : models) {
            if (model.id != id)
                continue;
            model.facts.contextWindow = windowIn(entry);
            if (type == "vlm"_L1 || type == "llm"_L1)
                model.facts.vision = type == "vlm"_L1 ? Known::Yes : Known::No;
        }
    }
}

} // namespace Meanwhile::Llm
