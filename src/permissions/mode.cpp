// SPDX-License-Identifier: MIT
#include "permissions/mode.h"

namespace Meanwhile::Permissions {

using namespace Qt::StringLiterals;

QString nameOf(Mode mode)
{
    switch (mode) {
    case Mode::Box:
        return u"box"_s;
    case Mode::Ask:
        return u"ask"_s;
    case Mode::Edits:
        return u"edits"_s;
    case Mode::Auto:
        return u"auto"_s;
    case Mode::Plan:
        return u"plan"_s;
    }
    return u"ask"_s;
}

QString nameOf(Box box)
{
    switch (box) {
    case Box::Unknown:
        break;
    case Box::Full:
        return u"full"_s;
    case Box::Reduced:
        return u"reduced"_s;
    case Box::None:
        return u"none"_s;
    case Box::Off:
        return u"off"_s;
    }
    return u"unknown"_s;
}

std::optional<Mode> modeFromString(const QString &word)
{
    for (const Mode mode : {Mode::Box, Mode::Ask, Mode::Edits, Mode::Auto, Mode::Plan}) {
        if (word == nameOf(mode))
            return mode;
    }
    return std::nullopt;
}

} // namespace Meanwhile::Permissions
