// SPDX-License-Identifier: MIT
#include "fuzz/fuzzanswer.h"
#include "tools/argumentcheck.h"

#include <QJsonArray>

using namespace Meanwhile;
using namespace Qt::StringLiterals;

static bool fits(Tools::ParameterType type, const QJsonValue &value)
{
    switch (type) {
    case Tools::ParameterType::String:
        return value.isString();
    case Tools::ParameterType::Integer:
        return value.isDouble();
    case Tools::ParameterType::Boolean:
        return value.isBool();
    case Tools::ParameterType::StringList:
        return value.isArray();
    }
    return false;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const Tools::ToolSpec kSpec = [] {
        Tools::ToolSpec spec;
        spec.name = u"probe"_s;
        spec.parameters = {{.name = u"path"_s, .type = Tools::ParameterType::String, .required = true},
            {.name = u"limit"_s, .type = Tools::ParameterType::Integer},
            {.name = u"all"_s, .type = Tools::ParameterType::Boolean},
            {.name = u"ids"_s, .type = Tools::ParameterType::StringList},
            {.name = u"mode"_s, .type = Tools::ParameterType::String, .allowed = {u"any"_s, u"all"_s}}};
        return spec;
    }();
    const QByteArray input(reinterpret_cast<const char *>(data), qsizetype(size));
    const Result<QJsonObject> checked = Tools::checkArguments(kSpec, input);
    if (!checked) {
        Fuzz::require(!checked.error().message.isEmpty());
        return 0;
    }
    qsizetype known = 0;
    for (const Tools::Parameter &parameter : kSpec.parameters) {
        const QJsonValue value = checked->value(parameter.name);
        Fuzz::require(value.isUndefined() ? !parameter.required : fits(parameter.type, value));
        known += !value.isUndefined();
    }
    Fuzz::require(known == checked->size());
    return 0;
}
