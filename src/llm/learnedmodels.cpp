// SPDX-License-Identifier: MIT
#include "llm/learnedmodels.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMaxFile = 8 * 1024 * 1024;

QString fileIn(const QString &stateFolder)
{
    return QDir(stateFolder).filePath(u"models.json"_s);
}

// Without what may hold a secret.
QString nameOf(const QUrl &address)
{
    return address
        .adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment | QUrl::StripTrailingSlash)
        .toString();
}

} // namespace

bool LearnedModels::learn(const QUrl &address, const QVector<ModelInfo> &models)
{
    const QMap<QString, ModelFacts> before = m_facts.value(nameOf(address));
    QMap<QString, ModelFacts> now;
    for (const ModelInfo &model : models) {
        const ModelFacts facts = model.facts == ModelFacts() ? before.value(model.id) : model.facts;
        if (facts != ModelFacts())
            now.insert(model.id, facts);
    }
    if (now == before)
        return false;
    m_facts.insert(nameOf(address), now);
    return true;
}

ModelFacts LearnedModels::factsFor(const QUrl &address, const QString &model) const
{
    return m_facts.value(nameOf(address)).value(model);
}

LearnedModels LearnedModels::load(const QString &stateFolder)
{
    LearnedModels learned;
    QFile file(fileIn(stateFolder));
    if (!QFileInfo(file).isFile() ||
        !file.open(QIODevice::ReadOnly)) // a pipe in its place would be waited for
        return learned;
    const QJsonObject all = QJsonDocument::fromJson(file.read(kMaxFile)).object();
    for (auto address = all.begin(); address != all.end(); ++address) {
        const QJsonObject models = address->toObject();
        for (auto model = models.begin(); model != models.end(); ++model) {
            if (const Result<ModelFacts> facts = ModelFacts::fromJson(model->toObject()))
                learned.m_facts[address.key()].insert(model.key(), *facts);
        }
    }
    return learned;
}

void LearnedModels::save(const QString &stateFolder) const
{
    QJsonObject all;
    for (auto address = m_facts.begin(); address != m_facts.end(); ++address) {
        QJsonObject models;
        for (auto model = address->begin(); model != address->end(); ++model)
            models.insert(model.key(), model->toJson());
        all.insert(address.key(), models);
    }
    QSaveFile file(fileIn(stateFolder));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return; // it will be learned from the next list
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    file.write(QJsonDocument(all).toJson(QJsonDocument::Compact));
    file.commit();
}

} // namespace Meanwhile::Llm
