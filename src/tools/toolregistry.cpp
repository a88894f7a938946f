// SPDX-License-Identifier: MIT
#include "tools/toolregistry.h"

#include "tools/argumentcheck.h"

#include <QRegularExpression>

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

void ToolRegistry::add(std::unique_ptr<Tool> tool)
{
    if (find(tool->spec().name))
        return;
    m_tools.push_back(std::move(tool));
    emit changed();
}

QVector<const ToolSpec *> ToolRegistry::specs() const
{
    QVector<const ToolSpec *> specs;
    for (const auto &tool : m_tools)
        specs += &tool->spec();
    return specs;
}

ToolPresentations ToolRegistry::presentations() const
{
    ToolPresentations all;
    for (const auto &tool : m_tools)
        all.insert(tool->spec().name, tool->spec().presentation);
    return all;
}

QStringList ToolRegistry::namesWith(Effect effect) const
{
    QStringList names;
    for (const auto &tool : m_tools) {
        if (tool->spec().effect == effect)
            names += tool->spec().name;
    }
    return names;
}

QString ToolRegistry::nameOfTaskViewer() const
{
    const auto found = std::find_if(
        m_tools.begin(), m_tools.end(), [](const auto &tool) { return tool->spec().showsTasks; });
    return found == m_tools.end() ? QString() : (*found)->spec().name;
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

void ToolRegistry::taskEnded(const Tasks::Task &task)
{
    for (const auto &tool : m_tools)
        tool->taskEnded(task);
}

} // namespace Meanwhile::Tools
