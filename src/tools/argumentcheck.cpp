// SPDX-License-Identifier: MIT
#include "tools/argumentcheck.h"

#include "base/jsontext.h"
#include "base/pathtext.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxQuotedChars = 60;

QString quoted(QString text)
{
    if (text.size() > kMaxQuotedChars)
        text = text.first(kMaxQuotedChars) + u'…';
    return u'"' + text + u'"';
}

QString describe(const QJsonValue &value)
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

QString describe(ParameterType type)
{
    switch (type) {
    case ParameterType::String:
    case ParameterType::Path:
    case ParameterType::FileText:
        return u"a string"_s;
    case ParameterType::Integer:
        return u"an integer"_s;
    case ParameterType::Boolean:
        return u"a boolean"_s;
    case ParameterType::StringList:
        return u"an array of strings"_s;
    }
    return {};
}

bool isStrings(const QJsonArray &array)
{
    return std::all_of(array.begin(), array.end(), [](const QJsonValue &each) { return each.isString(); });
}

// Undefined where the value cannot be taken for the type.
QJsonValue converted(ParameterType type, const QJsonValue &value)
{
    switch (type) {
    case ParameterType::String:
    case ParameterType::Path:
    case ParameterType::FileText:
        return value.isString() ? value : QJsonValue(QJsonValue::Undefined);
    case ParameterType::Integer: {
        bool ok = value.isDouble();
        const double number = value.isString() ? value.toString().trimmed().toDouble(&ok) : value.toDouble();
        const bool whole = ok && std::floor(number) == number && std::abs(number) <= 9e15;
        return whole ? QJsonValue(qint64(number)) : QJsonValue(QJsonValue::Undefined);
    }
    case ParameterType::Boolean: {
        const QString word = value.toString().trimmed().toLower();
        if (word == u"true" || word == u"false")
            return word == u"true";
        return value.isBool() ? value : QJsonValue(QJsonValue::Undefined);
    }
    case ParameterType::StringList: {
        if (value.isArray())
            return isStrings(value.toArray()) ? value : QJsonValue(QJsonValue::Undefined);
        if (!value.isString())
            return QJsonValue::Undefined;
        // A list that was written as a string, or one string.
        const QJsonDocument list = QJsonDocument::fromJson(value.toString().toUtf8());
        return list.isArray() && isStrings(list.array()) ? list.array() : QJsonArray{value};
    }
    }
    return QJsonValue::Undefined;
}

bool hasNul(const QJsonValue &value)
{
    const QJsonArray array = value.toArray();
    return value.toString().contains(u'\0') ||
           std::any_of(array.begin(), array.end(),
               [](const QJsonValue &each) { return each.toString().contains(u'\0'); });
}

// What is text to the system ends at a NUL there, and would be another text than the one that was looked at.
Result<QJsonValue> forTheSystem(const ToolSpec &spec, const Parameter &parameter, const QJsonValue &value)
{
    if (parameter.type == ParameterType::Path) {
        const Result<QString> path = pathFromOutside(value.toString());
        if (!path)
            return failure(path.error());
        return QJsonValue(*path);
    }
    if (parameter.type != ParameterType::FileText && hasNul(value))
        return failure(ErrorKind::InvalidArgument,
            u"The parameter \"%1\" of %2 has a NUL character in it, which it cannot have. Give it without."_s
                .arg(parameter.name, spec.name));
    return value;
}

QString parameterList(const ToolSpec &spec)
{
    QStringList names;
    for (const Parameter &parameter : spec.parameters)
        names += parameter.required ? parameter.name : parameter.name + u" (optional)"_s;
    return names.isEmpty() ? u"none"_s : names.join(u", "_s);
}

} // namespace

Result<QJsonObject> checkArguments(const ToolSpec &spec, const QByteArray &input)
{
    QJsonParseError parseError;
    const QByteArray text = input.trimmed().isEmpty() ? QByteArray("{}") : input;
    QJsonDocument::fromJson(text, &parseError);
    const std::optional<QJsonObject> object = jsonObjectIn(text);
    if (!object) {
        const bool isString =
            text.trimmed().startsWith('"') && QJsonDocument::fromJson('[' + text + ']').isArray();
        const QString found = parseError.error == QJsonParseError::NoError ? u"an array"_s
                              : isString
                                  ? u"a string that holds no object"_s
                                  : u"text that is not JSON (%1 at byte %2)"_s.arg(parseError.errorString())
                                        .arg(parseError.offset);
        return failure(ErrorKind::InvalidArgument,
            u"The arguments of %1 must be one JSON object; found %2. Parameters: %3."_s.arg(
                spec.name, found, parameterList(spec)));
    }
    const QJsonObject &given = *object;
    QJsonObject arguments;
    for (const Parameter &parameter : spec.parameters) {
        const QJsonValue value = given.value(parameter.name);
        if (value.isUndefined() || value.isNull()) {
            if (!parameter.required)
                continue;
            return failure(ErrorKind::InvalidArgument,
                u"%1 needs the parameter \"%2\" (%3), which is missing. Parameters: %4."_s.arg(
                    spec.name, parameter.name, describe(parameter.type), parameterList(spec)));
        }
        const QJsonValue usable = converted(parameter.type, value);
        if (usable.isUndefined())
            return failure(ErrorKind::InvalidArgument,
                u"The parameter \"%1\" of %2 must be %3; found %4."_s.arg(
                    parameter.name, spec.name, describe(parameter.type), describe(value)));
        if (!parameter.allowed.isEmpty() && !parameter.allowed.contains(usable.toString()))
            return failure(ErrorKind::InvalidArgument,
                u"The parameter \"%1\" of %2 must be one of %3; found %4."_s.arg(
                    parameter.name, spec.name, parameter.allowed.join(u", "_s), describe(value)));
        const Result<QJsonValue> good = forTheSystem(spec, parameter, usable);
        if (!good)
            return failure(good.error());
        arguments.insert(parameter.name, *good);
    }
    return arguments;
}

} // namespace Meanwhile::Tools
