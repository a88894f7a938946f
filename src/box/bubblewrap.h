// SPDX-License-Identifier: MIT
#pragma once

#include "box/surroundings.h"

namespace Meanwhile::Box {

/// How bubblewrap is called to build a box.
struct BubblewrapCall {
    std::vector<std::string> words; ///< its options; the program to run comes behind them
    /// So many descriptors, from the first one on, must be open for reading and at their end: each becomes an
    /// empty file.
    int emptyFiles = 0;
    std::vector<std::string> writable; ///< places that are bound writable
    std::vector<std::string> kept;     ///< paths in them that are bound onto themselves
    std::vector<std::string> covered;  ///< paths that something empty lies over

    bool operator==(const BubblewrapCall &) const = default;
};

/// Pure: the same policy and surroundings give the same call. For bubblewrap 0.8 or newer.
BubblewrapCall bubblewrapCall(const BoxPolicy &policy, const Surroundings &surroundings, int firstEmptyFile);

/// Why no box can be built for this policy as things are; empty when one can.
std::string objectionTo(const BoxPolicy &policy, const Surroundings &surroundings);

} // namespace Meanwhile::Box
