// SPDX-License-Identifier: MIT
#pragma once

#include "base/settings.h"
#include "ui/ports/modelinuse.h"

namespace Meanwhile::Notify {
class Notifier;
}

namespace Meanwhile::Ui {

/// Port: what the window needs from the program around it.
class Workspace {
public:
    virtual ~Workspace() = default;

    /// Takes over provider, model, theme and mode from now on, and keeps them for the next start.
    virtual void apply(const Settings &settings) = 0;
    virtual Settings settings() const = 0;
    /// Follows apply().
    virtual ModelInUse modelInUse() const = 0;
    /// What notifies the person while the window is not in front; null: nothing does.
    virtual Notify::Notifier *notifier() { return nullptr; }
};

} // namespace Meanwhile::Ui
