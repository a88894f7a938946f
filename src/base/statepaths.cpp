// SPDX-License-Identifier: MIT
#include "base/statepaths.h"

#include <QDir>

namespace Meanwhile {

using namespace Qt::StringLiterals;

StatePaths StatePaths::fromEnvironment(const QProcessEnvironment &environment)
{
    const QString home = environment.value(u"MEANWHILE_HOME"_s);
    if (!home.isEmpty()) {
        const QString root = QDir(home).absolutePath();
        return {root, root, root + u"/tasks"_s};
    }
    const auto folder = [&](const QString &variable, const QString &fallback) {
        // The specification: a relative path is invalid and is ignored.
        const QString value = environment.value(variable);
        const QString base = QDir::isAbsolutePath(value) ? value : QDir::homePath() + fallback;
        return base + u"/meanwhile"_s;
    };
    const QString state = folder(u"XDG_STATE_HOME"_s, u"/.local/state"_s);
    return {folder(u"XDG_CONFIG_HOME"_s, u"/.config"_s), state, state + u"/tasks"_s};
}

bool StatePaths::create() const
{
    bool ok = true;
    for (const QString &path : {config, state, tasks}) {
        if (QDir(path).exists())
            continue;
        ok = QDir().mkpath(path) && ok;
        QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    return ok;
}

} // namespace Meanwhile
