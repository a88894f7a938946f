// SPDX-License-Identifier: MIT
#include "tools/argumentcheck.h"

#include "base/jsontext.h"
#include "base/pathtext.h"
#include "tools/schemafit.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

bool hasNul(const QJsonValue &value)
{
    const QJsonArray array = value.toArray();
    const QJsonObject object = value.toObject();
    return value.toString().contains(u'\0') || std::any_of(array.begin(), array.end(), hasNul) ||
           std::any_of(object.begin(), object.end(), hasNul);
}

// What is text to the system ends at a NUL there, and would be another text than the one that was looked at.
Result<QJsonValue> forTheSystem(const ToolSpec &spec, const QString &parameter, const QJsonValue &value)
{
    if (spec.paths.contains(parameter)) {
        const Result<QString> path = pathFromOutside(value.toString());
        if (!path)
            return failure(path.error());
        return QJsonValue(*path);
    }
    if (!spec.fileTexts.contains(parameter) && hasNul(value))
        return failure(ErrorKind::InvalidArgument,
            u"The parameter \"%1\" of %2 has a NUL character in it, which it cannot have. Give it without."_s
                .arg(parameter, spec.name));
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
    QJsonObject arguments;
    for (const Parameter &parameter : spec.parameters) {
        SchemaFit schema;
        const QJsonValue usable = schema.fitProperty(
            parameter.schema, parameter.required, object->value(parameter.name), parameter.name);
        if (const auto &misfit = schema.misfit(); misfit && misfit->found.isUndefined())
            return failure(ErrorKind::InvalidArgument,
                u"%1 needs the parameter \"%2\" (%3), which is missing. Parameters: %4."_s.arg(
                    spec.name, misfit->where, misfit->expected, parameterList(spec)));
        else if (misfit)
            return failure(ErrorKind::InvalidArgument,
                u"The parameter \"%1\" of %2 must be %3; found %4."_s.arg(
                    misfit->where, spec.name, misfit->expected, describeValue(misfit->found)));
        if (usable.isUndefined())
            continue;
        const Result<QJsonValue> good = forTheSystem(spec, parameter.name, usable);
        if (!good)
            return failure(good.error());
        arguments.insert(parameter.name, *good);
    }
    return arguments;
}

} // namespace Meanwhile::Tools
