// SPDX-License-Identifier: MIT
#pragma once

#include "box/boxpolicy.h"

#include <memory>

namespace Meanwhile::Box {

/// Confinement without namespaces: Landlock and the filter. Files are written in the project, in writable
/// folders that keep their place, in /tmp and in devices that everybody may write; no internet socket is
/// made; signals and abstract sockets end at the box where the kernel can do that. What is read is not
/// confined, nor are protected names.
class ReducedBox {
public:
    /// Null with the reason in `problem`. Needs version 4 of Landlock.
    static std::unique_ptr<ReducedBox> make(const BoxPolicy &policy, std::string &problem);
    ReducedBox(const ReducedBox &) = delete;
    ReducedBox &operator=(const ReducedBox &) = delete;
    ~ReducedBox();

    /// Confines this process and all that it starts from now on. False when it is not confined: it must not
    /// go on then. Allocates nothing, so that a child can do it that shares its parent's memory.
    bool enter() const;

private:
    explicit ReducedBox(int rules)
        : m_rules(rules)
    {
    }

    int m_rules;
};

/// The version of the kernel's Landlock; 0 where there is none.
int landlockVersion();

/// Whatever namespace it is in, this process and all that it starts can no longer signal others or connect to
/// their abstract sockets. Does nothing where the kernel cannot do that; false when it should and did not.
bool keepSignalsAndSocketsInside();

} // namespace Meanwhile::Box
