// SPDX-License-Identifier: MIT
#include "keys/modulekeystore.h"

#include "base/modulefile.h"

#include <QCoreApplication>
#include <QLibrary>

namespace Meanwhile::Keys {

using namespace Qt::StringLiterals;

ModuleKeyStore::ModuleKeyStore(QString file)
    : m_file(std::move(file))
{
}

ModuleKeyStore::~ModuleKeyStore() = default;

QString ModuleKeyStore::defaultFile()
{
    return moduleFile(u"libmw_keychain.so"_s);
}

KeyStore *ModuleKeyStore::load()
{
    if (m_store || !m_failure.isEmpty())
        return m_store.get();
    // Never unloaded: what it started may outlive this object.
    QLibrary library(m_file);
    const auto make = reinterpret_cast<MakeKeyStore>(library.resolve("meanwhile_make_keystore"));
    if (make)
        m_store.reset(make());
    else
        m_failure = library.errorString();
    return m_store.get();
}

static auto notThere(const QString &why)
{
    return failure(ErrorKind::Unsupported,
        QCoreApplication::translate("ModuleKeyStore", "No keychain can be used on this computer."), why);
}

bool ModuleKeyStore::hasKeychain() const
{
    return m_store ? m_store->hasKeychain() : m_failure.isEmpty();
}

QFuture<QString> ModuleKeyStore::read(const QString &account)
{
    KeyStore *store = load();
    return store ? store->read(account) : QtFuture::makeReadyFuture(QString());
}

QFuture<Result<QString>> ModuleKeyStore::write(const QString &account, const QString &key)
{
    if (KeyStore *store = load())
        return store->write(account, key);
    return QtFuture::makeReadyFuture<Result<QString>>(notThere(m_failure));
}

QFuture<Result<bool>> ModuleKeyStore::remove(const QString &account)
{
    if (KeyStore *store = load())
        return store->remove(account);
    return QtFuture::makeReadyFuture<Result<bool>>(notThere(m_failure));
}

} // namespace Meanwhile::Keys
