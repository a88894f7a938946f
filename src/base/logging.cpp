// SPDX-License-Identifier: MIT
#include "base/logging.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace Meanwhile {

Q_LOGGING_CATEGORY(lcAgent, "meanwhile.agent", QtWarningMsg)
Q_LOGGING_CATEGORY(lcApp, "meanwhile.app", QtWarningMsg)
Q_LOGGING_CATEGORY(lcLoop, "meanwhile.loop", QtWarningMsg)
Q_LOGGING_CATEGORY(lcStore, "meanwhile.store", QtWarningMsg)
Q_LOGGING_CATEGORY(lcTasks, "meanwhile.tasks", QtWarningMsg)
Q_LOGGING_CATEGORY(lcTools, "meanwhile.tools", QtWarningMsg)
Q_LOGGING_CATEGORY(lcUi, "meanwhile.ui", QtWarningMsg)
Q_LOGGING_CATEGORY(lcWire, "meanwhile.wire", QtWarningMsg)

namespace {

QtMessageHandler qtHandler = nullptr;

void handleMessage(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    if (type == QtFatalMsg && text.contains(QLatin1StringView("no Qt platform plugin"))) {
        std::fputs(
            "meanwhile: There is no display to open a window on. Start it in a desktop session, connect "
            "with \"ssh -X\", or use meanwhile -p \"your request\", which needs none.\n",
            stderr);
        std::_Exit(1);
    }
    const bool isOfPlatform = context.category && std::strncmp(context.category, "qt.qpa.", 7) == 0;
    if (type != QtFatalMsg && (isOfPlatform || text.startsWith(QLatin1StringView("Detected locale"))))
        return;
    qtHandler(type, context, text);
}

} // namespace

void handleStartMessages()
{
    qtHandler = qInstallMessageHandler(handleMessage);
}

void applyLogRules()
{
    QLoggingCategory::setFilterRules(QStringLiteral("qt.gui.imageio*=false\n") +
                                     qEnvironmentVariable("MEANWHILE_LOG").replace(u';', u'\n'));
}

} // namespace Meanwhile
