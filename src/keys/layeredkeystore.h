// SPDX-License-Identifier: MIT
#pragma once

#include "keys/keystore.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>

namespace Meanwhile::Keys {

/// The keychain first, a file where it fails or does not answer within the watchdog's time.
///
/// Thread: the one it was made on; futures finish there.
/// A file exists only while the keychain refused the last write, so it is read first and wins. A key that
/// went to the keychain takes its file away. When this object is destroyed, open futures are cancelled.
/// A keychain that has refused, or is still asking the person something, is not asked for anything else.
class LayeredKeyStore final : public KeyStore {
public:
    static constexpr std::chrono::milliseconds kWatchdog{2'000};

    LayeredKeyStore(std::unique_ptr<KeyStore> keychain, std::unique_ptr<KeyStore> file,
        std::chrono::milliseconds watchdog = kWatchdog);
    ~LayeredKeyStore() override;

    QFuture<QString> read(const QString &account) override;
    QFuture<Result<QString>> write(const QString &account, const QString &key) override;
    QFuture<Result<bool>> remove(const QString &account) override;
    bool hasKeychain() const override { return m_keychain->hasKeychain(); }

private:
    /// Calls `then` with the answer, or with `late` after the watchdog's time.
    template <typename T>
    void within(const QFuture<T> &answer, const T &late, std::function<void(const T &)> then);

    bool canAskKeychain() const { return m_unanswered == 0 && m_keychain->hasKeychain(); }

    std::unique_ptr<KeyStore> m_keychain;
    std::unique_ptr<KeyStore> m_file;
    std::chrono::milliseconds m_watchdog;
    int m_unanswered = 0; ///< calls of the keychain that did not answer within the watchdog's time
    QObject m_context;    ///< last member: what waits goes first
};

} // namespace Meanwhile::Keys
