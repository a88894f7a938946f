// SPDX-License-Identifier: MIT
#include "support/testregistry.h"

#include <QTemporaryDir>

#ifdef MEANWHILE_TEST_GUI
#include <QApplication>
using Application = QApplication;
#else
#include <QCoreApplication>
using Application = QCoreApplication;
#endif

// No test may touch the settings, keys or sessions of the person who runs it.
static void isolate(const QTemporaryDir &home)
{
    const QByteArray path = home.path().toLocal8Bit();
    qputenv("HOME", path);
    qputenv("MEANWHILE_HOME", path + "/meanwhile");
    for (const char *name : {"XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME",
             "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_BASE_URL", "ANTHROPIC_MODEL",
             "OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL"})
        qunsetenv(name);
}

int main(int argc, char **argv)
{
    const QTemporaryDir home;
    isolate(home);
    const Application app(argc, argv);
    return Meanwhile::Testing::runTests(argc, argv);
}
