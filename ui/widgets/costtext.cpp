// SPDX-License-Identifier: MIT
#include "ui/widgets/costtext.h"

#include <QCoreApplication>
#include <QLocale>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kPicoPerDollar = 1'000'000'000'000;

QString tr(const char *text)
{
    return QCoreApplication::translate("Meanwhile::Ui", text);
}

// Whole numbers throughout: an amount that a person checks must not depend on binary fractions.
QString dollars(qint64 pico)
{
    int decimals = pico >= kPicoPerDollar / 10 ? 2 : pico >= kPicoPerDollar / 100 ? 3 : 4;
    if (pico == 0)
        decimals = 2;
    qint64 unit = kPicoPerDollar;
    for (int i = 0; i < decimals; ++i)
        unit /= 10;
    const qint64 rounded = (pico + unit / 2) / unit;
    if (rounded == 0 && pico > 0)
        return tr("under $%1").arg(u"0.0001"_s);
    qint64 perDollar = kPicoPerDollar / unit;
    return u"$%1.%2"_s.arg(QLocale(QLocale::English).toString(rounded / perDollar))
        .arg(rounded % perDollar, decimals, 10, QChar(u'0'));
}

// A price as its seller writes it: no more decimals than it has.
QString perMillion(qint64 microDollars)
{
    QString digits = QString::number(microDollars % 1'000'000).rightJustified(6, u'0');
    while (digits.endsWith(u'0'))
        digits.chop(1);
    if (digits.size() == 1)
        digits += u'0';
    const QString whole = u'$' + QString::number(microDollars / 1'000'000);
    return digits.isEmpty() ? whole : whole + u'.' + digits;
}

} // namespace

QString costText(const Conversation::Cost &cost)
{
    if (cost.isPriced)
        return cost.isUnknown ? tr("%1 + unknown").arg(dollars(cost.picoDollars)) : dollars(cost.picoDollars);
    if (cost.isUnknown)
        return tr("cost unknown");
    return cost.isLocal ? tr("local") : QString();
}

QString usageText(const Conversation::Usage &usage)
{
    const qint64 input = usage.promptTokens();
    if (input + usage.outputTokens == 0)
        return {};
    const QLocale locale;
    QString text = tr("%1 in · %2 out").arg(locale.toString(input), locale.toString(usage.outputTokens));
    if (usage.cacheReadTokens > 0)
        text = tr("%1 · %2 % cached").arg(text).arg(usage.cacheReadTokens * 100 / input);
    const QString cost = costText(usage.cost);
    return cost.isEmpty() ? text : text + u" · "_s + cost;
}

QString windowText(qint64 tokens)
{
    const QLocale locale;
    if (tokens >= 1'000'000)
        return tr("%1 M").arg(locale.toString(double(tokens) / 1e6, 'g', 3));
    if (tokens >= 10'000)
        return tr("%1 K").arg(locale.toString(tokens / 1000));
    return locale.toString(tokens);
}

QString factsText(const Llm::ModelFacts &facts)
{
    QStringList words;
    if (facts.contextWindow > 0)
        words += windowText(facts.contextWindow);
    // Where it runs is said with its provider's name.
    if (facts.price.kind == Llm::Price::Kind::Known)
        words +=
            u"%1 / %2"_s.arg(perMillion(*facts.price.rates.input), perMillion(*facts.price.rates.output));
    return words.join(u" · "_s);
}

} // namespace Meanwhile::Ui
