// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile::Ui {

/// Words that the window was started with, or handed later by a program that only says to be the person.
struct GivenWords {
    QString text;
    bool mayBeSent = true; ///< else they go into the composer, for the person to send

    bool isEmpty() const { return text.isEmpty(); }
    bool operator==(const GivenWords &) const = default;
};

} // namespace Meanwhile::Ui
