// SPDX-License-Identifier: MIT
#include "support/testregistry.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cstdio>
#include <map>

namespace Meanwhile::Testing {

namespace {

std::map<QByteArray, TestFactory> &factories()
{
    static std::map<QByteArray, TestFactory> all;
    return all;
}

// The offscreen platform says so of dialogs, menus and raised windows.
constexpr auto kOfThePlatform = "This plugin does not support";

/// Runs the class and counts what failed. A warning that the test did not expect counts as a failure,
/// wherever it comes from: failOnWarning() would have to be called in every init() and misses initTestCase().
int run(QObject &test, QStringList arguments)
{
    const QTemporaryDir folder;
    const QString log = folder.filePath(QStringLiteral("log"));
    const QString output = QStringLiteral("-o");
    if (!arguments.contains(output))
        arguments << output << QStringLiteral("-,txt");
    arguments << output << log + QStringLiteral(",txt");
    int failures = QTest::qExec(&test, arguments);
    QFile file(log);
    if (!file.open(QIODevice::ReadOnly))
        return failures;
    const QByteArrayList lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (!line.startsWith("QWARN") || line.contains(kOfThePlatform))
            continue;
        std::fprintf(stderr, "unexpected warning: %s\n", line.constData());
        ++failures;
    }
    return failures;
}

} // namespace

bool registerTest(const char *className, TestFactory factory)
{
    factories().emplace(className, std::move(factory));
    return true;
}

int runTests(int argc, char **argv)
{
    QByteArray only;
    QStringList arguments;
    for (int i = 0; i < argc; ++i) {
        if (qstrcmp(argv[i], "--class") == 0 && i + 1 < argc)
            only = argv[++i];
        else
            arguments += QString::fromLocal8Bit(argv[i]);
    }
    if (!only.isEmpty() && !factories().contains(only)) {
        std::fprintf(stderr, "no test class named %s\n", only.constData());
        return 2;
    }
    int failures = 0;
    for (const auto &[name, make] : factories()) {
        if (only.isEmpty() || only == name)
            failures += run(*make(), arguments);
    }
    return failures == 0 ? 0 : 1;
}

} // namespace Meanwhile::Testing
