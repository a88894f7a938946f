// SPDX-License-Identifier: MIT
#include "keys/keychain/keychainstore.h"

#include "keys/modulekeystore.h"

#include <QCoreApplication>
#include <QPromise>
#include <qt6keychain/keychain.h>

#include <memory>

namespace Meanwhile::Keys {

using namespace Qt::StringLiterals;

static tl::unexpected<Error> failed(const QKeychain::Job &job)
{
    const bool isAbsent =
        job.error() == QKeychain::NoBackendAvailable || job.error() == QKeychain::NotImplemented;
    return failure(isAbsent ? ErrorKind::Unsupported : ErrorKind::Io,
        QCoreApplication::translate("KeychainStore", "The keychain refused."), job.errorString());
}

static bool isRefusal(QKeychain::Error error)
{
    return error == QKeychain::AccessDenied || error == QKeychain::AccessDeniedByUser ||
           error == QKeychain::NoBackendAvailable || error == QKeychain::NotImplemented ||
           error == QKeychain::OtherError;
}

/// Starts a job, which deletes itself, and turns its end into a result.
template <typename T, typename Job, typename Outcome>
static QFuture<T> run(
    Job *job, const QString &account, const std::shared_ptr<bool> &isWilling, Outcome outcome)
{
    const auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    job->setKey(account);
    job->setInsecureFallback(false);
    QObject::connect(job, &QKeychain::Job::finished, job, [promise, outcome, job, isWilling] {
        *isWilling = *isWilling && !isRefusal(job->error());
        promise->addResult(outcome(*job));
        promise->finish();
    });
    job->start();
    return promise->future();
}

static QString service()
{
    return u"Meanwhile"_s;
}

QFuture<QString> KeychainStore::read(const QString &account)
{
    return run<QString>(new QKeychain::ReadPasswordJob(service()), account, m_isWilling,
        [](const QKeychain::ReadPasswordJob &job) {
            return job.error() == QKeychain::NoError ? job.textData() : QString();
        });
}

QFuture<Result<QString>> KeychainStore::write(const QString &account, const QString &key)
{
    auto *job = new QKeychain::WritePasswordJob(service());
    job->setTextData(key);
    return run<Result<QString>>(
        job, account, m_isWilling, [](const QKeychain::WritePasswordJob &done) -> Result<QString> {
            return done.error() == QKeychain::NoError ? Result<QString>(kKeychain.toString()) : failed(done);
        });
}

QFuture<Result<bool>> KeychainStore::remove(const QString &account)
{
    return run<Result<bool>>(new QKeychain::DeletePasswordJob(service()), account, m_isWilling,
        [](const QKeychain::DeletePasswordJob &job) -> Result<bool> {
            const bool isGone = job.error() == QKeychain::NoError || job.error() == QKeychain::EntryNotFound;
            return isGone ? Result<bool>(true) : failed(job);
        });
}

} // namespace Meanwhile::Keys

extern "C" Q_DECL_EXPORT Meanwhile::Keys::KeyStore *meanwhile_make_keystore()
{
    return new Meanwhile::Keys::KeychainStore;
}
