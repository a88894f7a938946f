// SPDX-License-Identifier: MIT
#pragma once

#include "ui/ports/providers.h"

#include <QPromise>
#include <QStringList>

#include <memory>

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;
using ModelList = Result<QVector<Llm::ModelInfo>>;

/// The program behind the dialog, whose answers come when the test says so.
class FakeProviders final : public Ui::Providers {
public:
    QString stored;
    QString inUse;
    Result<QString> place = u"keychain"_s;
    QVector<Ui::ProviderChoice> checked;
    QVector<std::shared_ptr<QPromise<ModelList>>> answers;
    QVector<QString> keys;
    QStringList accounts; ///< of these keys
    QVector<Llm::LocalServer> servers;
    Ui::GivenAtStart given;
    bool mayUseKeychain = true;

    bool hasKeychain() const override { return mayUseKeychain; }
    Ui::GivenAtStart givenAtStart() const override { return given; }
    QFuture<ModelList> check(const Ui::ProviderChoice &choice) override
    {
        checked.append(choice);
        answers.append(std::make_shared<QPromise<ModelList>>());
        answers.constLast()->start();
        return answers.constLast()->future();
    }
    QFuture<QString> storedKey(const QString &provider) override
    {
        return QtFuture::makeReadyFuture(provider == u"anthropic"_s ? stored : QString());
    }
    QVector<Ui::ProviderName> available() const override
    {
        return inUse.isEmpty() ? QVector<Ui::ProviderName>() : QVector<Ui::ProviderName>{{inUse, inUse}};
    }
    QFuture<ModelList> models(const QString &) override
    {
        return QtFuture::makeReadyFuture(ModelList(QVector<Llm::ModelInfo>()));
    }
    Llm::ModelFacts facts(const QString &, const QString &) const override { return {}; }
    QFuture<QVector<Llm::LocalServer>> localServers() override { return QtFuture::makeReadyFuture(servers); }
    QFuture<Result<QString>> storeKey(const QString &provider, const QString &key) override
    {
        accounts.append(provider);
        keys.append(key);
        return QtFuture::makeReadyFuture(place);
    }

    void answer(qsizetype number, const ModelList &models)
    {
        answers.at(number)->addResult(models);
        answers.at(number)->finish();
    }
};

} // namespace Meanwhile::Testing
