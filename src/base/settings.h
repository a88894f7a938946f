// SPDX-License-Identifier: MIT
#pragma once

#include "base/customprovider.h"

#include <QMap>
#include <QString>
#include <QStringList>
#include <QVector>

namespace Meanwhile {

/// What the person chose and what comes back at the next start. No key is ever in it.
///
/// A value; load() and save() are the file `settings.ini` in StatePaths::config. A missing or unreadable file
/// gives the defaults. Unknown entries are kept.
struct Settings {
    /// What was last chosen with a provider.
    struct LastChoice {
        QString baseUrl;
        QString model;

        bool operator==(const LastChoice &) const = default;
    };

    QString provider;                               ///< its id; empty: what has a key, else demo
    QString baseUrl;                                ///< empty: the provider's own
    QString model;                                  ///< the last choice
    QMap<QString, LastChoice> otherProviders;       ///< by id, what comes back with useProvider()
    QVector<CustomProvider> customProviders;        ///< in the order they were added
    QString thinking = QStringLiteral("automatic"); ///< automatic, off, low, medium, high
    QString theme = QStringLiteral("system");       ///< system, light, dark
    QString permissionMode = QStringLiteral("box");
    QStringList recentFolders;           ///< newest first, at most kMaxRecentFolders
    QMap<QString, QStringList> passedOn; ///< by project folder: secret variables that its commands get
    int logDays = 30;                    ///< task logs that nothing was written to for longer are removed
    int logGigabytes = 2;                ///< of all task logs together; the oldest ones are removed first
    bool notifiesOfApprovals = true;     ///< while the window is not in front
    bool notifiesOfTasks = true;         ///< as they end
    bool notifiesOfTurns = true;         ///< as long ones end

    static constexpr int kMaxRecentFolders = 10;

    static QString fileIn(const QString &configFolder);
    static Settings load(const QString &configFolder);
    /// Blocks for one small file: call it off the GUI thread.
    void save(const QString &configFolder) const;
    /// Another provider, with the address and model it was last used with. The one before is remembered.
    void useProvider(const QString &id);
    /// What was last chosen with this provider, in use or not.
    LastChoice lastChoice(const QString &id) const;
    /// This provider was chosen or described here, so its key may be in the key store.
    bool isSetUp(const QString &id) const;
    /// Null where the id is not one of the person's own.
    const CustomProvider *customProvider(const QString &id) const;
    /// One that speaks OpenAI's protocol, under this name or, where it is taken, "name 2". Returns its id.
    QString addCustomProvider(const QString &name, const QString &address);
    /// Puts `folder` first.
    void rememberFolder(const QString &folder);

    bool operator==(const Settings &) const = default;
};

} // namespace Meanwhile
