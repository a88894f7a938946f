// SPDX-License-Identifier: MIT
#include "permissions/mode.h"

namespace Meanwhile::Permissions {

using namespace Qt::StringLiterals;

QString nameOf(Mode mode)
{
    switch (mode) {
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

std::optional<Mode> modeFromString(const QString &word)
{
    for (const Mode mode : {Mode::Ask, Mode::Edits, Mode::Auto, Mode::Plan}) {
        if (word == nameOf(mode))
            return mode;
    }
    return std::nullopt;
}

} // namespace Meanwhile::Permissions
