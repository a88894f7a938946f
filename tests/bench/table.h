// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QVector>

#include <optional>

namespace Meanwhile::Bench {

/// One line of the table. Which of the two limits counts is what is set; both may be.
struct Figure {
    QString what;
    QString unit;
    std::optional<double> value; ///< empty: it did not get that far
    std::optional<double> floor;
    std::optional<double> maxRatio; ///< of value to floor
    std::optional<double> maxValue;
    QString note; ///< why there is no value

    bool isMet() const;
};

double median(QVector<double> values);

void printHead();
void print(const Figure &figure);

} // namespace Meanwhile::Bench
