// SPDX-License-Identifier: MIT
#include "tools/secretnames.h"

#include <QRegularExpression>
#include <QStringList>

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

// ".env" and ".env.local", "prod.env", ".envrc"; and no ".environment".
bool isEnvironmentFile(const QString &name)
{
    static const QRegularExpression pattern(u"^\\.env(rc)?([._~-].*)?$|.\\.env$"_s);
    return pattern.match(name).hasMatch();
}

bool isExample(const QString &name)
{
    static const QRegularExpression pattern(
        u"[._-](example|sample|template|tmpl|dist|pub)(\\.(ya?ml|json|toml|ini|txt|env))?$"_s);
    return pattern.match(name).hasMatch();
}

bool isPrivateKey(const QString &name)
{
    static const QRegularExpression pattern(
        u"\\.(pem|key|p12|pfx|p8|pk8|ppk|jks|jceks|keystore|bks|kdb|kdbx|agekey|ovpn)(\\.(old|bak|orig))?$"
        u"|^id_[^.]+$|^id_(rsa|dsa|ecdsa|ed25519)\\b|^ssh_host_.*_key$"_s);
    return pattern.match(name).hasMatch();
}

bool isCredentials(const QString &name)
{
    static const QRegularExpression pattern(
        u"^[._]netrc$|^\\.(git-credentials|npmrc|pypirc|htpasswd|pgpass|my\\.cnf|mylogin\\.cnf|s3cfg|boto"
        u"|vault-token|dockercfg|terraformrc)$|^kubeconfig$|^htpasswd$|^htdigest$|\\.(tfstate|tfvars)$"
        u"|(^|[._-])(credentials?|secrets?|client_secret|service[_-]account)([_-][^.]*)?"
        u"(\\.(json|ya?ml|toml|ini|cfg|conf|properties|xml|csv|txt|db|env|bak|old))*$"_s);
    return pattern.match(name).hasMatch();
}

// Names that say nothing without the folder they are in.
bool isSecretIn(const QString &folder, const QString &name)
{
    return (name == u"config.json" && folder == u".docker") || (name == u"config" && folder == u".kube") ||
           (name == u"config" && folder == u".aws") ||
           (name == u"config" && folder == u".git"); // an address may hold a password
}

} // namespace

bool isSecretName(const QString &path)
{
    const QStringList parts = path.toLower().split(u'/', Qt::SkipEmptyParts);
    if (parts.isEmpty() || isExample(parts.last()))
        return false;
    const QString &name = parts.last();
    if (isEnvironmentFile(name) || isPrivateKey(name) || isCredentials(name))
        return true;
    const QStringList folders = parts.first(parts.size() - 1);
    return folders.contains(u".envs"_s) || folders.contains(u".secrets"_s) ||
           (!folders.isEmpty() && isSecretIn(folders.last(), name));
}

} // namespace Meanwhile::Tools
