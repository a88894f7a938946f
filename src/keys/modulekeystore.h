// SPDX-License-Identifier: MIT
#pragma once

#include "keys/keystore.h"

#include <memory>

namespace Meanwhile::Keys {

/// The desktop's keychain, from a module that is loaded at the first call: its libraries (D-Bus and more)
/// would cost every start of the program. Every call fails with Unsupported where it cannot be loaded.
class ModuleKeyStore final : public KeyStore {
public:
    /// `file`: the module, e.g. <bin>/../lib/meanwhile/libmw_keychain.so.
    explicit ModuleKeyStore(QString file);
    ~ModuleKeyStore() override;

    QFuture<QString> read(const QString &account) override;
    QFuture<Result<QString>> write(const QString &account, const QString &key) override;
    QFuture<Result<bool>> remove(const QString &account) override;
    bool hasKeychain() const override;

    bool isLoaded() const { return m_store != nullptr; }
    /// Beside the running program, as built and as installed.
    static QString defaultFile();

private:
    KeyStore *load();

    QString m_file;
    QString m_failure;
    std::unique_ptr<KeyStore> m_store;
};

/// What the module exports, as "meanwhile_make_keystore". The caller owns the result.
using MakeKeyStore = KeyStore *(*)();

} // namespace Meanwhile::Keys
