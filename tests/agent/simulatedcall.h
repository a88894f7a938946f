// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QVector>

namespace Meanwhile::Testing {

/// A call of a tool that runs in a SimulatedWorld.
struct SimulatedCall {
    QString id;
    QString name;
    QVector<int> tasks; // that it runs as, waits for or looks at
    bool all = false;   // waits for all of them
};

} // namespace Meanwhile::Testing
