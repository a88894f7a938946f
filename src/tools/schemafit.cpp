// SPDX-License-Identifier: MIT
#include "tools/schemafit.h"

#include "base/jsontext.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

const QJsonValue kUnfit(QJsonValue::Undefined);
constexpr qsizetype kMaxQuotedChars = 60;

QString quoted(QString text)
{
    if (text.size() > kMaxQuotedChars)
        text = text.first(kMaxQuotedChars) + u'…';
    return u'"' + text + u'"';
}

QStringList typesOf(const QJsonObject &schema)
{
    const QJsonValue type = schema.value("type"_L1);
    return type.isString() ? QStringList{type.toString()} : type.toVariant().toStringList();
}

QString describeType(const QJsonObject &schema, const QString &type)
{
    if (type == u"array") {
        const QStringList items = typesOf(schema.value("items"_L1).toObject());
        return items.size() == 1 ? u"an array of %1s"_s.arg(items.first()) : u"an array"_s;
    }
    return type == u"null" ? type : (type == u"integer" || type == u"object" ? u"an "_s : u"a "_s) + type;
}

QString describeBounds(const QJsonObject &schema)
{
    const QJsonValue least = schema.value("minimum"_L1);
    const QJsonValue most = schema.value("maximum"_L1);
    return least.isDouble() && most.isDouble()
               ? u" from %1 to %2"_s.arg(least.toDouble()).arg(most.toDouble())
           : least.isDouble() ? u" of at least %1"_s.arg(least.toDouble())
           : most.isDouble()  ? u" of at most %1"_s.arg(most.toDouble())
                              : QString();
}

QString describeSchema(const QJsonObject &schema)
{
    QStringList all;
    const QStringList types = typesOf(schema);
    for (const QString &type : types)
        all += describeType(schema, type);
    const QJsonArray choices = schema.value("anyOf"_L1).toArray();
    for (const QJsonValue &each : choices)
        all += describeSchema(each.toObject());
    return all.isEmpty() ? u"a value"_s : all.join(u" or "_s) + describeBounds(schema);
}

QString describeChoice(const QJsonArray &allowed)
{
    QStringList words;
    for (const QJsonValue &each : allowed)
        words += each.isString() ? each.toString() : describeValue(each);
    return u"one of "_s + words.join(u", "_s);
}

bool isScalar(const QJsonObject &schema)
{
    const QStringList types = typesOf(schema);
    return types.size() == 1 && types.first() != u"array" && types.first() != u"object";
}

QJsonValue numberIn(const QJsonValue &value, bool isWhole)
{
    bool ok = value.isDouble();
    const double number = value.isString() ? value.toString().trimmed().toDouble(&ok) : value.toDouble();
    if (!ok || !std::isfinite(number))
        return kUnfit;
    if (!isWhole)
        return number;
    const bool fits = std::floor(number) == number && std::abs(number) <= 9e15;
    return fits ? QJsonValue(qint64(number)) : kUnfit;
}

QJsonValue booleanIn(const QJsonValue &value)
{
    const QString word = value.toString().trimmed().toLower();
    if (word == u"true" || word == u"false")
        return word == u"true";
    return value.isBool() ? value : kUnfit;
}

} // namespace

QString describeValue(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null:
        return u"null"_s;
    case QJsonValue::Bool:
        return value.toBool() ? u"the boolean true"_s : u"the boolean false"_s;
    case QJsonValue::Double:
        return u"the number %1"_s.arg(value.toDouble());
    case QJsonValue::String:
        return u"the string "_s + quoted(value.toString());
    case QJsonValue::Array:
        return u"an array"_s;
    case QJsonValue::Object:
        return u"an object"_s;
    case QJsonValue::Undefined:
        break;
    }
    return u"nothing"_s;
}

QJsonValue SchemaFit::refuse(const QString &place, const QString &wanted, const QJsonValue &value)
{
    if (!m_misfit)
        m_misfit = Misfit{place, wanted, value};
    return kUnfit;
}

