// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QString>

#include <optional>

namespace Meanwhile::Tools {

/// Takes a value for what a JSON Schema asks for, tolerant where the meaning is plain (see checkArguments()).
///
/// The words of JSON Schema that it knows: type, properties, required, items, enum, minimum, maximum and
/// anyOf. What the others ask for is the tool's to check.
class SchemaFit {
public:
    struct Misfit {
        QString where;    ///< "edits[2].path"
        QString expected; ///< "an integer from 1 to 5"
        QJsonValue found; ///< undefined: it is missing
    };

    /// What the value is taken for; undefined where it is absent or does not fit. `place` names the value for
    /// the model.
    QJsonValue fitProperty(
        const QJsonObject &schema, bool isRequired, const QJsonValue &value, const QString &place);
    /// The first thing that does not fit.
    const std::optional<Misfit> &misfit() const { return m_misfit; }

private:
    QJsonValue fit(const QJsonObject &schema, const QJsonValue &value, const QString &place);
    QJsonValue fitChoice(const QJsonObject &schema, const QJsonValue &value, const QString &place);
    QJsonValue fitType(
        const QJsonObject &schema, const QString &type, const QJsonValue &value, const QString &place);
    QJsonValue fitArray(const QJsonObject &schema, const QJsonValue &value, const QString &place);
    QJsonValue fitObject(const QJsonObject &schema, const QJsonValue &value, const QString &place);
    QJsonValue refuse(const QString &place, const QString &wanted, const QJsonValue &value);

    std::optional<Misfit> m_misfit;
};

/// For the model: "the string "x"", "an array".
QString describeValue(const QJsonValue &value);

} // namespace Meanwhile::Tools
