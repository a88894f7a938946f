// SPDX-License-Identifier: MIT
#include "tools/toolspec.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

// By hand, as QJsonObject sorts its keys. The text is valid JSON.
static QStringList propertiesInOrder(const QByteArray &schema)
{
    QStringList names;
    bool isInProperties = false;
    int depth = 0;
    for (qsizetype i = 0; i < schema.size(); ++i) {
        const char c = schema.at(i);
        depth += (c == '{' || c == '[') - (c == '}' || c == ']');
        if (c != '"')
            continue;
        const qsizetype begin = i;
        for (++i; schema.at(i) != '"'; ++i)
            i += schema.at(i) == '\\';
        const QByteArray text = schema.sliced(begin, i + 1 - begin);
        if (!QByteArrayView(schema).sliced(i + 1).trimmed().startsWith(':'))
            continue; // no key
        if (depth == 1)
            isInProperties = text == R"("properties")";
        else if (depth == 2 && isInProperties)
            names += QJsonDocument::fromJson('[' + text + ']').array().first().toString();
    }
    names.removeDuplicates();
    return names;
}

QVector<Parameter> parametersOf(const QByteArray &schema)
{
    const QJsonDocument document = QJsonDocument::fromJson(schema);
    if (!document.isObject())
        return {};
    const QJsonObject properties = document["properties"_L1].toObject();
    const QJsonArray required = document["required"_L1].toArray();
    QVector<Parameter> parameters;
    for (const QString &name : propertiesInOrder(schema)) {
        if (properties.contains(name))
            parameters.append({name, required.contains(name), properties.value(name).toObject()});
    }
    return parameters;
}

} // namespace Meanwhile::Tools
