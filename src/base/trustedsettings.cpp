// SPDX-License-Identifier: MIT
#include "base/trustedsettings.h"

#include "base/jsontext.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>
#include <QSaveFile>

namespace Meanwhile {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMaxBytes = 1024 * 1024;
constexpr qsizetype kKeyBytes = 32;

QString tr(const char *text)
{
    return QCoreApplication::translate("Meanwhile::TrustedSettings", text);
}

QString keyPath(const StatePaths &paths)
{
    return paths.state + u"/trusted.key"_s;
}

QString valuesPath(const StatePaths &paths)
{
    return paths.state + u"/trusted.json"_s;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    // A pipe or a device in its place would be waited for.
    return QFileInfo(path).isFile() && file.open(QIODevice::ReadOnly) ? file.read(kMaxBytes) : QByteArray();
}

bool writePrivately(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) &&
           file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) && file.write(bytes) == bytes.size() &&
           file.commit();
}

// The part of the settings that decides whom to trust.
QJsonObject valuesOf(const Settings &settings)
{
    QJsonObject others;
    for (auto it = settings.otherProviders.begin(); it != settings.otherProviders.end(); ++it) {
        if (!it->baseUrl.isEmpty())
            others.insert(it.key(), it->baseUrl);
    }
    QJsonArray own;
    for (const CustomProvider &provider : settings.customProviders) {
        own.append(QJsonObject{{u"id"_s, provider.id}, {u"name"_s, provider.name},
            {u"protocol"_s, provider.protocol}, {u"address"_s, provider.baseUrl},
            {u"headers"_s, QJsonArray::fromStringList(provider.headers)}});
    }
    QJsonObject passedOn;
    for (auto it = settings.passedOn.begin(); it != settings.passedOn.end(); ++it)
        passedOn.insert(it.key(), QJsonArray::fromStringList(*it));
    return {{u"provider"_s, settings.provider}, {u"address"_s, settings.baseUrl}, {u"others"_s, others},
        {u"own"_s, own}, {u"mode"_s, settings.permissionMode}, {u"passed_on"_s, passedOn}};
}

QStringList textsOf(const QJsonValue &array)
{
    QStringList texts;
    const QJsonArray all = array.toArray();
    for (const QJsonValue &one : all)
        texts += one.toString();
    return texts;
}

// These settings with what decides whom to trust taken from `values`.
Settings withValues(Settings settings, const QJsonObject &values)
{
    settings.useProvider(values.value(u"provider"_s).toString());
    settings.baseUrl = values.value(u"address"_s).toString();
    const QJsonObject others = values.value(u"others"_s).toObject();
    for (const QString &id : others.keys() + settings.otherProviders.keys())
        settings.otherProviders[id].baseUrl = others.value(id).toString();
    settings.otherProviders.remove(QString());
    settings.customProviders.clear();
    const QJsonArray own = values.value(u"own"_s).toArray();
    for (const QJsonValue &one : own) {
        settings.customProviders.append({one[u"id"_s].toString(), one[u"name"_s].toString(),
            one[u"protocol"_s].toString(), one[u"address"_s].toString(), textsOf(one[u"headers"_s])});
    }
    settings.permissionMode = values.value(u"mode"_s).toString();
    settings.passedOn.clear();
    const QJsonObject passedOn = values.value(u"passed_on"_s).toObject();
    for (auto it = passedOn.begin(); it != passedOn.end(); ++it)
        settings.passedOn.insert(it.key(), textsOf(*it));
    return settings;
}

QByteArray signatureOf(const QJsonObject &values, const QByteArray &key)
{
    return QMessageAuthenticationCode::hash(compactJson(values), key, QCryptographicHash::Sha256).toHex();
}

// Nothing that sends a key or words elsewhere, or lets anything run or be written unasked, comes from a file
// alone: whoever can write the settings can also take the signature away.
QJsonObject harmless(QJsonObject values)
{
    const QString mode = values.value(u"mode"_s).toString();
    if (mode != u"box"_s && mode != u"ask"_s && mode != u"plan"_s)
        values.insert(u"mode"_s, u"ask"_s);
    const QString provider = values.value(u"provider"_s).toString();
    if (!QStringList{u"anthropic"_s, u"openai"_s, u"demo"_s}.contains(provider))
        values.insert(u"provider"_s, QString());
    values.insert(u"address"_s, QString());
    values.insert(u"others"_s, QJsonObject());
    values.insert(u"own"_s, QJsonArray());
    values.insert(u"passed_on"_s, QJsonObject());
    return values;
}

