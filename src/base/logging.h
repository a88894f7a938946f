// SPDX-License-Identifier: MIT
#pragma once

#include <QLoggingCategory>

namespace Meanwhile {

// One category a subject; MEANWHILE_LOG sets the rules, e.g. "meanwhile.tasks.debug=true".
Q_DECLARE_LOGGING_CATEGORY(lcAgent)
Q_DECLARE_LOGGING_CATEGORY(lcApp)
Q_DECLARE_LOGGING_CATEGORY(lcLoop)
Q_DECLARE_LOGGING_CATEGORY(lcStore)
Q_DECLARE_LOGGING_CATEGORY(lcTasks)
Q_DECLARE_LOGGING_CATEGORY(lcTools)
Q_DECLARE_LOGGING_CATEGORY(lcUi)
Q_DECLARE_LOGGING_CATEGORY(lcWire)

/// For main(), before there is an application: where no window can be opened, that ends the program with what
/// is the matter and exit status 1, where Qt would end it with a core; what Qt tried in vain before is said
/// only then. What it has to say about the locale "C" is left out, as all text is UTF-8 in any.
void handleStartMessages();
/// Once there is an application: what Qt says of the display is heard again.
void handleRunMessages();

/// For main(): what MEANWHILE_LOG says. Quiet by default: Qt's image readers, since a damaged image is
/// answered with an error already.
void applyLogRules();

} // namespace Meanwhile
