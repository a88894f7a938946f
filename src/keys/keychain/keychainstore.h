// SPDX-License-Identifier: MIT
#pragma once

#include "keys/keystore.h"

#include <memory>

namespace Meanwhile::Keys {

/// The desktop's keychain through QtKeychain; see ModuleKeyStore for how it is loaded.
///
/// Thread: the GUI thread, whose event loop carries the jobs. A job may take as long as D-Bus lets it (25 s
/// without a secret service); whoever calls has the watchdog. One that has refused is not asked to read or
/// write again: it would come up with its dialog each time.
class KeychainStore final : public KeyStore {
public:
    QFuture<QString> read(const QString &account) override;
    QFuture<Result<QString>> write(const QString &account, const QString &key) override;
    QFuture<Result<bool>> remove(const QString &account) override;
    bool hasKeychain() const override { return *m_isWilling; }

private:
    std::shared_ptr<bool> m_isWilling = std::make_shared<bool>(true); ///< jobs may end after this store
};

} // namespace Meanwhile::Keys
