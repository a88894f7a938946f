// SPDX-License-Identifier: MIT
#pragma once

#include "keys/keystore.h"

#include <QThreadPool>

namespace Meanwhile::Keys {

/// Keys in files only their owner can read, one an account: the last resort without a keychain.
///
/// A file is written whole or not at all: a temporary one, mode 0600 before the content, synced, renamed.
/// Calls are done in order, on a thread of its own.
class FileKeyStore final : public KeyStore {
public:
    explicit FileKeyStore(QString folder);

    QFuture<QString> read(const QString &account) override;
    QFuture<Result<QString>> write(const QString &account, const QString &key) override;
    QFuture<Result<bool>> remove(const QString &account) override;

    /// Empty for an account that is not a plain name.
    QString pathOf(const QString &account) const;

private:
    QString m_folder;
    QThreadPool m_thread;
};

} // namespace Meanwhile::Keys
