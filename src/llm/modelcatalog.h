// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "llm/modelinfo.h"

#include <QString>
#include <QStringList>
#include <QUrl>
#include <QVector>

namespace Meanwhile::Llm {

/// The one data file of prices and windows, resources/models.json. A value; never changed once it is read.
///
/// A price holds only at the address of the seller who published it; what a model can do holds everywhere.
/// An id covers itself and its versions with a date behind it, the longest first, and nothing else: a price
/// is never guessed from a similar name.
class ModelCatalog {
public:
    /// An error names the entry that cannot be read.
    static Result<ModelCatalog> parse(const QByteArray &json);
    /// The file that is compiled in.
    static ModelCatalog builtIn();

    /// `address`: the provider's base URL, never empty. A loopback address is Local, unless the model is only
    /// sold as a service; then a gateway answers there and the price is unknown.
    ModelFacts factsFor(const QUrl &address, const QString &model) const;

    /// The id of the model to begin with where the person has chosen none: one that can call tools and is
    /// known here, of these the newest, of these the first. Empty where there is none.
    QString defaultOf(const QUrl &address, const QVector<ModelInfo> &models) const;

    /// When the seller at this address was last looked at, ISO 8601; empty for others.
    QString pricesAsOf(const QUrl &address) const;

private:
    struct Entry {
        QString id;
        ModelFacts facts;
    };
    struct Seller {
        QStringList hosts;
        bool isHostedOnly = false;
        QString asOf;
        QVector<Entry> entries; ///< longest id first
    };

    static const Entry *find(const Seller &seller, const QString &model);

    QVector<Seller> m_sellers;
};

} // namespace Meanwhile::Llm
