// SPDX-License-Identifier: MIT
#include "tools/toolregistry.h"

#include "base/jsontext.h"
#include "tools/argumentcheck.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

QByteArray jsonStrings(const QStringList &texts)
{
    return QJsonDocument(QJsonArray::fromStringList(texts)).toJson(QJsonDocument::Compact);
}

QByteArray typeSchema(ParameterType type)
{
    switch (type) {
    case ParameterType::String:
    case ParameterType::Path:
    case ParameterType::FileText:
        return R"("type":"string")";
    case ParameterType::Integer:
        return R"("type":"integer")";
    case ParameterType::Boolean:
        return R"("type":"boolean")";
    case ParameterType::StringList:
        return R"("type":"array","items":{"type":"string"})";
    }
    return {};
}

QByteArray parameterSchema(const Parameter &parameter)
{
    QByteArray schema = '{' + typeSchema(parameter.type);
    if (!parameter.allowed.isEmpty())
        schema += R"(,"enum":)" + jsonStrings(parameter.allowed);
    if (!parameter.description.isEmpty())
        schema += R"(,"description":)" + jsonString(parameter.description);
    return schema + '}';
}

} // namespace

void ToolRegistry::add(std::unique_ptr<Tool> tool)
{
    m_tools.push_back(std::move(tool));
}

QVector<const ToolSpec *> ToolRegistry::specs() const
{
    QVector<const ToolSpec *> specs;
    for (const auto &tool : m_tools)
        specs += &tool->spec();
    return specs;
}

Tool *ToolRegistry::find(const QString &name) const
{
    const auto found = std::find_if(
        m_tools.begin(), m_tools.end(), [&](const auto &tool) { return tool->spec().name == name; });
    return found == m_tools.end() ? nullptr : found->get();
}

QString ToolRegistry::nameMeant(const QString &written) const
{
    if (find(written))
        return written;
    static const QRegularExpression pattern(
        uR"(^\s*(?:(?:functions?|tools?|default_api|multi_tool_use)\s*[.:/]\s*)?([\w-]+)\s*(?:<\|.*|:\d+\s*)?$)"_s,
        QRegularExpression::DotMatchesEverythingOption);
    const QString core = pattern.match(written).captured(1);
    QStringList fitting = names();
    fitting.removeIf([&](const QString &name) { return name.compare(core, Qt::CaseInsensitive) != 0; });
    return fitting.size() == 1 ? fitting.first() : written;
}

QStringList ToolRegistry::names() const
{
    QStringList names;
    for (const auto &tool : m_tools)
        names += tool->spec().name;
    return names;
}

Result<ToolCall> ToolRegistry::check(const QString &id, const QString &name, const QByteArray &input) const
{
    const Tool *tool = find(name);
    if (!tool)
        return failure(ErrorKind::InvalidArgument,
            u"There is no tool named \"%1\". The tools are: %2."_s.arg(name, names().join(u", "_s)));
    const Result<QJsonObject> arguments = checkArguments(tool->spec(), input);
    if (!arguments)
        return failure(arguments.error());
    return ToolCall{id, name, *arguments, false};
}

// By hand, because QJsonObject sorts its keys, and models read "required" last.
QByteArray inputSchema(const ToolSpec &spec)
{
    QByteArrayList properties;
    QStringList required;
    for (const Parameter &parameter : spec.parameters) {
        properties += jsonString(parameter.name) + ':' + parameterSchema(parameter);
        if (parameter.required)
            required += parameter.name;
    }
    QByteArray schema = R"({"type":"object","properties":{)" + properties.join(',') + '}';
    if (!required.isEmpty())
        schema += R"(,"required":)" + jsonStrings(required);
    return schema + '}';
}

} // namespace Meanwhile::Tools
