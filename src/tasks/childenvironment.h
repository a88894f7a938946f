// SPDX-License-Identifier: MIT
#pragma once

#include <QProcessEnvironment>
#include <QString>

namespace Meanwhile::Tasks {

/// What commands get to see of this program's environment.
///
/// Keys for models are taken out: a command has no use for them, and what it prints goes to a model. A
/// variable is such a key when its first word is a provider of models (kModelProviders) and it ends with
/// _API_KEY, _API_KEYS, _API_TOKEN, _AUTH_TOKEN, _ACCESS_TOKEN or _OAUTH_TOKEN. Other keys, such as those of
/// a payment service that the project's own tests need, stay.
/// Colours, pagers and password prompts are turned off, as nobody sits at a terminal.
struct ChildEnvironment {
    static bool isModelKey(const QString &name);
    /// True when this program was started from a desktop and not from a terminal: PATH then lacks what the
    /// person's login shell adds.
    static bool lacksLoginShell(const QProcessEnvironment &own);
    /// `loginPath` goes before what PATH holds and adds nothing twice; empty when it is not known.
    static QProcessEnvironment make(const QProcessEnvironment &own, const QString &loginPath = {});
};

} // namespace Meanwhile::Tasks
