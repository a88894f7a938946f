// SPDX-License-Identifier: MIT
#include "base/logging.h"

namespace Meanwhile {

Q_LOGGING_CATEGORY(lcAgent, "meanwhile.agent", QtWarningMsg)
Q_LOGGING_CATEGORY(lcApp, "meanwhile.app", QtWarningMsg)
Q_LOGGING_CATEGORY(lcLoop, "meanwhile.loop", QtWarningMsg)
Q_LOGGING_CATEGORY(lcStore, "meanwhile.store", QtWarningMsg)
Q_LOGGING_CATEGORY(lcTasks, "meanwhile.tasks", QtWarningMsg)
Q_LOGGING_CATEGORY(lcTools, "meanwhile.tools", QtWarningMsg)
Q_LOGGING_CATEGORY(lcUi, "meanwhile.ui", QtWarningMsg)
Q_LOGGING_CATEGORY(lcWire, "meanwhile.wire", QtWarningMsg)

void applyLogRules()
{
    QLoggingCategory::setFilterRules(QStringLiteral("qt.gui.imageio*=false\n") +
                                     qEnvironmentVariable("MEANWHILE_LOG").replace(u';', u'\n'));
}

} // namespace Meanwhile
