// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QPair>
#include <QString>
#include <QStringList>

namespace Meanwhile {

/// A provider that the person described: any address that speaks one of the two protocols.
///
/// A value without secrets. A header may say {key} where the key belongs; the key itself is in the key store,
/// under the id.
struct CustomProvider {
    QString id; ///< made once, "custom-" and letters, digits, dashes; never shown
    QString name;
    QString protocol = QStringLiteral("openai"); ///< or "anthropic"
    QString baseUrl;
    QStringList headers; ///< "Name: value"

    bool operator==(const CustomProvider &) const = default;

    /// Empty when it can be used; otherwise what to do about it. `otherNames` are taken.
    QString problem(const QStringList &otherNames) const;
    /// A header carries the key, so the protocol's own must not.
    bool hasKeyInHeaders() const;
    QList<QPair<QByteArray, QByteArray>> headersWith(const QString &key) const;
};

/// An id for a provider of this name that is not among `taken`.
QString customProviderId(const QString &name, const QStringList &taken);

/// Empty when a request can be sent there, otherwise how an address looks.
QString addressProblem(const QString &address);

} // namespace Meanwhile
