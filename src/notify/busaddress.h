// SPDX-License-Identifier: MIT
#pragma once

#include "base/descriptor.h"

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

/// The same socket for as long as `door` stays open, whatever is put in its place meanwhile: a command can
/// rename a bus of its own there. Abstract sockets have no place; they are returned as they are.
BusAddress heldAddress(const BusAddress &address, Descriptor &door);

} // namespace Meanwhile::Notify
