// SPDX-License-Identifier: MIT
#pragma once

#include "base/settings.h"

#include <QMap>

namespace Meanwhile::Ui {

/// What is entered of one provider while the settings are open.
struct ProviderDraft {
    CustomProvider own; ///< its id is empty for a built-in one
    QString baseUrl;
    QString model;
    QString key = {};
    QString storedKey = {};
    bool isKeyRead = false;
    bool isKeyEdited = false;
    Settings::LastChoice stored = {}; ///< as the settings have it
    Settings::LastChoice given = {};  ///< in its place for this run, said at the start; mostly empty

    /// As the settings have it, with what counts in this run instead.
    static ProviderDraft of(const Settings::LastChoice &stored, const Settings::LastChoice &given = {});

    /// What is to be saved: values given at the start only if they were edited.
    Settings::LastChoice toKeep() const;
    /// Something is shown that is not to be kept.
    bool showsGiven() const;
};

/// One that needs only a key.
struct BuiltInProvider {
    QString id;
    QString name;
    QString address;
};
QVector<BuiltInProvider> builtInProviders();
/// Empty for others.
QString builtInAddress(const QString &provider);

/// Of every provider there is, the demo too. `given`: see GivenAtStart.
QMap<QString, ProviderDraft> draftsOf(
    const Settings &settings, const QString &providerInUse, const Settings::LastChoice &given);

/// An address as a person writes it, with its scheme; what is none stays as it is.
QString addressFromText(const QString &text);

} // namespace Meanwhile::Ui
