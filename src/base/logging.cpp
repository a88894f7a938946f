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

bool isStarting = true;
QString platformTrouble;

[[noreturn]] void endWithoutWindow()
{
    const bool hasDisplay =
        qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
    if (!hasDisplay)
        std::fputs(
            "meanwhile: There is no display to open a window on. Start it in a desktop session, connect "
            "with \"ssh -X\", or use meanwhile -p \"your request\", which needs none.\n",
            stderr);
    else
        std::fprintf(stderr,
            "meanwhile: No window can be opened on this display. %s\nUse meanwhile -p \"your request\", "
            "which "
            "needs none; QT_DEBUG_PLUGINS=1 says more.\n",
            qUtf8Printable(platformTrouble));
    std::_Exit(1);
}

void handleMessage(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    if (type == QtFatalMsg && text.contains(QLatin1StringView("no Qt platform plugin")))
        endWithoutWindow();
    // The cause of such an end; while Qt tries one platform after another, most of it is no trouble.
    const bool isOfPlatform = context.category && std::strncmp(context.category, "qt.qpa.", 7) == 0;
    if (isOfPlatform && isStarting && type != QtFatalMsg) {
        platformTrouble = text;
        return;
    }
    if (type != QtFatalMsg && text.startsWith(QLatin1StringView("Detected locale")))
        return;
    qtHandler(type, context, text);
}

} // namespace

void handleStartMessages()
{
    qtHandler = qInstallMessageHandler(handleMessage);
}

void handleRunMessages()
{
    isStarting = false;
}

void applyLogRules()
{
    QLoggingCategory::setFilterRules(QStringLiteral("qt.gui.imageio*=false\n") +
                                     qEnvironmentVariable("MEANWHILE_LOG").replace(u';', u'\n'));
}

} // namespace Meanwhile
