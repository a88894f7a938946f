// SPDX-License-Identifier: MIT
#include "tools/secretnames.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <iterator>
#include <utility>

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

// clang-format off
// What follows ".env", and what a file is kept apart for: "secrets.prod.yaml".
constexpr auto kStages = "local|prod|production|dev|development|stage|staging|test|testing|ci";
constexpr auto kSettings = "json|ya?ml|toml|ini|cfg|conf|properties|xml|csv|txt|db|env|tfrc|plist|xcconfig";

// Each for a whole name in lower case. %1 is kStages, %2 is kSettings.
constexpr const char *kSecret[] = {
    // ".env" and ".env.local", "prod.env", ".envrc"; and no ".environment".
    R"(\.env(rc)?(%1)?([^a-z].*)?|.+\.env|env\.(%1)|\.flaskenv|\.dev\.vars(\..+)?|local\.settings\.json)",
    // Private keys.
    R"(.*\.(pem|key|p12|pfx|p8|pk8|ppk|jks|jceks|keystore|bks|kdb|kdbx|agekey|ovpn|pkcs12|keytab|skr))",
    R"(id_[^.]+|id_(rsa|dsa|ecdsa|ed25519)\b.*|.*[._-](rsa|dsa|ecdsa|ed25519)(_sk)?|ssh_host_.*_key)",
    R"((.*[._-])?(deploy|private|signing|master|ssh|api|access)[._-]?keys?([_-][^.]*)?(\.(txt|json|asc|b64))?)",
    R"((.*[_-])?key\.json|(?!.*pub).*(key|secret|priv).*\.asc|secring\.(gpg|pgp)|(.*[._-])?(priv|private|secret)[^.]*\.(gpg|pgp))",
    R"((.*[._-])?(root|access)keys?\.csv)",
    // Credentials.
    R"([._]netrc([._-].+)?|\.(git-credentials|npmrc|yarnrc|pypirc|htpasswd|pgpass|vault-token|dockercfg|terraformrc)([._-].+)?)",
    R"(\.(my\.cnf|mylogin\.cnf|s3cfg|boto|passwd-s3fs|databrickscfg|msmtprc|fetchmailrc|mbsyncrc|offlineimaprc|authinfo))",
    R"(pgpass\.conf|\.?smbcred(ential)?s?|terraform\.rc|htpasswd|htdigest|kaggle\.json|rclone\.conf|ngrok\.ya?ml|cookies\.txt)",
    R"(.*\.(tfstate|tfvars)(\..+)?|[^.]*kubeconfig[^.]*(\.(%1|%2|config))*|.+\.kubeconfig)",
    R"((.*[._-])?(credentials?|creds?|secrets?|client_?secret|service[_-]?account([_-]?key)?|adminsdk)([_-][^.]*)?(\.(%1|%2))*)",
    R"(credentials?[^.]*\.json|(client|oauth)_?secret[^.]*\.json)",
    R"(auth\.json|((access|api|auth|oauth|refresh|bearer|session)[_-]?)?tokens?\.(json|txt)|\.?((access|api|auth)[_-])?token)",
    // Passwords.
    R"((.*[._-])?pass(word|wd|phrase)s?([_-][^.]*)?(\.(txt|csv))?|(.*[._-])?passwords?[^.]*\.txt|passwords?\.(json|ya?ml|ini))",
    R"(\.?(ansible[_-])?vault[_-]?pass(word)?([._-].+)?)",
};

// Names that say nothing without the folder they are in.
constexpr std::pair<const char *, const char *> kSecretIn[] = {
    {".docker", "config.json"}, {".kube", "config"}, {".aws", "config"}, {".m2", "settings.xml"},
    {".m2", "settings-security.xml"}, {".gradle", "gradle.properties"}, {".bundle", "config"}, {"gh", "hosts.yml"},
    {"glab-cli", "config.yml"}, {"doctl", "config.yaml"}, {".fly", "config.yml"}, {"stripe", "config.toml"},
    {"solana", "id.json"}, {"hcloud", "cli.toml"},
};
// clang-format on

const QRegularExpression &secretPattern()
{
    static const QRegularExpression pattern = [] {
        QStringList all;
        for (const char *alternatives : kSecret)
            all += QString::fromLatin1(alternatives)
                       .replace(u"%1"_s, QLatin1StringView(kStages))
                       .replace(u"%2"_s, QLatin1StringView(kSettings));
        return QRegularExpression(u"^(%1)$"_s.arg(all.join(u'|')));
    }();
    return pattern;
}

bool isExample(const QString &name)
{
    static const QRegularExpression pattern(
        u"[._-](example|sample|template|tmpl|dist|pub)(\\.(ya?ml|json|toml|ini|txt|env))?$"
        u"|^(example|sample|template)\\.env$"_s);
    return pattern.match(name).hasMatch();
}

// A copy counts as what it was copied from: ".env.bak", "id_rsa~", ".id_rsa.swp", "#tls.key#", "tls.key.2".
QString withoutCopyEnding(QString name)
{
    static const QRegularExpression ending(
        u"(~|#|[._-](bak|backup|old|orig|original|saved?|sav|sw[nop]|tmp|copy|lock|\\d[\\d_.-]*))$"_s);
    bool isMadeByEditor = false;
    for (auto match = ending.match(name); match.hasMatch() && match.capturedStart() > 0;
         match = ending.match(name)) {
        isMadeByEditor = match.captured(1) == u"#" || match.captured(2).startsWith(u"sw");
        name.truncate(match.capturedStart());
    }
    // Then a sign was put before it, too.
    return isMadeByEditor && !name.startsWith(u".env") ? name.sliced(1) : name;
}

bool isSecretIn(const QStringList &folders, const QString &name)
{
    if (folders.isEmpty())
        return false;
    const QString &parent = folders.last();
    const bool isOfGit = folders.contains(u".git"_s) || parent.endsWith(u".git");
    if (isOfGit && (name == u"config" || name == u"config.worktree"))
        return true; // an address may hold a password
    if (parent == u"secrets" && (!name.contains(u'.') || name.endsWith(u".txt")))
        return true;
    for (const QString &folder : {u".envs"_s, u".secrets"_s, u".gnupg"_s, u".password-store"_s}) {
        if (folders.contains(folder))
            return true;
    }
    return std::any_of(std::begin(kSecretIn), std::end(kSecretIn), [&](const auto &known) {
        return parent == QLatin1StringView(known.first) && name == QLatin1StringView(known.second);
    });
}

} // namespace

bool isSecretName(const QString &path)
{
    const QStringList parts = path.toLower().split(u'/', Qt::SkipEmptyParts);
    if (parts.isEmpty())
        return false;
    const QString name = withoutCopyEnding(parts.last());
    if (isExample(parts.last()) || isExample(name))
        return false;
    return secretPattern().match(name).hasMatch() || secretPattern().match(parts.last()).hasMatch() ||
           isSecretIn(parts.first(parts.size() - 1), name);
}

} // namespace Meanwhile::Tools
