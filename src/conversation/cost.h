// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

namespace Meanwhile::Conversation {

/// What answers cost, as the prices were when they came.
///
/// Exact: a price is whole micro-dollars per million tokens, so one token costs whole pico-dollars. A sum of
/// answers keeps apart what has a price, what ran on this computer, and what nobody knows.
struct Cost {
    qint64 picoDollars = 0; ///< of the part that has a price
    bool isPriced = false;
    bool isLocal = false;
    bool isUnknown = false;

    static Cost priced(qint64 picoDollars) { return {picoDollars, true, false, false}; }
    static Cost local() { return {0, false, true, false}; }
    static Cost unknown() { return {0, false, false, true}; }

    Cost &operator+=(const Cost &other)
    {
        picoDollars += other.picoDollars;
        isPriced = isPriced || other.isPriced;
        isLocal = isLocal || other.isLocal;
        isUnknown = isUnknown || other.isUnknown;
        return *this;
    }
    bool operator==(const Cost &) const = default;
};

} // namespace Meanwhile::Conversation
