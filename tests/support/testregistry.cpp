// SPDX-License-Identifier: MIT
#include "support/testregistry.h"

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
            failures += QTest::qExec(make().get(), arguments);
    }
    return failures == 0 ? 0 : 1;
}

} // namespace Meanwhile::Testing