void sign(const QJsonObject &values, const StatePaths &paths)
{
    QByteArray key = contentOf(keyPath(paths));
    if (key.size() != kKeyBytes) {
        key.resize(kKeyBytes);
        QRandomGenerator::system()->generate(
            reinterpret_cast<quint32 *>(key.data()), reinterpret_cast<quint32 *>(key.data() + key.size()));
        if (!writePrivately(keyPath(paths), key))
            return;
    }
    const QByteArray bytes = compactJson(
        QJsonObject{{u"values"_s, values}, {u"signature"_s, QString::fromLatin1(signatureOf(values, key))}});
    if (contentOf(valuesPath(paths)) != bytes)
        writePrivately(valuesPath(paths), bytes);
}

// `file` with what was changed from `before` to `settings`, but for what decides whom to trust.
Settings withChanges(Settings file, const Settings &before, const Settings &settings)
{
    const auto carry = [&](auto Settings::*value) {
        if (before.*value != settings.*value)
            file.*value = settings.*value;
    };
    carry(&Settings::thinking);
    carry(&Settings::theme);
    carry(&Settings::recentFolders);
    carry(&Settings::logDays);
    carry(&Settings::logGigabytes);
    carry(&Settings::notifiesOfApprovals);
    carry(&Settings::notifiesOfTasks);
    carry(&Settings::notifiesOfTurns);
    const QStringList providers = settings.otherProviders.keys() + QStringList{settings.provider};
    for (const QString &id : providers) {
        const QString model = settings.lastChoice(id).model;
        if (model == before.lastChoice(id).model)
            continue;
        if (id == file.provider)
            file.model = model;
        else
            file.otherProviders[id].model = model;
    }
    return file;
}

} // namespace

TrustedSettings TrustedSettings::load(const StatePaths &paths)
{
    const Settings inFile = Settings::load(paths.config);
    const QJsonObject found = valuesOf(inFile);
    const QByteArray key = contentOf(keyPath(paths));
    const QJsonObject kept = QJsonDocument::fromJson(contentOf(valuesPath(paths))).object();
    QJsonObject trusted = kept.value(u"values"_s).toObject();
    const bool isSigned = key.size() == kKeyBytes && !trusted.isEmpty() &&
                          kept.value(u"signature"_s).toString().toLatin1() == signatureOf(trusted, key);
    if (!isSigned) {
        trusted = harmless(found);
        if (trusted == found)
            sign(trusted, paths);
    }
    if (trusted == found)
        return {inFile, {}};
    return {withValues(inFile, trusted), inFile};
}

void TrustedSettings::save(const Settings &settings, const StatePaths &paths)
{
    settings.save(paths.config);
    sign(valuesOf(settings), paths);
}

void TrustedSettings::saveChanges(const Settings &before, const Settings &settings, const StatePaths &paths)
{
    const std::optional<Settings> waiting = load(paths).fromOutside;
    if (!waiting)
        return save(settings, paths);
    withChanges(*waiting, before, settings).save(paths.config);
    sign(valuesOf(settings), paths);
}

namespace {

QStringList newNames(const QMap<QString, QStringList> &before, const QMap<QString, QStringList> &now)
{
    QStringList names;
    for (auto it = now.begin(); it != now.end(); ++it) {
        for (const QString &name : *it) {
            if (!before.value(it.key()).contains(name) && !names.contains(name))
                names += name;
        }
    }
    return names;
}

} // namespace

QString TrustedSettings::changes() const
{
    if (!fromOutside)
        return {};
    QStringList words;
    if (fromOutside->permissionMode != settings.permissionMode)
        words += tr("permission mode “%1”").arg(fromOutside->permissionMode);
    if (fromOutside->provider != settings.provider)
        words += tr("provider “%1”").arg(fromOutside->provider);
    const auto compare = [&](const QString &id, const QString &given) {
        if (given == settings.lastChoice(id).baseUrl)
            return;
        const QString address = given.isEmpty() ? tr("of its own") : given;
        words += id.isEmpty() ? tr("address %1").arg(address) : tr("address %1 for “%2”").arg(address, id);
    };
    compare(fromOutside->provider, fromOutside->baseUrl);
    const QMap<QString, Settings::LastChoice> &others = fromOutside->otherProviders;
    for (auto it = others.begin(); it != others.end(); ++it)
        compare(it.key(), it->baseUrl);
    for (const CustomProvider &own : fromOutside->customProviders) {
        if (const CustomProvider *before = settings.customProvider(own.id); !before || *before != own)
            words += tr("provider “%1” at %2").arg(own.name, own.baseUrl);
    }
    if (const QStringList names = newNames(settings.passedOn, fromOutside->passedOn); !names.isEmpty())
        words += tr("variables passed on to commands (%1)").arg(names.join(u", "_s));
    else if (fromOutside->passedOn != settings.passedOn)
        words += tr("fewer variables passed on to commands");
    if (words.isEmpty())
        words += tr("providers taken away");
    return words.join(u", "_s);
}

} // namespace Meanwhile
