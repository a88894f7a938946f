// SPDX-License-Identifier: MIT
#pragma once

#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

namespace Meanwhile::Tasks {

/// What commands get to see of this program's environment.
///
/// Secrets (isSecretVariable) are held back: what a command prints goes to a model. A person can name those
/// that a project's commands need.
/// Colours, pagers and password prompts are turned off, as nobody sits at a terminal.
struct ChildEnvironment {
    /// True when this program was started from a desktop and not from a terminal: PATH then lacks what the
    /// person's login shell adds.
    static bool lacksLoginShell(const QProcessEnvironment &own);
    /// The names of those that commands do not get unless they are passed on; sorted.
    static QStringList heldBack(const QProcessEnvironment &own);
    /// `loginPath` goes before what PATH holds and adds nothing twice; empty when it is not known.
    /// `passedOn`: names of secrets that are not held back.
    static QProcessEnvironment make(
        const QProcessEnvironment &own, const QString &loginPath = {}, const QStringList &passedOn = {});
};

} // namespace Meanwhile::Tasks
