// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace Meanwhile {

/// What the person chose and what comes back at the next start. No key is ever in it.
///
/// A value; load() and save() are the file `settings.ini` in StatePaths::config. A missing or unreadable file
/// gives the defaults. Unknown entries are kept.
struct Settings {
    QString provider;                         ///< empty: what has a key, else demo
    QString baseUrl;                          ///< empty: the provider's own
    QString model;                            ///< the last choice
    QString theme = QStringLiteral("system"); ///< system, light, dark
    QString permissionMode = QStringLiteral("ask");
    QStringList recentFolders; ///< newest first, at most kMaxRecentFolders

    static constexpr int kMaxRecentFolders = 10;

    static Settings load(const QString &configFolder);
    /// Blocks for one small file: call it off the GUI thread.
    void save(const QString &configFolder) const;
    /// Puts `folder` first.
    void rememberFolder(const QString &folder);

    bool operator==(const Settings &) const = default;
};

} // namespace Meanwhile
