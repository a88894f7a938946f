// SPDX-License-Identifier: MIT
#pragma once

#include <QRegularExpression>
#include <QtTest>

namespace Meanwhile::Testing {

/// Every warning fails the test, except what the offscreen platform says about itself.
inline void failOnAnyWarning()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support).*")));
}

} // namespace Meanwhile::Testing
