// SPDX-License-Identifier: MIT
#include "base/settings.h"

#include <QDir>
#include <QSettings>

namespace Meanwhile {

using namespace Qt::StringLiterals;

static QString settingsFile(const QString &configFolder)
{
    return QDir(configFolder).filePath(u"settings.ini"_s);
}

Settings Settings::load(const QString &configFolder)
{
    Settings settings;
    const QString path = settingsFile(configFolder);
    if (!QFile::exists(path))
        return settings;
    const QSettings file(path, QSettings::IniFormat);
    const auto text = [&](const QString &key, const QString &fallback = {}) {
        return file.value(key, fallback).toString();
    };
    settings.provider = text(u"model/provider"_s);
    settings.baseUrl = text(u"model/baseUrl"_s);
    settings.model = text(u"model/id"_s);
    settings.theme = text(u"window/theme"_s, settings.theme);
    settings.permissionMode = text(u"permissions/mode"_s, settings.permissionMode);
    settings.recentFolders = file.value(u"projects/recent"_s).toStringList();
    return settings;
}

void Settings::save(const QString &configFolder) const
{
    QSettings file(settingsFile(configFolder), QSettings::IniFormat);
    file.setValue(u"model/provider"_s, provider);
    file.setValue(u"model/baseUrl"_s, baseUrl);
    file.setValue(u"model/id"_s, model);
    file.setValue(u"window/theme"_s, theme);
    file.setValue(u"permissions/mode"_s, permissionMode);
    file.setValue(u"projects/recent"_s, recentFolders);
}

void Settings::rememberFolder(const QString &folder)
{
    recentFolders.removeAll(folder);
    recentFolders.prepend(folder);
    while (recentFolders.size() > kMaxRecentFolders)
        recentFolders.removeLast();
}

} // namespace Meanwhile
