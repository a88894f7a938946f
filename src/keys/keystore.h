// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QFuture>
#include <QString>

#include <memory>

namespace Meanwhile::Keys {

/// Port: where keys of providers are kept. An account is a provider's name, e.g. "anthropic".
///
/// Never blocks. A key appears in no message and no log. Call it on one thread; futures may finish on
/// another.
class KeyStore {
public:
    virtual ~KeyStore() = default;

    /// Empty where none is stored or none can be read.
    virtual QFuture<QString> read(const QString &account) = 0;
    /// Where the key went, for people: "keychain", or the path of a file. An empty key is removed; the answer
    /// is empty then.
    virtual QFuture<Result<QString>> write(const QString &account, const QString &key) = 0;
    /// True also when there was none.
    virtual QFuture<Result<bool>> remove(const QString &account) = 0;
    /// False once it is known that this run has no keychain: there is none, or it has refused.
    virtual bool hasKeychain() const { return true; }
};

inline constexpr QStringView kKeychain = u"keychain";

/// The program's own: the desktop's keychain, and files in `configFolder` where there is none.
std::unique_ptr<KeyStore> makeKeyStore(const QString &configFolder);

} // namespace Meanwhile::Keys
