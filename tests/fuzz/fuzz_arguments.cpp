// SPDX-License-Identifier: MIT
#include "fuzz/fuzzanswer.h"
#include "tools/argumentcheck.h"

#include <QJsonArray>

using namespace Meanwhile;
using namespace Qt::StringLiterals;

static bool fits(const QString &type, const QJsonValue &value)
{
    return type == u"string"    ? value.isString()
           : type == u"integer" ? value.isDouble()
           : type == u"boolean" ? value.isBool()
           : type == u"array"   ? value.isArray()
                                : value.isObject();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const Tools::ToolSpec kSpec{u"probe"_s, {},
        R"({"type":"object","properties":{"path":{"type":"string"},"limit":{"type":"integer"},)"
        R"("all":{"type":"boolean"},"ids":{"type":"array","items":{"type":"string"}},)"
        R"("mode":{"type":"string","enum":["any","all"]},)"
        R"("edits":{"type":"object","properties":{"n":{"type":"array","items":{"type":"number"}}}}},)"
        R"("required":["path"]})"};
    const QByteArray input(reinterpret_cast<const char *>(data), qsizetype(size));
    const Result<QJsonObject> checked = Tools::checkArguments(kSpec, input);
    if (!checked) {
        Fuzz::require(!checked.error().message.isEmpty());
        return 0;
    }
    qsizetype known = 0;
    for (const Tools::Parameter &parameter : kSpec.parameters) {
        const QJsonValue value = checked->value(parameter.name);
        Fuzz::require(value.isUndefined() ? !parameter.required
                                          : fits(parameter.schema.value("type"_L1).toString(), value));
        known += !value.isUndefined();
    }
    Fuzz::require(known == checked->size());
    return 0;
}