QJsonValue SchemaFit::fit(const QJsonObject &schema, const QJsonValue &value, const QString &place)
{
    const QJsonValue taken = fitChoice(schema, value, place);
    if (taken.isUndefined())
        return refuse(place, describeSchema(schema), value);
    const QJsonArray allowed = schema.value("enum"_L1).toArray();
    if (!allowed.isEmpty() && !allowed.contains(taken))
        return refuse(place, describeChoice(allowed), value);
    const double number = taken.toDouble();
    const bool isWithin = !taken.isDouble() || (number >= schema.value("minimum"_L1).toDouble(number) &&
                                                   number <= schema.value("maximum"_L1).toDouble(number));
    return isWithin ? taken : refuse(place, describeSchema(schema), value);
}

QJsonValue SchemaFit::fitProperty(
    const QJsonObject &schema, bool isRequired, const QJsonValue &value, const QString &place)
{
    const bool isAbsent = value.isUndefined() || (value.isNull() && !typesOf(schema).contains(u"null"_s));
    if (!isAbsent)
        return fit(schema, value, place);
    return isRequired ? refuse(place, describeSchema(schema), kUnfit) : kUnfit;
}

// Of several types, the one that the value is of goes before those it can be taken for.
QJsonValue SchemaFit::fitChoice(const QJsonObject &schema, const QJsonValue &value, const QString &place)
{
    const QStringList types = typesOf(schema);
    const QJsonArray choices = schema.value("anyOf"_L1).toArray();
    if (types.isEmpty() && choices.isEmpty())
        return value;
    if (types.size() == 1 && choices.isEmpty())
        return fitType(schema, types.first(), value, place);
    QJsonValue best = kUnfit;
    const auto offer = [&](const QJsonValue &taken) {
        if (best.isUndefined() || (taken == value && best != value))
            best = taken;
    };
    for (const QString &type : types)
        offer(SchemaFit().fitType(schema, type, value, place));
    for (const QJsonValue &each : choices)
        offer(SchemaFit().fit(each.toObject(), value, place));
    return best;
}

QJsonValue SchemaFit::fitType(
    const QJsonObject &schema, const QString &type, const QJsonValue &value, const QString &place)
{
    if (type == u"string")
        return value.isString() ? value : kUnfit;
    if (type == u"integer" || type == u"number")
        return numberIn(value, type == u"integer");
    if (type == u"boolean")
        return booleanIn(value);
    if (type == u"array")
        return fitArray(schema, value, place);
    if (type == u"object")
        return fitObject(schema, value, place);
    return type != u"null" || value.isNull() ? value : kUnfit;
}

QJsonValue SchemaFit::fitArray(const QJsonObject &schema, const QJsonValue &value, const QString &place)
{
    const QJsonObject items = schema.value("items"_L1).toObject();
    const auto fitEach = [&](const QJsonArray &given, SchemaFit &reason) -> QJsonValue {
        QJsonArray taken;
        for (qsizetype i = 0; i < given.size(); ++i) {
            const QJsonValue each = reason.fit(items, given.at(i), u"%1[%2]"_s.arg(place).arg(i));
            if (each.isUndefined())
                return kUnfit;
            taken.append(each);
        }
        return taken;
    };
    SchemaFit dropped;
    if (value.isArray())
        return fitEach(value.toArray(), isScalar(items) ? dropped : *this);
    if (!value.isString())
        return kUnfit;
    // A list that was written as a string, or one string.
    const QJsonDocument list = QJsonDocument::fromJson(value.toString().toUtf8());
    const QJsonValue taken = list.isArray() ? fitEach(list.array(), dropped) : kUnfit;
    return taken.isUndefined() ? fitEach({value}, dropped) : taken;
}

QJsonValue SchemaFit::fitObject(const QJsonObject &schema, const QJsonValue &value, const QString &place)
{
    const std::optional<QJsonObject> given = value.isString()   ? jsonObjectIn(value.toString().toUtf8())
                                             : value.isObject() ? std::optional(value.toObject())
                                                                : std::nullopt;
    if (!given)
        return kUnfit;
    QJsonObject taken = *given;
    const QJsonObject properties = schema.value("properties"_L1).toObject();
    const QJsonArray required = schema.value("required"_L1).toArray();
    for (auto each = properties.begin(); each != properties.end(); ++each) {
        const QJsonValue part = fitProperty(each.value().toObject(), required.contains(each.key()),
            given->value(each.key()), place + u'.' + each.key());
        if (m_misfit)
            return kUnfit;
        if (part.isUndefined())
            taken.remove(each.key());
        else
            taken.insert(each.key(), part);
    }
    return taken;
}

} // namespace Meanwhile::Tools
