// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>

namespace Meanwhile {

/// One visitor made of several lambdas, for std::visit.
///
/// It names every alternative, so that a new one does not compile until somebody has decided about it. Those
/// it has nothing to do for share one lambda: `[](const OneOf<A, B> auto &) {}`.
template <typename... Visitors>
struct Overloaded : Visitors... {
    using Visitors::operator()...;
};
template <typename... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

/// Holds for each of these types, and for none that is derived from them.
template <typename T, typename... Types>
concept OneOf = (std::same_as<T, Types> || ...);

} // namespace Meanwhile
