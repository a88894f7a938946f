// SPDX-License-Identifier: MIT
#pragma once

#include <QtTest>

namespace Meanwhile::Testing {

/// How long a test waits at most for what must come. It claims only that it comes: a busy machine and a slow
/// disk take longer than the 5 s of QtTest.
constexpr int kPatienceMs = 30'000;

/// Runs the event loop until `isSo` holds. False when it did not in time.
template <typename Predicate>
[[nodiscard]] bool waitFor(Predicate isSo, int limitMs = kPatienceMs)
{
    return QTest::qWaitFor(isSo, limitMs);
}

} // namespace Meanwhile::Testing

#undef QTRY_VERIFY
#undef QTRY_VERIFY2
#undef QTRY_COMPARE
#define QTRY_VERIFY(expression) QTRY_VERIFY_WITH_TIMEOUT(expression, Meanwhile::Testing::kPatienceMs)
#define QTRY_VERIFY2(expression, words)                                                                      \
    QTRY_VERIFY2_WITH_TIMEOUT(expression, words, Meanwhile::Testing::kPatienceMs)
#define QTRY_COMPARE(actual, expected)                                                                       \
    QTRY_COMPARE_WITH_TIMEOUT(actual, expected, Meanwhile::Testing::kPatienceMs)
