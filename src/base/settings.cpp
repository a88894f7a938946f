// SPDX-License-Identifier: MIT
#include "base/settings.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>

#include <algorithm>

namespace Meanwhile {

using namespace Qt::StringLiterals;

QString Settings::fileIn(const QString &configFolder)
{
    return QDir(configFolder).filePath(u"settings.ini"_s);
}

// Nobody means to remove everything by what is no number.
static int atLeastOne(const QVariant &value, int fallback)
{
    const int number = value.toInt();
    return number >= 1 ? number : fallback;
}

static void loadProviders(QSettings &file, Settings &settings)
{
    const int others = file.beginReadArray(u"model/others"_s);
    for (int i = 0; i < others; ++i) {
        file.setArrayIndex(i);
        settings.otherProviders.insert(file.value(u"provider"_s).toString(),
            {file.value(u"baseUrl"_s).toString(), file.value(u"id"_s).toString()});
    }
    file.endArray();
    const int own = file.beginReadArray(u"providers"_s);
    for (int i = 0; i < own; ++i) {
        file.setArrayIndex(i);
        settings.customProviders.append({file.value(u"id"_s).toString(), file.value(u"name"_s).toString(),
            file.value(u"protocol"_s).toString(), file.value(u"baseUrl"_s).toString(),
            file.value(u"headers"_s).toStringList()});
    }
    file.endArray();
}

static void loadPassedOn(QSettings &file, Settings &settings)
{
    const int projects = file.beginReadArray(u"environment/passedOn"_s);
    for (int i = 0; i < projects; ++i) {
        file.setArrayIndex(i);
        settings.passedOn.insert(
            file.value(u"project"_s).toString(), file.value(u"variables"_s).toStringList());
    }
    file.endArray();
}

static void savePassedOn(QSettings &file, const Settings &settings)
{
    file.remove(u"environment/passedOn"_s);
    file.beginWriteArray(u"environment/passedOn"_s, int(settings.passedOn.size()));
    int index = 0;
    for (auto it = settings.passedOn.begin(); it != settings.passedOn.end(); ++it) {
        file.setArrayIndex(index++);
        file.setValue(u"project"_s, it.key());
        file.setValue(u"variables"_s, *it);
    }
    file.endArray();
}

// An array is written again as a whole, or what was removed would stay at its end.
static void saveProviders(QSettings &file, const Settings &settings)
{
    file.remove(u"model/others"_s);
    file.beginWriteArray(u"model/others"_s, int(settings.otherProviders.size()));
    int index = 0;
    for (auto it = settings.otherProviders.begin(); it != settings.otherProviders.end(); ++it) {
        file.setArrayIndex(index++);
        file.setValue(u"provider"_s, it.key());
        file.setValue(u"baseUrl"_s, it->baseUrl);
        file.setValue(u"id"_s, it->model);
    }
    file.endArray();
    file.remove(u"providers"_s);
    file.beginWriteArray(u"providers"_s, int(settings.customProviders.size()));
    for (index = 0; index < settings.customProviders.size(); ++index) {
        const CustomProvider &provider = settings.customProviders.at(index);
        file.setArrayIndex(index);
        file.setValue(u"id"_s, provider.id);
        file.setValue(u"name"_s, provider.name);
        file.setValue(u"protocol"_s, provider.protocol);
        file.setValue(u"baseUrl"_s, provider.baseUrl);
        file.setValue(u"headers"_s, provider.headers);
    }
    file.endArray();
}

Settings Settings::load(const QString &configFolder)
{
    Settings settings;
    const QString path = fileIn(configFolder);
    if (!QFileInfo(path).isFile()) // a pipe in its place would be waited for
        return settings;
    QSettings file(path, QSettings::IniFormat);
    const auto text = [&](const QString &key, const QString &fallback = {}) {
        return file.value(key, fallback).toString();
    };
    settings.provider = text(u"model/provider"_s);
    settings.baseUrl = text(u"model/baseUrl"_s);
    settings.model = text(u"model/id"_s);
    settings.thinking = text(u"model/thinking"_s, settings.thinking);
    loadProviders(file, settings);
    loadPassedOn(file, settings);
    settings.theme = text(u"window/theme"_s, settings.theme);
    settings.permissionMode = text(u"permissions/mode"_s, settings.permissionMode);
    settings.recentFolders = file.value(u"projects/recent"_s).toStringList();
    settings.logDays = atLeastOne(file.value(u"tasks/logDays"_s), settings.logDays);
    settings.logGigabytes = atLeastOne(file.value(u"tasks/logGigabytes"_s), settings.logGigabytes);
    const auto truth = [&](const QString &key, bool fallback) { return file.value(key, fallback).toBool(); };
    settings.notifiesOfApprovals = truth(u"notifications/approvals"_s, settings.notifiesOfApprovals);
    settings.notifiesOfTasks = truth(u"notifications/tasks"_s, settings.notifiesOfTasks);
    settings.notifiesOfTurns = truth(u"notifications/turns"_s, settings.notifiesOfTurns);
    return settings;
}

static void write(QSettings &file, const Settings &settings)
{
    file.setValue(u"model/provider"_s, settings.provider);
    file.setValue(u"model/baseUrl"_s, settings.baseUrl);
    file.setValue(u"model/id"_s, settings.model);
    file.setValue(u"model/thinking"_s, settings.thinking);
    saveProviders(file, settings);
    savePassedOn(file, settings);
    file.setValue(u"window/theme"_s, settings.theme);
    file.setValue(u"permissions/mode"_s, settings.permissionMode);
    file.setValue(u"projects/recent"_s, settings.recentFolders);
    file.setValue(u"tasks/logDays"_s, settings.logDays);
    file.setValue(u"tasks/logGigabytes"_s, settings.logGigabytes);
    file.setValue(u"notifications/approvals"_s, settings.notifiesOfApprovals);
    file.setValue(u"notifications/tasks"_s, settings.notifiesOfTasks);
    file.setValue(u"notifications/turns"_s, settings.notifiesOfTurns);
}

void Settings::save(const QString &configFolder) const
{
    const QString path = fileIn(configFolder);
    if (const QFileInfo there(path); there.exists() && !there.isFile())
        QFile::remove(path);
    {
        QSettings file(path, QSettings::IniFormat);
        write(file, *this);
    }
    // It makes a new file readable for everybody.
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
}

void Settings::useProvider(const QString &id)
{
    if (id == provider)
        return;
    if (!provider.isEmpty())
        otherProviders.insert(provider, {baseUrl, model});
    const LastChoice last = otherProviders.take(id);
    provider = id;
    baseUrl = last.baseUrl;
    model = last.model;
}

Settings::LastChoice Settings::lastChoice(const QString &id) const
{
    return id == provider ? LastChoice{baseUrl, model} : otherProviders.value(id);
}

bool Settings::isSetUp(const QString &id) const
{
    return id == provider || otherProviders.contains(id) || customProvider(id);
}

const CustomProvider *Settings::customProvider(const QString &id) const
{
    const auto found = std::find_if(customProviders.begin(), customProviders.end(),
        [&](const CustomProvider &custom) { return custom.id == id; });
    return found == customProviders.end() ? nullptr : &*found;
}

QString Settings::addCustomProvider(const QString &name, const QString &address)
{
    QStringList ids;
    QStringList names;
    for (const CustomProvider &own : std::as_const(customProviders)) {
        ids += own.id;
        names += own.name;
    }
    CustomProvider added;
    added.id = customProviderId(name, ids);
    added.name = name;
    for (int i = 2; names.contains(added.name, Qt::CaseInsensitive); ++i)
        added.name = name + u' ' + QString::number(i);
    added.baseUrl = address;
    customProviders.append(added);
    return added.id;
}

void Settings::rememberFolder(const QString &folder)
{
    recentFolders.removeAll(folder);
    recentFolders.prepend(folder);
    while (recentFolders.size() > kMaxRecentFolders)
        recentFolders.removeLast();
}

} // namespace Meanwhile
