// SPDX-License-Identifier: MIT
#pragma once

#include <QProcessEnvironment>

namespace Meanwhile::Notify {

/// Where a bus listens.
struct BusAddress {
    QString text;       ///< "unix:path=…", as Qt takes it
    QString socketPath; ///< the same; an abstract one begins with "@"

    bool isEmpty() const { return text.isEmpty(); }
    bool operator==(const BusAddress &) const = default;
};

/// Of the bus of this login, as the environment says, or $XDG_RUNTIME_DIR/bus where that is there. Empty
/// where there is none that is a socket of this computer. Nothing is started: "autolaunch:", which would,
/// counts as none.
BusAddress sessionBusAddress(const QProcessEnvironment &environment);

} // namespace Meanwhile::Notify
