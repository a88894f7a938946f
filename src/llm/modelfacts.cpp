// SPDX-License-Identifier: MIT
#include "llm/modelfacts.h"

#include <QStringList>

#include <cmath>

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;

namespace {

const QStringList kForms{u"none"_s, u"budget"_s, u"adaptive"_s, u"default"_s, u"always"_s, u"effort"_s};

// USD with at most six decimals, as people write prices, in micro-dollars. JSON numbers are binary fractions;
// rounding gives the decimal back.
std::optional<qint64> rate(const QJsonObject &object, const QString &key)
{
    const QJsonValue value = object.value(key);
    if (!value.isDouble() || value.toDouble() < 0)
        return std::nullopt;
    return std::llround(value.toDouble() * 1e6);
}

Rates ratesFrom(const QJsonObject &object)
{
    return {rate(object, u"input"_s), rate(object, u"output"_s), rate(object, u"cache_read"_s),
        rate(object, u"cache_write"_s)};
}

Result<ThinkingForm> formFrom(const QString &word)
{
    const qsizetype index = word.isEmpty() ? 0 : kForms.indexOf(word);
    if (index < 0)
        return failure(ErrorKind::Protocol, u"“%1” is no form of thinking."_s.arg(word));
    return ThinkingForm(index);
}

void put(QJsonObject &object, const Rates &rates)
{
    for (const auto &[key, rate] : {std::pair{"input"_L1, rates.input}, {"output"_L1, rates.output},
             {"cache_read"_L1, rates.cacheRead}, {"cache_write"_L1, rates.cacheWrite}}) {
        if (rate)
            object.insert(key, double(*rate) / 1e6);
    }
}

} // namespace

Result<ModelFacts> ModelFacts::fromJson(const QJsonObject &object)
{
    ModelFacts facts;
    facts.price.rates = ratesFrom(object);
    if (facts.price.rates.input && facts.price.rates.output)
        facts.price.kind = Price::Kind::Known;
    const QJsonObject longPrompt = object.value(u"long_prompt"_s).toObject();
    facts.price.longPromptOver = longPrompt.value(u"over"_s).toInteger();
    facts.price.longPrompt = ratesFrom(longPrompt);
    facts.contextWindow = object.value(u"window"_s).toInteger();
    const QJsonValue vision = object.value(u"vision"_s);
    if (vision.isBool())
        facts.vision = vision.toBool() ? Known::Yes : Known::No;
    const Result<ThinkingForm> form = formFrom(object.value(u"thinking"_s).toString());
    if (!form)
        return failure(form.error());
    facts.thinking = *form;
    return facts;
}

QJsonObject ModelFacts::toJson() const
{
    QJsonObject object;
    if (price.kind == Price::Kind::Known)
        put(object, price.rates);
    if (price.longPromptOver > 0) {
        QJsonObject longPrompt{{u"over"_s, price.longPromptOver}};
        put(longPrompt, price.longPrompt);
        object.insert("long_prompt"_L1, longPrompt);
    }
    if (contextWindow > 0)
        object.insert("window"_L1, contextWindow);
    if (vision != Known::Unknown)
        object.insert("vision"_L1, vision == Known::Yes);
    if (thinking != ThinkingForm::None)
        object.insert("thinking"_L1, kForms.at(qsizetype(thinking)));
    return object;
}

} // namespace Meanwhile::Llm
