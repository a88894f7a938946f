// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/effect.h"
#include "tools/toolpresentation.h"

#include <QByteArray>
#include <QJsonObject>
#include <QVector>

namespace Meanwhile::Tools {

using Conversation::Effect;

/// One argument, as the schema has it.
struct Parameter {
    QString name;
    bool required = false;
    QJsonObject schema;
};

/// The arguments that a JSON Schema of an object names, in its order. None where it is no such schema.
QVector<Parameter> parametersOf(const QByteArray &schema);

/// All that the program knows of a tool without calling it. The bytes of the first three are in every
/// request.
struct ToolSpec {
    QString name;
    QString description; ///< for the model; short
    QByteArray schema;   ///< JSON Schema of the arguments, an object; compact UTF-8
    Effect effect = Effect::Reach;
    ToolPresentation presentation = {};
    QStringList paths = {};     ///< arguments that are paths: in the form of pathToText() once checked
    QStringList fileTexts = {}; ///< arguments that may have any characters
    bool showsTasks = false;    ///< it shows a task's state and output: other words for the model name it
    QVector<Parameter> parameters = parametersOf(schema);
};

/// What a request holds of the arguments.
inline const QByteArray &inputSchema(const ToolSpec &spec)
{
    return spec.schema;
}

} // namespace Meanwhile::Tools
