// SPDX-License-Identifier: MIT
#pragma once

#include "base/settings.h"
#include "base/statepaths.h"

#include <optional>

namespace Meanwhile {

/// The settings, of which what decides whom to trust (provider, addresses, permission mode, what is passed on
/// to commands) counts only as a person chose it in this program.
///
/// Beside `settings.ini`, which anything that runs as the person can write, these values are kept once more
/// in StatePaths::state (`trusted.json`), signed with a key there (`trusted.key`). A file of settings without
/// that is taken over but for what is risky: mode auto, addresses and providers of the person's own, and what
/// is passed on. Errors: what cannot be read counts as not there; what cannot be written is asked about the
/// next time.
struct TrustedSettings {
    Settings settings;                   ///< what counts
    std::optional<Settings> fromOutside; ///< what the file says, where that is something else

    /// Reads a few small files, and signs what can be trusted and was not signed yet.
    static TrustedSettings load(const StatePaths &paths);
    /// What a person has chosen, whatever the file says by now. Blocks for small files: call it off the GUI
    /// thread.
    static void save(const Settings &settings, const StatePaths &paths);
    /// As save(), but where the file was changed outside, that waits in it for the person's word: only what
    /// is another in `settings` than in `before`, and decides nothing about trust, is written there.
    static void saveChanges(const Settings &before, const Settings &settings, const StatePaths &paths);

    /// What the file says otherwise, in words for people; empty where nothing was changed.
    QString changes() const;
};

} // namespace Meanwhile
