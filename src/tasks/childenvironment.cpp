// SPDX-License-Identifier: MIT
#include "tasks/childenvironment.h"

#include "tasks/secretvariable.h"

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

bool ChildEnvironment::lacksLoginShell(const QProcessEnvironment &own)
{
    return !own.contains(u"SHLVL"_s) && !own.contains(u"TERM"_s);
}

QStringList ChildEnvironment::heldBack(const QProcessEnvironment &own)
{
    QStringList names = own.keys();
    names.removeIf([&](const QString &name) { return !isSecretVariable(name, own.value(name)); });
    names.sort();
    return names;
}

QProcessEnvironment ChildEnvironment::make(
    const QProcessEnvironment &own, const QString &loginPath, const QStringList &passedOn)
{
    QProcessEnvironment environment = own;
    const QStringList secrets = heldBack(own);
    for (const QString &name : secrets) {
        if (!passedOn.contains(name))
            environment.remove(name);
    }
    environment.insert(u"NO_COLOR"_s, u"1"_s);
    environment.insert(u"TERM"_s, u"dumb"_s);
    environment.insert(u"PAGER"_s, u"cat"_s);
    environment.insert(u"GIT_PAGER"_s, u"cat"_s);
    environment.insert(u"GIT_TERMINAL_PROMPT"_s, u"0"_s);
    if (!loginPath.isEmpty()) {
        QStringList folders = loginPath.split(u':', Qt::SkipEmptyParts);
        folders += own.value(u"PATH"_s).split(u':', Qt::SkipEmptyParts);
        folders.removeDuplicates();
        environment.insert(u"PATH"_s, folders.join(u':'));
    }
    return environment;
}

} // namespace Meanwhile::Tasks
