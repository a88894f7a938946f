// SPDX-License-Identifier: MIT
#pragma once

#include "support/patience.h"

#include <QObject>

#include <functional>
#include <memory>

namespace Meanwhile::Testing {

using TestFactory = std::function<std::unique_ptr<QObject>()>;

/// Makes a test class known to the executable's main function. Use MEANWHILE_TEST.
bool registerTest(const char *className, TestFactory factory);

/// Runs the class named by --class, or all of them. 0 when every test passed and nothing warned unexpectedly.
int runTests(int argc, char **argv);

} // namespace Meanwhile::Testing

/// At the start of a line and with a plain class name: CMake reads these lines to make the ctest entries.
#define MEANWHILE_TEST(Class)                                                                                \
    static const bool registered##Class =                                                                    \
        Meanwhile::Testing::registerTest(#Class, [] { return std::make_unique<Class>(); });
