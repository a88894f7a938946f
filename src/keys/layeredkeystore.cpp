// SPDX-License-Identifier: MIT
#include "keys/layeredkeystore.h"

#include "base/whenfinished.h"
#include "keys/filekeystore.h"
#include "keys/modulekeystore.h"

#include <QCoreApplication>
#include <QPromise>
#include <QTimer>

namespace Meanwhile::Keys {

template <typename T>
static std::shared_ptr<QPromise<T>> startedPromise()
{
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    return promise;
}

template <typename T>
static void finish(const std::shared_ptr<QPromise<T>> &promise, const T &result)
{
    promise->addResult(result);
    promise->finish();
}

LayeredKeyStore::LayeredKeyStore(
    std::unique_ptr<KeyStore> keychain, std::unique_ptr<KeyStore> file, std::chrono::milliseconds watchdog)
    : m_keychain(std::move(keychain))
    , m_file(std::move(file))
    , m_watchdog(watchdog)
{
}

LayeredKeyStore::~LayeredKeyStore() = default;

template <typename T>
void LayeredKeyStore::within(const QFuture<T> &answer, const T &late, std::function<void(const T &)> then)
{
    // Whichever comes first deletes the timer, and with it the other.
    auto *timer = new QTimer(&m_context);
    timer->setSingleShot(true);
    const auto answered = [timer, then](const T &result) {
        timer->disconnect();
        timer->deleteLater();
        then(result);
    };
    auto *once = new QObject(timer);
    whenFinished(answer, once, answered);
    QObject::connect(timer, &QTimer::timeout, &m_context, [this, answer, once, answered, late] {
        delete once;
        ++m_unanswered;
        whenFinished(answer, &m_context, [this](const T &) { --m_unanswered; });
        answered(late);
    });
    timer->start(m_watchdog);
}

static Error noAnswer()
{
    return {ErrorKind::Timeout,
        QCoreApplication::translate("KeyStore", "The keychain does not answer. Unlock it and try again."),
        {}};
}

QFuture<QString> LayeredKeyStore::read(const QString &account)
{
    const auto promise = startedPromise<QString>();
    whenFinished(m_file->read(account), &m_context, [this, account, promise](const QString &stored) {
        if (!stored.isEmpty() || !canAskKeychain())
            return finish(promise, stored);
        within<QString>(
            m_keychain->read(account), QString(), [promise](const QString &key) { finish(promise, key); });
    });
    return promise->future();
}

QFuture<Result<QString>> LayeredKeyStore::write(const QString &account, const QString &key)
{
    using Place = Result<QString>;
    if (key.isEmpty()) {
        return chain(remove(account), &m_context,
            [](const Result<bool> &gone) { return gone ? Place(QString()) : Place(failure(gone.error())); });
    }
    const auto promise = startedPromise<Place>();
    const QFuture<Place> asked = canAskKeychain() ? m_keychain->write(account, key)
                                                  : QtFuture::makeReadyFuture<Place>(failure(noAnswer()));
    within<Place>(asked, failure(noAnswer()), [=, this](const Place &where) {
        if (!where) {
            whenFinished(m_file->write(account, key), &m_context,
                [promise](const Place &path) { finish(promise, path); });
            return;
        }
        whenFinished(m_file->remove(account), &m_context, [promise, where](const Result<bool> &removed) {
            finish(promise, removed ? where : Place(failure(removed.error())));
        });
    });
    return promise->future();
}

QFuture<Result<bool>> LayeredKeyStore::remove(const QString &account)
{
    using Gone = Result<bool>;
    const auto promise = startedPromise<Gone>();
    whenFinished(m_file->remove(account), &m_context, [this, account, promise](const Gone &removed) {
        if (!removed)
            return finish(promise, removed);
        within<Gone>(m_keychain->remove(account), failure(noAnswer()), [promise](const Gone &gone) {
            // Without a keychain there is nothing in one.
            const bool isAbsent = !gone && gone.error().kind == ErrorKind::Unsupported;
            finish(promise, isAbsent ? Gone(true) : gone);
        });
    });
    return promise->future();
}

std::unique_ptr<KeyStore> makeKeyStore(const QString &configFolder)
{
    return std::make_unique<LayeredKeyStore>(std::make_unique<ModuleKeyStore>(ModuleKeyStore::defaultFile()),
        std::make_unique<FileKeyStore>(configFolder));
}

} // namespace Meanwhile::Keys
