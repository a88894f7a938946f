// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "base/settings.h"
#include "ui/ports/modelinuse.h"
#include "ui/ports/opensession.h"

namespace Meanwhile::Notify {
class Notifier;
}

namespace Meanwhile::Ui {

/// Port: what the window needs from the program around it.
class Workspace {
public:
    virtual ~Workspace() = default;

    /// The session of this folder that was opened last in this run, or a new one. The error says why the
    /// folder cannot be used, e.g. unreadable. Never blocks.
    virtual Result<OpenSession> open(const QString &folder) = 0;
    /// Takes over provider, model, theme and mode from now on, and keeps them for the next start.
    virtual void apply(const Settings &settings) = 0;
    virtual Settings settings() const = 0;
    /// Follows apply().
    virtual ModelInUse modelInUse() const = 0;
    /// What notifies the person while the window is not in front; null: nothing does.
    virtual Notify::Notifier *notifier() { return nullptr; }
};

} // namespace Meanwhile::Ui
