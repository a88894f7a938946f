// SPDX-License-Identifier: MIT
#include "llm/modelcatalog.h"

#include "llm/baseurl.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <tuple>

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;

namespace {

// A date behind the id: 20250929, 2025-08-07, 0613.
bool isVersion(QStringView rest)
{
    static const QRegularExpression kDate(u"^-(\\d{8}|\\d{4}-\\d{2}-\\d{2}|\\d{4})$"_s);
    return rest.isEmpty() || kDate.match(rest).hasMatch();
}

} // namespace

Result<ModelCatalog> ModelCatalog::parse(const QByteArray &json)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(json, &problem);
    if (!document.isObject())
        return failure(ErrorKind::Protocol, problem.errorString());
    ModelCatalog catalog;
    const QJsonArray sellers = document.object().value(u"sellers"_s).toArray();
    for (const QJsonValue &value : sellers) {
        const QJsonObject object = value.toObject();
        Seller seller;
        seller.hosts = object.value(u"hosts"_s).toVariant().toStringList();
        seller.isHostedOnly = object.value(u"hosted"_s).toBool();
        seller.asOf = object.value(u"as_of"_s).toString();
        const QJsonArray models = object.value(u"models"_s).toArray();
        for (const QJsonValue &model : models) {
            const QString id = model.toObject().value(u"id"_s).toString();
            const Result<ModelFacts> facts = ModelFacts::fromJson(model.toObject());
            if (id.isEmpty() || !facts)
                return failure(ErrorKind::Protocol,
                    u"The entry “%1” of models.json cannot be read."_s.arg(id),
                    facts ? QString() : facts.error().message);
            seller.entries.append({id, *facts});
        }
        std::stable_sort(seller.entries.begin(), seller.entries.end(),
            [](const Entry &a, const Entry &b) { return a.id.size() > b.id.size(); });
        catalog.m_sellers.append(seller);
    }
    return catalog;
}

ModelCatalog ModelCatalog::builtIn()
{
    QFile file(u":/models.json"_s);
    const bool isOpen = file.open(QIODevice::ReadOnly);
    const Result<ModelCatalog> catalog = parse(isOpen ? file.readAll() : QByteArray());
    // It is compiled in, and a test reads it: what cannot happen shows as "unknown".
    return catalog.value_or(ModelCatalog());
}

const ModelCatalog::Entry *ModelCatalog::find(const Seller &seller, const QString &model)
{
    for (const Entry &entry : seller.entries) {
        if (model.startsWith(entry.id) && isVersion(QStringView(model).mid(entry.id.size())))
            return &entry;
    }
    return nullptr;
}

ModelFacts ModelCatalog::factsFor(const QUrl &address, const QString &model) const
{
    ModelFacts facts;
    bool isService = false;
    for (const Seller &seller : m_sellers) {
        const bool isSeller = seller.hosts.contains(address.host());
        // Gateways put the maker's name in front: anthropic/claude-…
        const Entry *entry = find(seller, model);
        if (!entry && !isSeller)
            entry = find(seller, model.section(u'/', -1));
        if (!entry)
            continue;
        if (isSeller)
            return entry->facts;
        if (facts.contextWindow == 0)
            facts = entry->facts;
        isService = isService || seller.isHostedOnly;
    }
    facts.price = {};
    if (isLoopback(address) && !isService)
        facts.price.kind = Price::Kind::Local;
    return facts;
}

QString ModelCatalog::defaultOf(const QUrl &address, const QVector<ModelInfo> &models) const
{
    QString best;
    std::tuple<bool, bool, qint64> most{false, false, -1};
    for (const ModelInfo &model : models) {
        const std::tuple<bool, bool, qint64> merits{model.tools != Known::No,
            factsFor(address, model.id).contextWindow > 0, std::max<qint64>(0, model.created)};
        if (merits > most) {
            most = merits;
            best = model.id;
        }
    }
    return best;
}

QString ModelCatalog::pricesAsOf(const QUrl &address) const
{
    for (const Seller &seller : m_sellers) {
        if (seller.hosts.contains(address.host()))
            return seller.asOf;
    }
    return {};
}

} // namespace Meanwhile::Llm
